import { expect } from '@open-wc/testing';
import { diagnose, type Diagnosis } from '../../../src/adapters/ali-oss/diagnosis.js';
import { Transport, TransportError } from '../../../src/adapters/ali-oss/transport.js';
import { neverAborted } from '../support.js';

const request = {
  ...neverAborted(),
  method: 'HEAD',
  url: 'https://films.example/film.mp4',
  headers: { authorization: 'x' },
  stallTimeout: 1_000,
  responseTimeout: 1_000,
};

describe('diagnosis of a request without a response', () => {
  const originalFetch = globalThis.fetch;
  afterEach(() => (globalThis.fetch = originalFetch));

  /** @param probes whether the first, second, … probe request receives a response; reachability and CORS alternate */
  async function diagnoseWith(
    probes: boolean[],
    error = new TransportError('network', 0),
  ): Promise<Diagnosis> {
    globalThis.fetch = () =>
      probes.shift() ? Promise.resolve(new Response()) : Promise.reject(new TypeError('Failed to fetch'));
    return diagnose(error, request, new Transport());
  }

  it('is cors-blocked if the server is reachable but all CORS probes fail', async () => {
    expect(await diagnoseWith([true, false, true, false, true])).to.equal('cors-blocked');
  });

  it('is network if only one CORS probe fails', async () => {
    expect(await diagnoseWith([true, false, true, true, true])).to.equal('network');
  });

  it('is network if the server is unreachable', async () => {
    expect(await diagnoseWith([false, false, false])).to.equal('network');
  });

  it('is network if the connection recovers during the probes', async () => {
    expect(await diagnoseWith([false, true, true])).to.equal('network');
  });

  it('is network if the connection drops during the probes', async () => {
    expect(await diagnoseWith([true, false, false])).to.equal('network');
  });

  it('is network if the CORS probe succeeds', async () => {
    expect(await diagnoseWith([true, true, true])).to.equal('network');
  });

  it('is network if bytes of the body were sent', async () => {
    expect(await diagnoseWith([true, false, true, false, true], new TransportError('network', 1))).to.equal(
      'network',
    );
  });
});
