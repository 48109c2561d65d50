// Tests of the SDK-based gateway against the local OSS emulator, for any build of the SDK. They fail if a new version of
// the SDK changes behavior that the gateway depends on.
import { expect } from '@open-wc/testing';
import { createOpenGateway, type OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import type { OssGateway } from '../../../src/core/ports.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { callbackUrl, receivedRequests } from '../../support/responses.js';
import { describeGatewayContract } from '../gateway-contract.js';
import { neverAborted, randomBlob, rejectionOf, uploadErrorOf } from '../support.js';
import {
  control,
  createBucket,
  Credentials,
  EXPIRED,
  host,
  LASTING,
  openGateway,
  type GatewaySetup,
} from './setup.js';

const PART = 100 * 1024;

export function describeSdkGateway(sdk: OssSdk): void {
  let bucket: string;

  const open = (key: string, setup: GatewaySetup = {}) => openGateway(bucket, key, { sdk, ...setup });
  const upload = async (key: string, body: Blob, setup?: GatewaySetup) => {
    const gateway = await open(key, setup);
    const uploadId = await gateway.createUpload(neverAborted());
    const part = await gateway.uploadPart(uploadId, 1, body, neverAborted());
    return gateway.completeUpload(uploadId, [part], neverAborted());
  };

  before(async () => {
    bucket = await createBucket();
  });

  afterEach(() => control.removeFaults());

  describeGatewayContract(async () => {
    const bucket = await createBucket();
    return {
      bucket,
      bucketUrl: `http://${bucket}.${host}`,
      open: (key) => openGateway(bucket, key, { sdk }),
      readObject: (key) => control.object(bucket, key),
    };
  });

  it('signs requests with V4', async () => {
    await upload('v4.bin', randomBlob(1));
    const requests = await control.requests({ bucket, key: 'v4.bin' });
    const versions = requests
      .filter(({ method }) => method !== 'OPTIONS')
      .map((entry) => entry.signatureVersion);
    expect(versions).to.deep.equal(['v4', 'v4', 'v4']);
  });

  it('requests further pages of listed parts', async () => {
    const gateway = await open('listed', { partsPerPage: 2 });
    const uploadId = await gateway.createUpload(neverAborted());
    const sent = [];
    for (const number of [1, 2, 5, 7, 10_000]) {
      const part = await gateway.uploadPart(uploadId, number, randomBlob(number % 100), neverAborted());
      sent.push({ ...part, size: number % 100 });
    }
    expect(await gateway.listParts(uploadId, neverAborted())).to.deep.equal(sent);
  });

  describe('object options', () => {
    const options = {
      contentType: 'video/mp4',
      headers: { 'cache-control': 'no-cache', 'content-disposition': 'attachment; filename="影片.mp4"' },
      meta: { author: 'Ada', title: '影片', empty: '' },
      tags: { for: 'a b', 'a+b=c/d': '' },
      storageClass: 'IA',
    };

    for (const method of ['put', 'parts'] as const) {
      it(`are stored with the object: type, headers, metadata, tags and storage class (${method})`, async () => {
        const key = `options-${method}`;
        const gateway = await open(key);
        if (method === 'put') {
          await gateway.put(randomBlob(1), { ...options, ...neverAborted() });
        } else {
          const uploadId = await gateway.createUpload({ ...options, ...neverAborted() });
          const part = await gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted());
          await gateway.completeUpload(uploadId, [part], { ...options, ...neverAborted() });
        }
        const object = await control.object(bucket, key);
        expect(object?.contentType).to.equal('video/mp4');
        expect(object?.headers['cache-control']).to.equal('no-cache');
        expect(object?.headers['content-disposition']).to.equal('attachment; filename="影片.mp4"');
        expect(object?.meta).to.deep.equal(options.meta);
        expect(object?.tags).to.deep.equal(options.tags);
        expect(object?.storageClass).to.equal('IA');
      });

      it(`default to application/octet-stream, regardless of the extension of the key (${method})`, async () => {
        const key = `untyped-${method}.html`;
        const gateway = await open(key);
        if (method === 'put') await gateway.put(randomBlob(1), neverAborted());
        else await upload(key, randomBlob(1));
        expect((await control.object(bucket, key))?.contentType).to.equal('application/octet-stream');
      });
    }

    it('prefer a Content-Type header to `contentType`', async () => {
      const gateway = await open('header-type');
      await gateway.put(randomBlob(1), {
        contentType: 'text/plain',
        headers: { 'content-type': 'text/markdown' },
        ...neverAborted(),
      });
      expect((await control.object(bucket, 'header-type'))?.contentType).to.equal('text/markdown');
    });

    it('include a callback, whose response is returned by put and completeUpload', async () => {
      const url = callbackUrl();
      const callback = {
        url,
        body: '{"key":${object},"by":${x:by}}',
        contentType: 'application/json',
        customValue: { by: 'me' },
      };
      const gateway = await open('callback.bin');
      const put = await gateway.put(randomBlob(1), { callback, ...neverAborted() });
      expect(put.callback).to.deep.equal({ saved: true });

      const overwriting = { callback, overwrite: true, ...neverAborted() };
      const uploadId = await gateway.createUpload(overwriting);
      const part = await gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted());
      const stored = await gateway.completeUpload(uploadId, [part], overwriting);
      expect(stored.callback).to.deep.equal({ saved: true });
      expect(stored.crc64).to.be.a('string');
      const bodies = (await receivedRequests(url)).map(({ body }) => JSON.parse(body) as unknown);
      const expected = { key: 'callback.bin', by: 'me' };
      expect(bodies).to.deep.equal([expected, expected]);
    });

    it('include a callback, whose failure is reported though the object is stored', async () => {
      const gateway = await open('callback-failed.bin');
      const callback = { url: 'http://127.0.0.1:1/', body: 'x' };
      const error = await uploadErrorOf(gateway.put(randomBlob(1), { callback, ...neverAborted() }));
      expect(error.code).to.equal('callback-failed');
      expect(error.retryable).to.equal(false);
      expect(await control.object(bucket, 'callback-failed.bin')).not.to.equal(null);
    });
  });

  describe('bucket location', () => {
    const targets = {
      'the bucket in the host name': {},
      'the region in the host name': { endpoint: `http://oss-cn-hangzhou.${host}` },
      'a region without its prefix': { region: 'cn-hangzhou' },
      'a region with its prefix': { region: 'oss-cn-hangzhou' },
      'a trailing slash after the endpoint': { endpoint: `http://${host}/` },
    };
    for (const [name, target] of Object.entries(targets)) {
      it(`supports ${name}`, async () => {
        const key = crypto.randomUUID();
        await upload(key, randomBlob(1), { target });
        expect((await control.object(bucket, key))?.size).to.equal(1);
      });
    }

    it('supports the bucket in the path, where OSS allows it', async () => {
      const relaxed = await createBucket({ pathStyle: true });
      const gateway = await openGateway(relaxed, 'by-path', { sdk, target: { pathStyle: true } });
      const stored = await gateway.put(randomBlob(1), neverAborted());
      expect(stored.url).to.equal(`http://${host}/${relaxed}/by-path`);
    });

    const refused = {
      'a path-style address': { pathStyle: true },
      'the endpoint of another region': { endpoint: `http://oss-cn-beijing.${host}` },
      'a signature for another region': { region: 'cn-beijing' },
    };
    for (const [name, target] of Object.entries(refused)) {
      it(`reports that OSS refuses ${name}`, async () => {
        const gateway = await open('refused', { target });
        const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
        expect(error.code).to.equal('endpoint-refused');
      });
    }

    it('supports a custom domain', async () => {
      const domain = `files-${crypto.randomUUID()}.localhost`;
      const customDomainBucket = await createBucket({ domains: [domain] });
      const target = {
        endpoint: `http://${domain}:${new URL(`http://${host}`).port}`,
        cname: true,
      };
      const gateway = await openGateway(customDomainBucket, 'cname', { sdk, target });
      const stored = await gateway.put(randomBlob(1), neverAborted());
      expect(stored.url).to.equal(`${target.endpoint}/cname`);
      expect((await control.object(customDomainBucket, 'cname'))?.size).to.equal(1);
    });
  });

  describe('credentials', () => {
    it('are renewed once when a token expires during concurrent requests', async () => {
      const credentials = new Credentials();
      const gateway = await open('expiring', { credentials });
      const uploadId = await gateway.createUpload(neverAborted());
      await credentials.expire();
      const parts = await Promise.all(
        [1, 2, 3, 4, 5].map((number) =>
          gateway.uploadPart(uploadId, number, randomBlob(PART), neverAborted()),
        ),
      );
      await gateway.completeUpload(uploadId, parts, neverAborted());
      expect((await control.object(bucket, 'expiring'))?.size).to.equal(5 * PART);
      expect(credentials.issued).to.have.length(3);
    });

    it('are renewed only once per request if OSS rejects the new ones too', async () => {
      const credentials = new Credentials(EXPIRED);
      const gateway = await open('rejected', { credentials });
      const error = await uploadErrorOf(gateway.createUpload(neverAborted()));
      expect(error.code).to.equal('credentials-expired');
      expect(error.ossCode).to.equal('SecurityTokenExpired');
      expect(credentials.requests.map(({ insteadOf }) => insteadOf)).to.deep.equal([
        undefined,
        credentials.issued[0],
      ]);
      expect(await control.requests({ bucket, key: 'rejected', method: 'POST' })).to.have.length(2);
    });

    it('are renewed if OSS doesn’t know them', async () => {
      const valid = new Credentials();
      const unknown = { accessKeyId: 'STS.unknown', accessKeySecret: 'x', securityToken: 'x' };
      const credentials = {
        get: ({ insteadOf } = {} as { insteadOf?: unknown }) =>
          insteadOf ? valid.get() : Promise.resolve(unknown),
      };
      const gateway = await open('stale', { credentials });
      await gateway.put(randomBlob(1), neverAborted());
      expect((await control.object(bucket, 'stale'))?.size).to.equal(1);
    });

    for (const [name, method, operation] of [
      ['ListParts', 'GET', (gateway) => gateway.listParts('0', neverAborted())],
      ['HEAD', 'HEAD', (gateway) => gateway.head(neverAborted())],
      ['AbortMultipartUpload', 'DELETE', (gateway) => gateway.abortUpload('0', neverAborted())],
    ] as const satisfies [string, string, (gateway: OssGateway) => Promise<unknown>][]) {
      it(`are kept if the policy denies only ${name}, which uploads can do without`, async () => {
        const key = `without-${method}`;
        const fault = { kind: 'status', status: 403, code: 'AccessDenied' } as const;
        await control.addFault({ match: { bucket, key, method }, times: null, fault });
        const credentials = new Credentials();
        const openNext = createOpenGateway({ sdk, credentials, clock: new ServerClock() });
        const target = { region: 'cn-hangzhou', endpoint: `http://${host}`, bucket, key };
        for (let count = 1; count <= 2; count++) {
          const error = await uploadErrorOf(operation(await openNext(target, neverAborted())));
          expect(error.code).to.equal('access-denied');
        }
        expect(credentials.issued).to.have.length(1);
      });
    }

    it('are renewed for the next gateway, not for the same one, if OSS rejects the signature', async () => {
      const credentials = new Credentials();
      const wrong = { ...(await credentials.get()), accessKeySecret: 'wrong' };
      const get = ({ insteadOf } = {} as { insteadOf?: unknown }) =>
        insteadOf === wrong ? credentials.get() : Promise.resolve(wrong);
      const openNext = createOpenGateway({ sdk, credentials: { get }, clock: new ServerClock() });
      const target = {
        region: 'cn-hangzhou',
        endpoint: `http://${host}`,
        bucket,
        key: 'corrected',
      };
      const first = await openNext(target, neverAborted());
      for (let attempt = 1; attempt <= 2; attempt++) {
        const error = await uploadErrorOf(first.put(randomBlob(1), neverAborted()));
        expect(error.code).to.equal('signature-refused');
      }
      const second = await openNext(target, neverAborted());
      await second.put(randomBlob(1), neverAborted());
      expect((await control.object(bucket, 'corrected'))?.size).to.equal(1);
    });

    it('are never mixed within a request while they change', async () => {
      const sets = await Promise.all([1, 2, 3].map(() => new Credentials().get()));
      let calls = 0;
      const credentials = { get: () => Promise.resolve(sets[calls++ % sets.length]!) };
      const gateway = await open('changing', { credentials });
      const uploadId = await gateway.createUpload(neverAborted());
      const parts = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((number) =>
          gateway.uploadPart(uploadId, number, randomBlob(PART), neverAborted()),
        ),
      );
      expect(parts).to.have.length(6);
    });

    it('reject the call with the error of their provider', async () => {
      const reason = new Error('signed out');
      const gateway = await open('signed-out', { credentials: { get: () => Promise.reject(reason) } });
      expect(await rejectionOf(gateway.put(randomBlob(1), neverAborted()))).to.equal(reason);
    });

    it('don’t appear in errors', async () => {
      const credentials = new Credentials();
      const gateway = await open('secret', {
        credentials: { get: async () => ({ ...(await credentials.get()), accessKeySecret: 'wrong-secret' }) },
      });
      const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
      expect(error.code).to.equal('signature-refused');
      const { accessKeyId, securityToken } = await credentials.get();
      const text = describeDeeply(error);
      for (const secret of ['wrong-secret', accessKeyId, securityToken]) expect(text).not.to.include(secret);
    });
  });

  describe('clock', () => {
    for (const hours of [-2, 2]) {
      it(`is corrected once if the device is ${hours} h off`, async () => {
        const key = `skewed-${hours}`;
        const gateway = await open(key, { skew: hours * 3_600_000 });
        const uploadId = await gateway.createUpload(neverAborted());
        await gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted());
        const requests = await control.requests({ bucket, key });
        const codes = requests.filter(({ method }) => method !== 'OPTIONS').map(({ code }) => code);
        expect(codes).to.deep.equal(['RequestTimeTooSkewed', undefined, undefined]);
      });
    }

    it('is reported as wrong, without a retry, if the response has no server time', async () => {
      const fault = { kind: 'status', status: 403, code: 'RequestTimeTooSkewed' } as const;
      await control.addFault({ match: { bucket, key: 'timeless' }, times: null, fault });
      const gateway = await open('timeless');
      const error = await uploadErrorOf(gateway.createUpload(neverAborted()));
      expect(error.code).to.equal('clock-skewed');
      await control.removeFaults();
      await gateway.head(neverAborted());
      expect(await control.requests({ bucket, key: 'timeless', method: 'POST' })).to.have.length(1);
    });
  });

  describe('error responses', () => {
    const responses = [
      { status: 403, code: 'AccessDenied', expected: 'access-denied' },
      { status: 400, code: 'PublicEndpointForbidden', expected: 'endpoint-refused' },
      {
        status: 403,
        code: 'AccessDenied',
        message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
        expected: 'endpoint-refused',
      },
      { status: 503, code: 'TotalQpsLimitExceeded', expected: 'throttled' },
      { status: 503, code: 'UploadTrafficRateLimitExceeded', expected: 'throttled' },
      { status: 500, code: 'InternalError', expected: 'server-error' },
      { status: 400, code: 'RequestTimeout', expected: 'timeout' },
      { status: 400, code: 'EntityTooLarge', expected: 'request-refused' },
    ];
    for (const { expected, ...response } of responses) {
      const condition = response.message ? ' about the endpoint' : '';
      it(`are mapped: ${response.status} ${response.code}${condition} to ${expected}`, async () => {
        await control.addFault({ match: { bucket, method: 'PUT' }, fault: { kind: 'status', ...response } });
        const gateway = await open('refused');
        const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
        expect(error.code).to.equal(expected);
        expect(error.status).to.equal(response.status);
        expect(error.ossCode).to.equal(response.code);
        expect(error.requestId).to.match(/^[0-9A-F]{24}$/);
        expect(error.values).to.include({
          bucket,
          key: 'refused',
          ossCode: response.code,
          origin: location.origin,
        });
      });
    }

    it('without CORS headers, such as for a bucket that doesn’t exist, are reported as cors-blocked', async () => {
      const gateway = await openGateway('no-such-bucket-here', 'x', { sdk });
      const error = await uploadErrorOf(gateway.createUpload(neverAborted()));
      expect(error.code).to.equal('cors-blocked');
    });

    it('for a wrong region are reported as endpoint-refused', async () => {
      const gateway = await open('region', { target: { region: 'cn-shanghai' } });
      const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
      expect(error.code).to.equal('endpoint-refused');
    });

    it('with Retry-After set `retryAfter`', async () => {
      const rule = { allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST', 'GET'], allowedHeaders: ['*'] };
      const exposing = await createBucket({ cors: [{ ...rule, exposeHeaders: ['ETag', 'Retry-After'] }] });
      const fault = { kind: 'status', status: 503, code: 'ServiceUnavailable', retryAfter: 7 } as const;
      await control.addFault({ match: { bucket: exposing }, fault });
      const gateway = await openGateway(exposing, 'busy', { sdk });
      const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
      expect(error.retryAfter).to.equal(7_000);
    });
  });

  describe('CORS', () => {
    it('errors are reported if the rule doesn’t expose ETag', async () => {
      const rule = { allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST'], allowedHeaders: ['*'] };
      const hiding = await createBucket({ cors: [rule] });
      const gateway = await openGateway(hiding, 'hidden', { sdk });
      const uploadId = await gateway.createUpload(neverAborted());
      const error = await uploadErrorOf(gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted()));
      expect(error.code).to.equal('etag-hidden');
    });

    it('errors are reported if no rule allows the origin', async () => {
      const closed = await createBucket({ cors: [] });
      const gateway = await openGateway(closed, 'blocked', { sdk });
      const error = await uploadErrorOf(gateway.createUpload(neverAborted()));
      expect(error.code).to.equal('cors-blocked');
      expect(error.values).to.include({ bucket: closed, origin: location.origin });
    });

    it('errors are reported if the rule doesn’t allow PUT, and the probe stores nothing', async () => {
      const cors = [{ allowedOrigins: ['*'], allowedMethods: ['POST', 'GET'], allowedHeaders: ['*'] }];
      const noPut = await createBucket({ cors });
      const gateway = await openGateway(noPut, 'no-put', { sdk });
      const uploadId = await gateway.createUpload(neverAborted());
      const error = await uploadErrorOf(gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted()));
      expect(error.code).to.equal('cors-blocked');
      expect(await control.object(noPut, 'no-put')).to.equal(null);
    });

    it('errors are distinguished from a connection reset, even in the first request', async () => {
      const unreliable = await createBucket();
      // Twice, because browsers repeat a request themselves if the connection of its preflight is reset.
      const fault = { kind: 'reset', at: 'before-body' } as const;
      await control.addFault({ match: { bucket: unreliable, method: 'POST' }, times: 2, fault });
      const gateway = await openGateway(unreliable, 'reset', { sdk });
      expect((await uploadErrorOf(gateway.createUpload(neverAborted()))).code).to.equal('network');
    });

    it('errors are distinguished from an unreachable server', async () => {
      const gateway = await open('unreachable', { target: { endpoint: 'http://127.0.0.1:1' } });
      expect((await uploadErrorOf(gateway.createUpload(neverAborted()))).code).to.equal('network');
    });
  });

  describe('aborting', () => {
    const reason = new Error('enough');

    it('stops the request immediately and doesn’t repeat it', async () => {
      const size = 32 << 20;
      const filter = { bucket, key: 'silent', method: 'PUT' };
      const gateway = await open('silent');
      const uploadId = await gateway.createUpload(neverAborted());
      await control.addFault({ match: filter, fault: { kind: 'stall', afterBytes: 100_000 } });
      const controller = new AbortController();
      const call = gateway.uploadPart(uploadId, 1, randomBlob(size), { signal: controller.signal });
      const rejection = rejectionOf(call);
      await control.waitFor(filter, 1, 'faulted');
      controller.abort(reason);
      expect(await rejection).to.equal(reason);
      await control.removeFaults();
      const [entry] = await control.waitFor(filter, 1, 'ended');
      expect(entry?.disconnected).to.equal(true);
      expect(entry?.bytesReceived).to.be.below(size);
      await gateway.uploadPart(uploadId, 2, randomBlob(1), neverAborted());
      const requests = await control.requests(filter);
      expect(requests.map(({ partNumber }) => partNumber)).to.deep.equal([1, 2]);
    });

    it('doesn’t wait for credentials', async () => {
      const controller = new AbortController();
      const gateway = await open('waiting', { credentials: { get: () => new Promise(() => undefined) } });
      const rejection = rejectionOf(gateway.put(randomBlob(1), { signal: controller.signal }));
      controller.abort(reason);
      expect(await rejection).to.equal(reason);
    });

    it('before the call sends no request', async () => {
      const gateway = await open('never');
      const call = gateway.put(randomBlob(1), { signal: AbortSignal.abort(reason) });
      expect(await rejectionOf(call)).to.equal(reason);
      await gateway.put(randomBlob(2), neverAborted());
      const requests = await control.requests({ bucket, key: 'never', method: 'PUT' });
      expect(requests.map(({ bytesReceived }) => bytesReceived)).to.deep.equal([2]);
    });
  });

  describe('upload progress', () => {
    it('is reported while the request is in flight', async () => {
      const size = 24 << 20;
      const slow = { kind: 'slow', bytesPerSecond: size } as const;
      await control.addFault({ match: { bucket, key: 'progress', method: 'PUT' }, fault: slow });
      const reports: number[] = [];
      const gateway = await open('progress');
      await gateway.put(randomBlob(size), { onProgress: (sent) => reports.push(sent), ...neverAborted() });
      expect(reports.at(-1)).to.equal(size);
      expect(reports).to.deep.equal([...new Set(reports)].sort((a, b) => a - b));
      expect(reports.length).to.be.above(1);
    });

    it('doesn’t decrease when the request is repeated with new credentials', async () => {
      const reports: number[] = [];
      const gateway = await open('progress-again', { credentials: new Credentials(EXPIRED, LASTING) });
      const options = { onProgress: (sent: number) => reports.push(sent), ...neverAborted() };
      await gateway.put(randomBlob(300_000), options);
      expect(reports).to.deep.equal([...new Set(reports)].sort((a, b) => a - b));
      expect(reports.at(-1)).to.equal(300_000);
    });
  });

  it('logs nothing to the console', async () => {
    const { warn, error, log } = console;
    const logged: unknown[] = [];
    console.warn = console.error = console.log = (...args: unknown[]) => logged.push(args);
    try {
      const gateway = await open('quiet');
      await gateway.head(neverAborted());
      await upload('quiet', randomBlob(1));
    } finally {
      Object.assign(console, { warn, error, log });
    }
    expect(logged).to.deep.equal([]);
  });
}

/** Returns all properties of an error and its causes as text, including what a logger would not show. */
function describeDeeply(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Reflect.ownKeys(value)
    .map((name) => `${String(name)}: ${describeDeeply((value as Record<PropertyKey, unknown>)[name], seen)}`)
    .join('\n');
}
