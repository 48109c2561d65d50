import { expect } from '@open-wc/testing';
import { DeliveryMonitor } from '../../src/core/transfer/delivery-monitor.js';

describe('DeliveryMonitor', () => {
  let monitor: DeliveryMonitor;
  beforeEach(() => (monitor = new DeliveryMonitor()));

  it('trusts the progress of a part that is acknowledged soon after it was sent', () => {
    monitor.start(1, 0);
    monitor.sent(1, 30_000);
    monitor.acknowledged(1, 31_000);
    monitor.end(1);
    expect(monitor.isBuffered(31_000)).to.equal(false);
  });

  it('detects a part that is sent at once and acknowledged much later', () => {
    monitor.start(1, 0);
    monitor.sent(1, 100);
    monitor.acknowledged(1, 30_000);
    monitor.end(1);
    expect(monitor.isBuffered(30_000)).to.equal(true);
  });

  it('detects it before the response', () => {
    monitor.start(1, 0);
    monitor.sent(1, 100);
    expect(monitor.isBuffered(3_000)).to.equal(true);
  });

  it('detects that a part is acknowledged although no progress was reported', () => {
    monitor.start(1, 0);
    monitor.acknowledged(1, 30_000);
    monitor.end(1);
    expect(monitor.isBuffered(30_000)).to.equal(true);
  });

  it('allows OSS to take a moment to respond', () => {
    monitor.start(1, 0);
    monitor.sent(1, 100);
    expect(monitor.isBuffered(2_000)).to.equal(false);
  });

  it('trusts the progress again once a part is acknowledged in time', () => {
    monitor.start(1, 0);
    monitor.sent(1, 100);
    monitor.acknowledged(1, 30_000);
    monitor.end(1);
    monitor.start(2, 30_000);
    monitor.sent(2, 50_000);
    monitor.acknowledged(2, 50_500);
    monitor.end(2);
    expect(monitor.isBuffered(50_500)).to.equal(false);
  });

  it('ignores a part that failed', () => {
    monitor.start(1, 0);
    monitor.sent(1, 100);
    monitor.end(1);
    expect(monitor.isBuffered(60_000)).to.equal(false);
  });
});
