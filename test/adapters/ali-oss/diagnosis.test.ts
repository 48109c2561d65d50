import { expect } from '@open-wc/testing';
import { diagnose, type Diagnosis } from '../../../src/adapters/ali-oss/diagnosis.js';
import { Transport, TransportError } from '../../../src/adapters/ali-oss/transport.js';
import { running } from './setup.js';

const request = {
  ...running(),
  method: 'HEAD',
  url: 'https://films.example/film.mp4',
  headers: { authorization: 'x' },
  stallTimeout: 1_000,
  responseTimeout: 1_000,
};

describe('a request without an answer', () => {
  const realFetch = globalThis.fetch;
  afterEach(() => (globalThis.fetch = realFetch));

  /** @param looks whether each of the requests that look around gets an answer, in turn */
  async function diagnosed(looks: boolean[], fault = new TransportError('network', 0)): Promise<Diagnosis> {
    globalThis.fetch = () =>
      looks.shift() ? Promise.resolve(new Response()) : Promise.reject(new TypeError('Failed to fetch'));
    return diagnose(fault, request, new Transport());
  }

  it('is the fault of CORS where the server is there and can’t be read', async () => {
    expect(await diagnosed([true, false, true, false, true])).to.equal('cors-blocked');
  });

  it('is the fault of the network where the answer of one look is lost as well', async () => {
    expect(await diagnosed([true, false, true, true, true])).to.equal('network');
  });

  it('is the fault of the network where the server is not there', async () => {
    expect(await diagnosed([false, false, false])).to.equal('network');
  });

  it('is the fault of the network where it comes back meanwhile', async () => {
    expect(await diagnosed([false, true, true])).to.equal('network');
  });

  it('is the fault of the network where it goes meanwhile', async () => {
    expect(await diagnosed([true, false, false])).to.equal('network');
  });

  it('is the fault of the network where the server can be read', async () => {
    expect(await diagnosed([true, true, true])).to.equal('network');
  });

  it('is the fault of the network where bytes had left', async () => {
    expect(await diagnosed([true, false, true, false, true], new TransportError('network', 1))).to.equal(
      'network',
    );
  });
});
