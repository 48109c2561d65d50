// How long one body may be on its way before it is sent again.
import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import type { SendOptions } from '../../src/core/ports.js';
import { Delivery } from '../../src/core/transfer/delivery.js';
import { DeliveryMonitor } from '../../src/core/transfer/delivery-monitor.js';
import { PartLimiter } from '../../src/core/transfer/part-limiter.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const SIZE = 4 * 2 ** 20;

describe('Delivery', () => {
  let env: VirtualEnvironment;
  let limiter: PartLimiter;
  let send: (options: SendOptions) => Promise<string>;
  let delivery: Delivery<string>;
  /** How long the last attempt was waited for, as a multiple of the response time. */
  let waited: number;

  beforeEach(() => {
    env = new VirtualEnvironment();
    limiter = new PartLimiter(env);
    delivery = new Delivery({
      number: 1,
      size: SIZE,
      parallel: 5,
      limiter,
      monitor: new DeliveryMonitor(),
      env,
      signal: new AbortController().signal,
      send: (options) => send(options),
      find: () => Promise.resolve(undefined),
      onProgress: () => {},
      onLost: () => {},
    });
  });

  const fail = async (code: 'network' | 'timeout') => {
    send = () => Promise.reject(new UploadError(code));
    await delivery.attempt().catch(() => {});
  };

  const wait = async () => {
    send = async ({ onProgress, keepWaiting }) => {
      onProgress?.(SIZE);
      for (waited = 0; await keepWaiting!(SIZE); waited++) env.advance(limiter.responseTime);
      throw new UploadError('timeout');
    };
    await delivery.attempt().catch(() => {});
    return waited;
  };

  it('waits longer after each attempt that was too late', async () => {
    const first = await wait();
    await fail('timeout');
    expect(await wait()).to.be.greaterThan(2 * first);
  });

  it('does not wait longer after lost connections', async () => {
    for (let times = 0; times < 8; times++) await fail('network');
    expect(await wait()).to.equal(2);
  });
});
