// What the gateway promises with any build of the SDK, proven against the local OSS. Fails where a new version of the
// SDK changes what the gateway leans on.
import { expect } from '@open-wc/testing';
import { createOpenGateway, type OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import {
  bytes,
  control,
  Credentials,
  EXPIRED,
  failure,
  host,
  LASTING,
  makeBucket,
  openGateway,
  rejection,
  running,
  sha256,
  type World,
} from './setup.js';

const PART = 100 * 1024;

export function gatewayContract(loadSdk: () => Promise<OssSdk>): void {
  let bucket: string;
  let sdk: OssSdk;

  const open = (key: string, world: World = {}) => openGateway(bucket, key, { sdk, ...world });
  const upload = async (key: string, body: Blob, world?: World) => {
    const gateway = await open(key, world);
    const uploadId = await gateway.createUpload(running());
    const part = await gateway.uploadPart(uploadId, 1, body, running());
    return gateway.completeUpload(uploadId, [part], running());
  };

  before(async () => {
    sdk = await loadSdk();
    bucket = await makeBucket();
  });

  afterEach(() => control.removeFaults());
  describe('storing', () => {
    it('puts a body as it is', async () => {
      const body = bytes(3_000);
      const gateway = await open('put.bin');
      const stored = await gateway.put(body, running());
      const object = await control.object(bucket, 'put.bin');
      expect(object?.sha256).to.equal(await sha256(body));
      expect(stored.crc64).to.equal(object?.crc64);
      expect(stored.etag).to.equal(`"${object?.etag}"`);
      expect(stored.url).to.equal(`http://${host}/${bucket}/put.bin`);
    });

    it('uploads in parts and completes', async () => {
      const [first, last] = [bytes(PART), bytes(1)];
      const gateway = await open('parts.bin');
      const uploadId = await gateway.createUpload(running());
      const parts = [
        await gateway.uploadPart(uploadId, 2, last, running()),
        await gateway.uploadPart(uploadId, 1, first, running()),
      ];
      const stored = await gateway.completeUpload(uploadId, parts, running());
      const object = await control.object(bucket, 'parts.bin');
      expect(object?.sha256).to.equal(await sha256(new Blob([first, last])));
      expect(stored.crc64).to.equal(object?.crc64);
      expect(stored.etag).to.equal(`"${object?.etag}"`);
      expect(stored.url).to.equal(`http://${host}/${bucket}/parts.bin`);
    });

    it('gives the ETag and the CRC-64 of a part as OSS does', async () => {
      const gateway = await open('etag.bin');
      const uploadId = await gateway.createUpload(running());
      const part = await gateway.uploadPart(uploadId, 7, new Blob(['123456789']), running());
      expect(part).to.deep.equal({
        number: 7,
        etag: '"25F9E794323B453885F5181F1B624D0B"',
        crc64: '11051210869376104954',
      });
    });

    for (const size of [0, 1]) {
      it(`puts ${size} bytes`, async () => {
        const gateway = await open(`${size}.bin`);
        await gateway.put(bytes(size), running());
        expect((await control.object(bucket, `${size}.bin`))?.size).to.equal(size);
      });
    }

    it('sends a Blob with a type of its own', async () => {
      const gateway = await open('typed');
      const uploadId = await gateway.createUpload(running());
      const part = await gateway.uploadPart(
        uploadId,
        1,
        new Blob(['{}'], { type: 'application/json' }),
        running(),
      );
      expect(part.number).to.equal(1);
    });

    it('signs with V4', async () => {
      await upload('v4.bin', bytes(1));
      const requests = await control.requests({ bucket, key: 'v4.bin' });
      const versions = requests
        .filter(({ method }) => method !== 'OPTIONS')
        .map((entry) => entry.signatureVersion);
      expect(versions).to.deep.equal(['v4', 'v4', 'v4']);
    });

    const keys = {
      'spaces and plus': 'a b+c  d.bin',
      percent: '100%25 %.bin',
      'marks that browsers leave alone': "it's (a) test!*~_-.bin",
      'marks with a meaning': 'a?b#c&d=e;f,g:h@i$j[k]|l\\m"n<o>`{p}^.bin',
      Chinese: '影片/测试 文件.mp4',
      emoji: '🎬/👩‍👩‍👧.bin',
      'double slashes': 'a//b/c/.bin',
      '1,023 bytes': `${'长'.repeat(340)}abc`,
    };
    for (const [name, key] of Object.entries(keys)) {
      it(`stores under a key with ${name}`, async () => {
        const stored = await upload(key, new Blob(['x']));
        expect((await control.object(bucket, key))?.size).to.equal(1);
        expect(decodeURIComponent(new URL(stored.url).pathname)).to.equal(`/${bucket}/${key}`);
      });
    }

    it('refuses a key that browsers would change on the way', async () => {
      expect((await failure(open('a/../b'))).code).to.equal('key-invalid');
    });
  });

  describe('options', () => {
    const options = {
      contentType: 'video/mp4',
      headers: { 'Cache-Control': 'no-cache', 'content-disposition': 'attachment; filename="影片.mp4"' },
      meta: { author: 'Ada', title: '影片' },
      tags: { for: 'a b', 名: '值' },
      storageClass: 'IA',
    };

    for (const way of ['put', 'parts'] as const) {
      it(`stores type, headers, meta, tags and storage class with ${way}`, async () => {
        const key = `options-${way}`;
        const gateway = await open(key);
        if (way === 'put') {
          await gateway.put(bytes(1), { ...options, ...running() });
        } else {
          const uploadId = await gateway.createUpload({ ...options, ...running() });
          const part = await gateway.uploadPart(uploadId, 1, bytes(1), running());
          await gateway.completeUpload(uploadId, [part], { ...options, ...running() });
        }
        const object = await control.object(bucket, key);
        expect(object?.contentType).to.equal('video/mp4');
        expect(object?.headers['cache-control']).to.equal('no-cache');
        expect(object?.headers['content-disposition']).to.equal('attachment; filename="影片.mp4"');
        expect(object?.meta).to.deep.equal(options.meta);
        expect(object?.tags).to.deep.equal(options.tags);
        expect(object?.storageClass).to.equal('IA');
      });

      it(`stores a body without a type as bytes with ${way}`, async () => {
        const key = `untyped-${way}.html`;
        const gateway = await open(key);
        if (way === 'put') await gateway.put(bytes(1), running());
        else await upload(key, bytes(1));
        expect((await control.object(bucket, key))?.contentType).to.equal('application/octet-stream');
      });
    }

    it('lets a content type among the headers win', async () => {
      const gateway = await open('header-type');
      await gateway.put(bytes(1), {
        contentType: 'text/plain',
        headers: { 'CONTENT-TYPE': 'text/markdown' },
        ...running(),
      });
      expect((await control.object(bucket, 'header-type'))?.contentType).to.equal('text/markdown');
    });

    it('leaves the options that it is given alone', async () => {
      const given = { headers: { 'Cache-Control': 'no-cache' }, meta: { a: 'b' }, ...running() };
      const copy = structuredClone({ headers: given.headers, meta: given.meta });
      const gateway = await open('unchanged');
      await gateway.put(bytes(1), given);
      expect({ headers: given.headers, meta: given.meta }).to.deep.equal(copy);
      expect(Object.keys(given)).to.deep.equal(['headers', 'meta', 'signal']);
    });

    it('hands on what the application server answers to a callback, with put and with parts', async () => {
      const callback = {
        url: `http://${host}/_control/requests/wait`,
        body: '{"filter":{"key":${object},"method":"PUT"},"phase":"started"}',
        contentType: 'application/json',
        customValue: { by: 'me' },
      };
      const gateway = await open('callback.bin');
      const put = await gateway.put(bytes(1), { callback, ...running() });
      expect(put.callback).to.have.nested.property('[0].key', 'callback.bin');

      const uploadId = await gateway.createUpload({ callback, overwrite: true, ...running() });
      const part = await gateway.uploadPart(uploadId, 1, bytes(1), running());
      const stored = await gateway.completeUpload(uploadId, [part], {
        callback,
        overwrite: true,
        ...running(),
      });
      expect(stored.callback).to.have.nested.property('[0].key', 'callback.bin');
      expect(stored.crc64).to.be.a('string');
    });

    it('names a callback that failed after the object was stored', async () => {
      const gateway = await open('callback-failed.bin');
      const callback = { url: 'http://127.0.0.1:1/', body: 'x' };
      const error = await failure(gateway.put(bytes(1), { callback, ...running() }));
      expect(error.code).to.equal('callback-failed');
      expect(error.retryable).to.equal(false);
      expect(await control.object(bucket, 'callback-failed.bin')).not.to.equal(null);
    });
  });

  describe('overwriting', () => {
    it('never replaces an object unless told to, at any step', async () => {
      const gateway = await open('taken');
      const early = await gateway.createUpload(running());
      const part = await gateway.uploadPart(early, 1, bytes(1), running());
      await gateway.put(new Blob(['first']), running());
      const errors = [
        await failure(gateway.put(bytes(1), running())),
        await failure(gateway.createUpload(running())),
        await failure(gateway.completeUpload(early, [part], running())),
      ];
      expect(errors.map(({ code }) => code)).to.deep.equal([
        'object-exists',
        'object-exists',
        'object-exists',
      ]);
      expect(errors[0]?.values).to.include({ key: 'taken', bucket });
      expect((await control.object(bucket, 'taken'))?.size).to.equal(5);
    });

    it('replaces an object where it is told to', async () => {
      const gateway = await open('replaced');
      await gateway.put(new Blob(['first']), running());
      const uploadId = await gateway.createUpload({ overwrite: true, ...running() });
      const part = await gateway.uploadPart(uploadId, 1, bytes(1), running());
      await gateway.completeUpload(uploadId, [part], { overwrite: true, ...running() });
      expect((await control.object(bucket, 'replaced'))?.size).to.equal(1);
    });
  });

  describe('confirming', () => {
    it('lists the parts of all pages with numbers as numbers', async () => {
      const gateway = await open('listed', { partsPerPage: 2 });
      const uploadId = await gateway.createUpload(running());
      const sent = [];
      for (const number of [1, 2, 5, 7, 10_000]) {
        const part = await gateway.uploadPart(uploadId, number, bytes(number % 100), running());
        sent.push({ ...part, size: number % 100 });
      }
      expect(await gateway.listParts(uploadId, running())).to.deep.equal(sent);
    });

    it('lists no more parts than it is asked for, and none before them', async () => {
      const gateway = await open('listed-some');
      const uploadId = await gateway.createUpload(running());
      for (const number of [1, 2, 3, 4]) {
        await gateway.uploadPart(uploadId, number, bytes(1), running());
      }
      const listed = await gateway.listParts(uploadId, { after: 1, limit: 2, ...running() });
      expect(listed.map(({ number }) => number)).to.deep.equal([2, 3]);
    });

    it('lists one part, and none', async () => {
      const gateway = await open('listed-one');
      const uploadId = await gateway.createUpload(running());
      expect(await gateway.listParts(uploadId, running())).to.deep.equal([]);
      const part = await gateway.uploadPart(uploadId, 3, bytes(9), running());
      expect(await gateway.listParts(uploadId, running())).to.deep.equal([{ ...part, size: 9 }]);
    });

    it('summarises an object', async () => {
      const gateway = await open('summarised.txt');
      const stored = await gateway.put(bytes(2_000), { contentType: 'text/plain', ...running() });
      const summary = await gateway.head(running());
      expect(summary).to.include({ ...stored, size: 2_000 });
      expect(summary?.lastModified).to.be.closeTo(Date.now(), 60_000);
    });

    it('finds no object where there is none', async () => {
      const gateway = await open('nothing');
      expect(await gateway.head(running())).to.equal(undefined);
    });

    it('aborts an upload', async () => {
      const gateway = await open('aborted');
      const uploadId = await gateway.createUpload(running());
      await gateway.abortUpload(uploadId, running());
      const error = await failure(gateway.listParts(uploadId, running()));
      expect(error.code).to.equal('upload-gone');
      expect(error).to.include({ status: 404, ossCode: 'NoSuchUpload' });
    });

    it('goes on with other uploads of the same gateway after one was aborted', async () => {
      const gateway = await open('continue');
      await gateway.abortUpload(await gateway.createUpload(running()), running());
      const uploadId = await gateway.createUpload(running());
      const part = await gateway.uploadPart(uploadId, 1, bytes(1), running());
      expect(part.number).to.equal(1);
    });
  });

  describe('addresses', () => {
    const ways = {
      'the bucket in the host name': { pathStyle: false },
      'the bucket in the path': { pathStyle: true },
      'a region without its prefix': { region: 'cn-hangzhou' },
      'a region with its prefix': { region: 'oss-cn-hangzhou' },
      'a slash after the endpoint': { endpoint: `http://${host}/` },
    };
    for (const [name, target] of Object.entries(ways)) {
      it(`reaches the bucket by ${name}`, async () => {
        const key = crypto.randomUUID();
        await upload(key, bytes(1), { target });
        expect((await control.object(bucket, key))?.size).to.equal(1);
      });
    }

    it('reaches the bucket by a domain that is bound to it', async () => {
      const domain = `files-${crypto.randomUUID()}.localhost`;
      const bound = await makeBucket({ domains: [domain] });
      const target = {
        endpoint: `http://${domain}:${new URL(`http://${host}`).port}`,
        cname: true,
        pathStyle: false,
      };
      const gateway = await openGateway(bound, 'cname', { sdk, target });
      const stored = await gateway.put(bytes(1), running());
      expect(stored.url).to.equal(`${target.endpoint}/cname`);
      expect((await control.object(bound, 'cname'))?.size).to.equal(1);
    });

    const wrong = { region: 'cn hangzhou', endpoint: 'ftp://files.example.com', bucket: 'No_Bucket' };
    for (const [option, value] of Object.entries(wrong)) {
      it(`names a ${option} that can't be used`, async () => {
        const gateway = await open('x', { target: { [option]: value } });
        const error = await failure(gateway.put(bytes(1), running()));
        expect(error.code).to.equal('option-invalid');
        expect(error.values).to.deep.equal({ option, value });
      });
    }
  });

  describe('credentials', () => {
    it('renews a token once that expired while parts go out beside each other', async () => {
      const credentials = new Credentials();
      const gateway = await open('expiring', { credentials });
      const uploadId = await gateway.createUpload(running());
      await credentials.expire();
      const parts = await Promise.all(
        [1, 2, 3, 4, 5].map((number) => gateway.uploadPart(uploadId, number, bytes(PART), running())),
      );
      await gateway.completeUpload(uploadId, parts, running());
      expect((await control.object(bucket, 'expiring'))?.size).to.equal(5 * PART);
      expect(credentials.issued).to.have.length(3);
    });

    it('gives up where new credentials are refused too', async () => {
      const credentials = new Credentials(EXPIRED);
      const gateway = await open('rejected', { credentials });
      const error = await failure(gateway.createUpload(running()));
      expect(error.code).to.equal('credentials-rejected');
      expect(error.ossCode).to.equal('SecurityTokenExpired');
      expect(credentials.requests.map(({ insteadOf }) => insteadOf)).to.deep.equal([
        undefined,
        credentials.issued[0],
      ]);
      expect(await control.requests({ bucket, key: 'rejected', method: 'POST' })).to.have.length(2);
    });

    it('takes credentials of which OSS knows nothing for stale ones', async () => {
      const good = new Credentials();
      const stale = { accessKeyId: 'STS.unknown', accessKeySecret: 'x', securityToken: 'x' };
      const credentials = {
        get: ({ insteadOf } = {} as { insteadOf?: unknown }) =>
          insteadOf ? good.get() : Promise.resolve(stale),
      };
      const gateway = await open('stale', { credentials });
      await gateway.put(bytes(1), running());
      expect((await control.object(bucket, 'stale'))?.size).to.equal(1);
    });

    it('asks for others in the next run after OSS refused the signature, not in the same', async () => {
      const credentials = new Credentials();
      const wrong = { ...(await credentials.get()), accessKeySecret: 'wrong' };
      const get = ({ insteadOf } = {} as { insteadOf?: unknown }) =>
        insteadOf === wrong ? credentials.get() : Promise.resolve(wrong);
      const openNext = createOpenGateway({ sdk, credentials: { get }, clock: new ServerClock() });
      const target = {
        region: 'cn-hangzhou',
        endpoint: `http://${host}`,
        pathStyle: true,
        bucket,
        key: 'mended',
      };
      const first = await openNext(target, running());
      expect((await failure(first.put(bytes(1), running()))).code).to.equal('signature-refused');
      expect((await failure(first.put(bytes(1), running()))).code).to.equal('signature-refused');
      const second = await openNext(target, running());
      await second.put(bytes(1), running());
      expect((await control.object(bucket, 'mended'))?.size).to.equal(1);
    });

    it('signs each request with one set while the sets change', async () => {
      const sets = await Promise.all([1, 2, 3].map(() => new Credentials().get()));
      let turn = 0;
      const credentials = { get: () => Promise.resolve(sets[turn++ % sets.length]!) };
      const gateway = await open('changing', { credentials });
      const uploadId = await gateway.createUpload(running());
      const parts = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((number) => gateway.uploadPart(uploadId, number, bytes(PART), running())),
      );
      expect(parts).to.have.length(6);
    });

    it('passes on what the provider rejects with', async () => {
      const reason = new Error('signed out');
      const gateway = await open('signed-out', { credentials: { get: () => Promise.reject(reason) } });
      expect(await rejection(gateway.put(bytes(1), running()))).to.equal(reason);
    });

    it('lets no secret into an error', async () => {
      const credentials = new Credentials();
      const gateway = await open('secret', {
        credentials: { get: async () => ({ ...(await credentials.get()), accessKeySecret: 'wrong-secret' }) },
      });
      const error = await failure(gateway.put(bytes(1), running()));
      expect(error.code).to.equal('signature-refused');
      const { accessKeyId, securityToken } = await credentials.get();
      const told = describeDeeply(error);
      for (const secret of ['wrong-secret', accessKeyId, securityToken]) expect(told).not.to.include(secret);
    });
  });

  describe('the clock', () => {
    for (const hours of [-2, 2]) {
      it(`signs by the server's clock where the device's is ${hours} h off`, async () => {
        const key = `skewed-${hours}`;
        const gateway = await open(key, { skew: hours * 3_600_000 });
        const uploadId = await gateway.createUpload(running());
        await gateway.uploadPart(uploadId, 1, bytes(1), running());
        const requests = await control.requests({ bucket, key });
        const codes = requests.filter(({ method }) => method !== 'OPTIONS').map(({ code }) => code);
        expect(codes).to.deep.equal(['RequestTimeTooSkewed', undefined, undefined]);
      });
    }

    it('does not go on trying where OSS does not say what time it is', async () => {
      const fault = { kind: 'status', status: 403, code: 'RequestTimeTooSkewed' } as const;
      await control.addFault({ match: { bucket, key: 'timeless' }, times: null, fault });
      const gateway = await open('timeless');
      const error = await failure(gateway.createUpload(running()));
      expect(error.code).to.equal('clock-skewed');
      expect(await control.requests({ bucket, key: 'timeless', method: 'POST' })).to.have.length(1);
    });
  });

  describe('refusals', () => {
    const refusals = [
      { status: 403, code: 'AccessDenied', as: 'access-denied' },
      { status: 400, code: 'PublicEndpointForbidden', as: 'endpoint-refused' },
      {
        status: 403,
        code: 'AccessDenied',
        message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
        as: 'endpoint-refused',
      },
      { status: 503, code: 'TotalQpsLimitExceeded', as: 'throttled' },
      { status: 503, code: 'UploadTrafficRateLimitExceeded', as: 'throttled' },
      { status: 500, code: 'InternalError', as: 'server-error' },
      { status: 400, code: 'RequestTimeout', as: 'timeout' },
      { status: 400, code: 'EntityTooLarge', as: 'request-refused' },
    ];
    for (const { as, ...answer } of refusals) {
      it(`takes ${answer.status} ${answer.code}${answer.message ? ' of a wrong endpoint' : ''} for ${as}`, async () => {
        await control.addFault({ match: { bucket, method: 'PUT' }, fault: { kind: 'status', ...answer } });
        const gateway = await open('refused');
        const error = await failure(gateway.put(bytes(1), running()));
        expect(error.code).to.equal(as);
        expect(error.status).to.equal(answer.status);
        expect(error.ossCode).to.equal(answer.code);
        expect(error.requestId).to.match(/^[0-9A-F]{24}$/);
        expect(error.values).to.include({
          bucket,
          key: 'refused',
          ossCode: answer.code,
          origin: location.origin,
        });
      });
    }

    it('sees a bucket that does not exist as one without a CORS rule, as any page does', async () => {
      const gateway = await openGateway('no-such-bucket-here', 'x', { sdk });
      const error = await failure(gateway.createUpload(running()));
      expect(error.code).to.equal('cors-blocked');
    });

    it('takes a wrong region for a wrong endpoint', async () => {
      const gateway = await open('region', { target: { region: 'cn-shanghai' } });
      expect((await failure(gateway.put(bytes(1), running()))).code).to.equal('endpoint-refused');
    });

    it('reads how long OSS asks to wait', async () => {
      const rule = { allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST', 'GET'], allowedHeaders: ['*'] };
      const open = await makeBucket({ cors: [{ ...rule, exposeHeaders: ['ETag', 'Retry-After'] }] });
      const fault = { kind: 'status', status: 503, code: 'ServiceUnavailable', retryAfter: 7 } as const;
      await control.addFault({ match: { bucket: open }, fault });
      const gateway = await openGateway(open, 'busy', { sdk });
      expect((await failure(gateway.put(bytes(1), running()))).retryAfter).to.equal(7_000);
    });

    it('says that the CORS rule hides the ETag', async () => {
      const rule = { allowedOrigins: ['*'], allowedMethods: ['PUT', 'POST'], allowedHeaders: ['*'] };
      const hidden = await makeBucket({ cors: [rule] });
      const gateway = await openGateway(hidden, 'hidden', { sdk });
      const uploadId = await gateway.createUpload(running());
      expect((await failure(gateway.uploadPart(uploadId, 1, bytes(1), running()))).code).to.equal(
        'etag-hidden',
      );
    });
  });

  describe('CORS', () => {
    it('tells a rule without this origin from a dead network', async () => {
      const closed = await makeBucket({ cors: [] });
      const gateway = await openGateway(closed, 'blocked', { sdk });
      const error = await failure(gateway.createUpload(running()));
      expect(error.code).to.equal('cors-blocked');
      expect(error.values).to.include({ bucket: closed, origin: location.origin });
    });

    it('tells a rule without PUT from a dead network, and stores nothing to find out', async () => {
      const cors = [{ allowedOrigins: ['*'], allowedMethods: ['POST', 'GET'], allowedHeaders: ['*'] }];
      const noPut = await makeBucket({ cors });
      const gateway = await openGateway(noPut, 'no-put', { sdk });
      const uploadId = await gateway.createUpload(running());
      const error = await failure(gateway.uploadPart(uploadId, 1, bytes(1), running()));
      expect(error.code).to.equal('cors-blocked');
      expect(await control.object(noPut, 'no-put')).to.equal(null);
    });

    it('takes a connection that is reset for the network, even at the first request', async () => {
      const lost = await makeBucket();
      // Twice: a browser itself repeats what the connection of its preflight lost.
      const fault = { kind: 'reset', at: 'before-body' } as const;
      await control.addFault({ match: { bucket: lost, method: 'POST' }, times: 2, fault });
      const gateway = await openGateway(lost, 'reset', { sdk, target: { pathStyle: false } });
      expect((await failure(gateway.createUpload(running()))).code).to.equal('network');
    });

    it('takes a server that is not there for the network', async () => {
      const gateway = await open('unreachable', { target: { endpoint: 'http://127.0.0.1:1' } });
      expect((await failure(gateway.createUpload(running()))).code).to.equal('network');
    });
  });

  describe('abort', () => {
    const reason = new Error('enough');

    it('is silence: no byte leaves after it, and nothing is sent again', async () => {
      const size = 32 << 20;
      const filter = { bucket, key: 'silent', method: 'PUT' };
      const gateway = await open('silent');
      const uploadId = await gateway.createUpload(running());
      await control.addFault({ match: filter, fault: { kind: 'stall', afterBytes: 100_000 } });
      const controller = new AbortController();
      const sending = rejection(gateway.uploadPart(uploadId, 1, bytes(size), { signal: controller.signal }));
      await control.waitFor(filter, 1, 'faulted');
      controller.abort(reason);
      expect(await sending).to.equal(reason);
      await control.removeFaults();
      const [entry] = await control.waitFor(filter, 1, 'ended');
      expect(entry?.disconnected).to.equal(true);
      expect(entry?.bytesReceived).to.be.below(size);
      expect(await control.requests(filter)).to.have.length(1);
    });

    it('does not wait for credentials', async () => {
      const controller = new AbortController();
      const gateway = await open('waiting', { credentials: { get: () => new Promise(() => undefined) } });
      const sending = rejection(gateway.put(bytes(1), { signal: controller.signal }));
      controller.abort(reason);
      expect(await sending).to.equal(reason);
    });

    it('before the call sends nothing', async () => {
      const gateway = await open('never');
      const sending = rejection(gateway.put(bytes(1), { signal: AbortSignal.abort(reason) }));
      expect(await sending).to.equal(reason);
      expect(await control.requests({ bucket, key: 'never' })).to.deep.equal([]);
    });

    it('leaves the other calls of the gateway alone', async () => {
      const controller = new AbortController();
      const gateway = await open('others');
      const uploadId = await gateway.createUpload(running());
      const aborted = rejection(gateway.uploadPart(uploadId, 1, bytes(PART), { signal: controller.signal }));
      const other = gateway.uploadPart(uploadId, 2, bytes(PART), running());
      controller.abort(reason);
      expect(await aborted).to.equal(reason);
      expect((await other).number).to.equal(2);
    });
  });

  describe('progress', () => {
    it('grows to the size of the body', async () => {
      const size = 24 << 20;
      const slow = { kind: 'slow', bytesPerSecond: size } as const;
      await control.addFault({ match: { bucket, key: 'progress', method: 'PUT' }, fault: slow });
      const seen: number[] = [];
      const gateway = await open('progress');
      await gateway.put(bytes(size), { onProgress: (sent) => seen.push(sent), ...running() });
      expect(seen.at(-1)).to.equal(size);
      expect(seen).to.deep.equal([...new Set(seen)].sort((a, b) => a - b));
      expect(seen.length).to.be.above(1);
    });

    it('does not fall back where the request is sent once more', async () => {
      const seen: number[] = [];
      const gateway = await open('progress-again', { credentials: new Credentials(EXPIRED, LASTING) });
      await gateway.put(bytes(300_000), { onProgress: (sent) => seen.push(sent), ...running() });
      expect(seen).to.deep.equal([...new Set(seen)].sort((a, b) => a - b));
      expect(seen.at(-1)).to.equal(300_000);
    });
  });

  it('says nothing on the console', async () => {
    const { warn, error, log } = console;
    const said: unknown[] = [];
    console.warn = console.error = console.log = (...args: unknown[]) => said.push(args);
    try {
      const gateway = await open('quiet');
      await gateway.head(running());
      await upload('quiet', bytes(1));
    } finally {
      Object.assign(console, { warn, error, log });
    }
    expect(said).to.deep.equal([]);
  });
}

/** Everything that a logger could find in an error. */
function describeDeeply(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Reflect.ownKeys(value)
    .map((name) => `${String(name)}: ${describeDeeply((value as Record<PropertyKey, unknown>)[name], seen)}`)
    .join('\n');
}
