import { expect } from '@open-wc/testing';
import { type HttpRequest, Transport, TransportError } from '../../../src/adapters/ali-oss/transport.js';
import { responseUrl } from '../../support/responses.js';
import { UntrustedSite } from '../../support/untrusted-server.js';
import { randomBlob, rejectionOf } from '../support.js';
import { control, createBucket, host } from './setup.js';

/** Longer than any test runs, in milliseconds. */
const NO_TIMEOUT = 60_000;

describe('transport', () => {
  let bucket: string;

  before(async () => {
    bucket = await createBucket();
  });

  afterEach(() => control.removeFaults());

  const put = (key: string, body: HttpRequest['body'], options: Partial<HttpRequest> = {}): HttpRequest => ({
    method: 'PUT',
    url: `http://${bucket}.${host}/${key}`,
    headers: {},
    body,
    signal: new AbortController().signal,
    stallTimeout: NO_TIMEOUT,
    responseTimeout: NO_TIMEOUT,
    ...options,
  });

  it('resolves with the status, headers and text of an error response', async () => {
    const response = await new Transport().send(put('anonymous', 'x'));
    expect(response.status).to.equal(403);
    expect(response.headers['x-oss-request-id']).to.match(/^[0-9A-F]{24}$/);
    expect(response.data).to.include('<Code>AccessDenied</Code>');
  });

  const bodies = { string: 'a 文', Uint8Array: new Uint8Array(5), Blob: new Blob([new Uint8Array(5)]) };
  for (const [name, body] of Object.entries(bodies)) {
    it(`sends a ${name} and reports its size in bytes`, async () => {
      const reports: number[] = [];
      await new Transport().send(put(`body-${name}`, body, { onProgress: (sent) => reports.push(sent) }));
      const [entry] = await control.requests({ bucket, key: `body-${name}`, method: 'PUT' });
      expect(entry?.bytesReceived).to.equal(5);
      expect(reports.at(-1)).to.equal(5);
    });
  }

  it('never reports more bytes than the body has, even if the browser repeats the request', async () => {
    const { send } = XMLHttpRequest.prototype;
    const reports: number[] = [];
    const uploads: XMLHttpRequestUpload[] = [];
    XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
      uploads.push(this.upload);
      send.call(this, body);
    };
    try {
      const sending = new Transport().send(
        put('repeated', 'film', { onProgress: (sent) => reports.push(sent) }),
      );
      uploads[0]!.dispatchEvent(new ProgressEvent('progress', { loaded: 7, total: 4 }));
      await sending;
    } finally {
      XMLHttpRequest.prototype.send = send;
    }
    expect(reports).to.deep.equal([4]);
  });

  it('records the methods for which an origin has responded', async () => {
    const transport = new Transport();
    const request = put('responded', 'x');
    expect(transport.hasReceivedResponse('PUT', request.url)).to.equal(false);
    await transport.send(request);
    expect(transport.hasReceivedResponse('PUT', `${request.url}-other`)).to.equal(true);
    expect(transport.hasReceivedResponse('POST', request.url)).to.equal(false);
  });

  it('times out if the upload stalls', async () => {
    await control.addFault({
      match: { bucket, key: 'stalled' },
      fault: { kind: 'stall', afterBytes: 1_000 },
    });
    const error = await rejectionOf(
      new Transport().send(put('stalled', randomBlob(32 << 20), { stallTimeout: 300 })),
    );
    expect(error).to.be.instanceOf(TransportError);
    expect(error).to.include({ kind: 'timeout' });
    expect((error as TransportError).bytesSent).to.be.below(32 << 20);
  });

  it('doesn’t time out while a slow upload makes progress', async () => {
    const stallTimeout = 1_200;
    const slow = { kind: 'slow', bytesPerSecond: 10 << 20 } as const;
    await control.addFault({ match: { bucket, key: 'slow' }, fault: slow });
    const start = performance.now();
    const response = await new Transport().send(put('slow', randomBlob(24 << 20), { stallTimeout }));
    expect(response.status).to.equal(403);
    expect(performance.now() - start).to.be.above(stallTimeout);
  });

  it('times out if no response follows the last byte', async () => {
    const late = { kind: 'delayed-response', delay: NO_TIMEOUT } as const;
    await control.addFault({ match: { bucket, key: 'late' }, fault: late });
    const error = await rejectionOf(new Transport().send(put('late', 'x', { responseTimeout: 300 })));
    expect(error).to.include({ kind: 'timeout', bytesSent: 1 });
  });

  it('times out if a request without a body gets no response', async () => {
    await control.addFault({ match: { bucket, key: 'silent', method: 'GET' }, fault: { kind: 'stall' } });
    const request = put('silent', undefined, { method: 'GET', responseTimeout: 300 });
    expect(await rejectionOf(new Transport().send(request))).to.include({ kind: 'timeout', bytesSent: 0 });
  });

  describe('a response that arrives slowly', () => {
    const PIECE = 2 * 1024;
    const get = async (body: string, responseTimeout: number): Promise<HttpRequest> => {
      const site = new UntrustedSite();
      await site.respond({ body, pause: 200, headers: { 'Content-Type': 'application/xml' } });
      const url = `${site.origin}/${site.name}/`;
      return { ...put('', undefined, { method: 'GET', responseTimeout }), url };
    };

    it('is awaited as long as it makes progress', async () => {
      const list = 'x'.repeat(8 * PIECE);
      expect((await new Transport().send(await get(list, 1_000))).data).to.equal(list);
    });

    it('times out if it doesn’t end', async () => {
      const request = await get('x'.repeat(50 * PIECE), 300);
      expect(await rejectionOf(new Transport().send(request))).to.include({ kind: 'timeout' });
    });
  });

  describe('while other requests make progress', () => {
    let transport: Transport;
    let stop: AbortController;

    beforeEach(async () => {
      transport = new Transport();
      stop = new AbortController();
      const slow = { kind: 'slow', bytesPerSecond: 10 << 20 } as const;
      await control.addFault({ match: { bucket, key: 'active', method: 'PUT' }, times: null, fault: slow });
      await control.addFault({ match: { bucket, key: 'silent' }, times: null, fault: { kind: 'stall' } });
    });
    afterEach(() => stop.abort());

    const get = (key: string) =>
      put(key, undefined, { method: 'GET', stallTimeout: 5_000, responseTimeout: 200 });

    /** Starts slow requests. Resolves when all of them send bytes, with a promise that resolves when all have ended. */
    const sendSlowly = async (count: number) => {
      const body = randomBlob(18 << 20);
      const requests: Promise<unknown>[] = [];
      const send = () =>
        new Promise<unknown>((onProgress) => {
          requests.push(transport.send(put('active', body, { signal: stop.signal, onProgress })));
        });
      await Promise.all(Array.from({ length: count }, send));
      return { ended: Promise.allSettled(requests) };
    };

    it('doesn’t time out a request that waits for a connection', async () => {
      await sendSlowly(6);
      expect((await transport.send(get('waiting'))).status).to.equal(403);
    });

    it('times out a request that has a connection', async () => {
      const { ended } = await sendSlowly(1);
      const silent = rejectionOf(transport.send(get('silent')));
      expect(await Promise.race([ended, silent])).to.include({ kind: 'timeout' });
    });

    it('times out a request that many later ones have overtaken', async () => {
      const { signal } = stop;
      const silent = rejectionOf(transport.send({ ...get('silent'), stallTimeout: 300 }));
      const others = { ...get('silent'), signal, stallTimeout: NO_TIMEOUT, responseTimeout: NO_TIMEOUT };
      const stalled = Promise.allSettled([1, 2, 3, 4].map(() => transport.send(others)));
      const sendShort = async () => {
        while (!signal.aborted) await transport.send(get('short'));
      };
      const short = [1, 2, 3].map(() => sendShort());
      const error = await silent;
      stop.abort();
      await Promise.all([stalled, ...short]);
      expect(error).to.include({ kind: 'timeout' });
    });
  });

  it('rejects with a network error if the connection is reset', async () => {
    const fault = { kind: 'reset', at: 'in-body', afterBytes: 1 << 20 } as const;
    await control.addFault({ match: { bucket, key: 'lost' }, times: null, fault });
    const error = await rejectionOf(new Transport().send(put('lost', randomBlob(32 << 20))));
    expect(error).to.be.instanceOf(TransportError);
    expect(error).to.include({ kind: 'network' });
  });

  it('doesn’t take the response to a redirect for a response of OSS', async () => {
    const redirect = { status: 307, headers: { location: '/' } };
    const url = new URL(responseUrl(redirect), document.baseURI).href;
    const error = await rejectionOf(new Transport().send(put('redirected', 'film', { url })));
    expect(error).to.be.instanceOf(TransportError);
    expect(error).to.include({ kind: 'redirected' });
  });

  it('takes a response of the page’s own server for a network error, because the page’s service worker has answered', async () => {
    const OriginalRequest = XMLHttpRequest;
    globalThis.XMLHttpRequest = class extends OriginalRequest {
      override get responseURL() {
        return `${location.origin}/offline.html`;
      }
    };
    try {
      const error = await rejectionOf(new Transport().send(put('offline', 'film')));
      expect(error).to.include({ kind: 'network' });
    } finally {
      globalThis.XMLHttpRequest = OriginalRequest;
    }
  });

  it('keeps waiting for a response as long as the caller wants to', async () => {
    const late = { kind: 'delayed-response', delay: 1_000 } as const;
    await control.addFault({ match: { bucket, key: 'patient' }, fault: late });
    const asked: number[] = [];
    const keepWaiting = (bytesSent: number) => Promise.resolve(asked.push(bytesSent) > 0);
    const request = put('patient', 'film', { responseTimeout: 300, keepWaiting });
    expect((await new Transport().send(request)).status).to.equal(403);
    expect(asked).to.include(4);
  });

  it('times out once the caller doesn’t want to wait longer', async () => {
    const late = { kind: 'delayed-response', delay: NO_TIMEOUT } as const;
    await control.addFault({ match: { bucket, key: 'impatient' }, fault: late });
    let asked = 0;
    const keepWaiting = () => Promise.resolve(++asked < 3);
    const request = put('impatient', 'film', { responseTimeout: 100, keepWaiting });
    expect(await rejectionOf(new Transport().send(request))).to.include({ kind: 'timeout' });
    expect(asked).to.equal(3);
  });

  it('rejects with the reason of its signal, and stops progress reports', async () => {
    const size = 24 << 20;
    const slow = { kind: 'slow', bytesPerSecond: size } as const;
    await control.addFault({ match: { bucket, key: 'ended', method: 'PUT' }, fault: slow });
    const controller = new AbortController();
    const reason = new Error('enough');
    let reports = 0;
    const onProgress = () => {
      reports += 1;
      controller.abort(reason);
    };
    const request = put('ended', randomBlob(size), { signal: controller.signal, onProgress });
    expect(await rejectionOf(new Transport().send(request))).to.equal(reason);
    const [entry] = await control.waitFor({ bucket, key: 'ended', method: 'PUT' }, 1, 'ended');
    expect(entry?.bytesReceived).to.be.below(size);
    expect(reports).to.equal(1);
  });

  it('sends no request if the signal is aborted already', async () => {
    const reason = new Error('before');
    const transport = new Transport();
    const request = put('unsent', 'x', { signal: AbortSignal.abort(reason) });
    expect(await rejectionOf(transport.send(request))).to.equal(reason);
    await transport.send(put('unsent', 'later'));
    const requests = await control.requests({ bucket, key: 'unsent', method: 'PUT' });
    expect(requests.map(({ bytesReceived }) => bytesReceived)).to.deep.equal(['later'.length]);
  });

  it('removes its listeners from the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    await new Transport().send(put('tidy', 'x', { signal }));
    expect(listeners).to.equal(0);
  });
});
