import { expect } from '@open-wc/testing';
import { type HttpRequest, Transport, TransportError } from '../../../src/adapters/ali-oss/transport.js';
import { localOss } from '../../support/runner/local-oss.js';
import { bytes, control, makeBucket, rejection } from './setup.js';

/** Long enough not to matter. */
const NEVER = 60_000;

describe('transport', () => {
  let bucket: string;

  before(async () => {
    bucket = await makeBucket();
  });

  afterEach(() => control.removeFaults());

  const put = (key: string, body: HttpRequest['body'], options: Partial<HttpRequest> = {}): HttpRequest => ({
    method: 'PUT',
    url: `${localOss.url}/${bucket}/${key}`,
    headers: {},
    body,
    signal: new AbortController().signal,
    stallTimeout: NEVER,
    responseTimeout: NEVER,
    ...options,
  });

  it('resolves with answers of any status, their headers and their text', async () => {
    const answer = await new Transport().send(put('anonymous', 'x'));
    expect(answer.status).to.equal(403);
    expect(answer.headers['x-oss-request-id']).to.match(/^[0-9A-F]{24}$/);
    expect(answer.data).to.include('<Code>AccessDenied</Code>');
  });

  const bodies = { text: 'a 文', bytes: new Uint8Array(5), Blob: new Blob([new Uint8Array(5)]) };
  for (const [name, body] of Object.entries(bodies)) {
    it(`sends a body of ${name} to the last byte`, async () => {
      const seen: number[] = [];
      await new Transport().send(put(`body-${name}`, body, { onProgress: (sent) => seen.push(sent) }));
      const [entry] = await control.requests({ bucket, key: `body-${name}`, method: 'PUT' });
      expect(entry?.bytesReceived).to.equal(5);
      expect(seen.at(-1)).to.equal(5);
    });
  }

  it('tells no more bytes than there are where the browser goes on counting as it repeats the request', async () => {
    const { send } = XMLHttpRequest.prototype;
    const seen: number[] = [];
    const counted: XMLHttpRequestUpload[] = [];
    XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
      counted.push(this.upload);
      send.call(this, body);
    };
    try {
      const sending = new Transport().send(
        put('repeated', 'film', { onProgress: (sent) => seen.push(sent) }),
      );
      counted[0]!.dispatchEvent(new ProgressEvent('progress', { loaded: 7, total: 4 }));
      await sending;
    } finally {
      XMLHttpRequest.prototype.send = send;
    }
    expect(seen).to.deep.equal([4]);
  });

  it('remembers which methods an origin has answered', async () => {
    const transport = new Transport();
    const request = put('answered', 'x');
    expect(transport.hasReceivedResponse('PUT', request.url)).to.equal(false);
    await transport.send(request);
    expect(transport.hasReceivedResponse('PUT', `${request.url}-other`)).to.equal(true);
    expect(transport.hasReceivedResponse('POST', request.url)).to.equal(false);
  });

  it('gives up where no byte moves any more', async () => {
    await control.addFault({
      match: { bucket, key: 'stalled' },
      fault: { kind: 'stall', afterBytes: 1_000 },
    });
    const fault = await rejection(
      new Transport().send(put('stalled', bytes(32 << 20), { stallTimeout: 300 })),
    );
    expect(fault).to.be.instanceOf(TransportError);
    expect(fault).to.include({ kind: 'timeout' });
    expect((fault as TransportError).bytesSent).to.be.below(32 << 20);
  });

  it('has patience with a slow line whose bytes move', async () => {
    const stallTimeout = 1_200;
    const slow = { kind: 'slow', bytesPerSecond: 10 << 20 } as const;
    await control.addFault({ match: { bucket, key: 'slow' }, fault: slow });
    const begin = performance.now();
    const answer = await new Transport().send(put('slow', bytes(24 << 20), { stallTimeout }));
    expect(answer.status).to.equal(403);
    expect(performance.now() - begin).to.be.above(stallTimeout);
  });

  it('gives up where no answer comes once all bytes have left', async () => {
    const late = { kind: 'late-answer', delay: NEVER } as const;
    await control.addFault({ match: { bucket, key: 'late' }, fault: late });
    const fault = await rejection(new Transport().send(put('late', 'x', { responseTimeout: 300 })));
    expect(fault).to.include({ kind: 'timeout', bytesSent: 1 });
  });

  it('gives up where no answer comes to a request without a body', async () => {
    await control.addFault({ match: { bucket, key: 'silent', method: 'GET' }, fault: { kind: 'stall' } });
    const request = put('silent', undefined, { method: 'GET', responseTimeout: 300 });
    expect(await rejection(new Transport().send(request))).to.include({ kind: 'timeout', bytesSent: 0 });
  });

  it('does not take a wait behind moving requests of the same origin for a stall', async () => {
    const slow = { kind: 'slow', bytesPerSecond: 10 << 20 } as const;
    await control.addFault({ match: { bucket, key: 'moving', method: 'PUT' }, fault: slow });
    await control.addFault({ match: { bucket, key: 'behind', method: 'GET' }, fault: { kind: 'stall' } });
    const transport = new Transport();
    let moving!: Promise<unknown>;
    await new Promise<void>((resolve) => {
      moving = transport.send(put('moving', bytes(18 << 20), { onProgress: () => resolve() }));
    });
    const patience = { stallTimeout: 5_000, responseTimeout: 200 };
    const behind = transport.send(put('behind', undefined, { method: 'GET', ...patience }));
    await moving;
    await control.removeFaults();
    expect((await behind).status).to.equal(403);
  });

  it('fails where the connection is lost', async () => {
    const fault = { kind: 'reset', at: 'in-body', afterBytes: 1 << 20 } as const;
    await control.addFault({ match: { bucket, key: 'lost' }, times: null, fault });
    const lost = await rejection(new Transport().send(put('lost', bytes(32 << 20))));
    expect(lost).to.be.instanceOf(TransportError);
    expect(lost).to.include({ kind: 'network' });
  });

  it('ends with the reason of its signal, and reports nothing after that', async () => {
    await control.addFault({ match: { bucket, key: 'ended' }, fault: { kind: 'stall', afterBytes: 1_000 } });
    const controller = new AbortController();
    const reason = new Error('enough');
    let reports = 0;
    const onProgress = () => {
      reports += 1;
      controller.abort(reason);
    };
    const request = put('ended', bytes(32 << 20), { signal: controller.signal, onProgress });
    expect(await rejection(new Transport().send(request))).to.equal(reason);
    await control.until({ bucket, key: 'ended', method: 'PUT' }, 1, 'begun');
    expect(reports).to.equal(1);
  });

  it('sends nothing where it is aborted already', async () => {
    const reason = new Error('before');
    const request = put('unsent', 'x', { signal: AbortSignal.abort(reason) });
    expect(await rejection(new Transport().send(request))).to.equal(reason);
    expect(await control.requests({ bucket, key: 'unsent' })).to.deep.equal([]);
  });

  it('leaves no listener at the signal', async () => {
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
