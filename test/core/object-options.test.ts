import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/errors.js';
import { FUNCTION_TIME_LIMIT } from '../../src/core/options/page-function.js';
import type { FileObjectOptions, ObjectOptions, OpenGateway, OssGateway } from '../../src/core/ports.js';
import type { Upload } from '../../src/core/upload.js';
import type { Uploader, UploaderOptions } from '../../src/core/uploader.js';
import { FakeOss } from '../support/fake-oss.js';
import { MemoryStore } from '../support/memory-store.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

type Sent = ObjectOptions & { operation: keyof OssGateway };

/** Records the settings of all objects. */
function recording(oss: FakeOss, sent: Sent[]): OpenGateway {
  return async (...args) => {
    const gateway = await oss.open(...args);
    for (const operation of ['put', 'createUpload', 'completeUpload'] as const) {
      const call = gateway[operation].bind(gateway) as (...values: unknown[]) => Promise<unknown>;
      const record = (...values: unknown[]) => {
        const { headers, meta, tags, storageClass, contentType, callback, overwrite } = values.at(
          -1,
        ) as ObjectOptions;
        sent.push({ operation, headers, meta, tags, storageClass, contentType, callback, overwrite });
        return call(...values);
      };
      Object.assign(gateway, { [operation]: record });
    }
    return gateway;
  };
}

function create(options: UploaderOptions, ports: Parameters<typeof createTestUploader>[1] = {}) {
  const oss = new FakeOss();
  const sent: Sent[] = [];
  const test = createTestUploader(options, { openGateway: recording(oss, sent), ...ports });
  return { ...test, oss, sent };
}

/** Uploads a file and returns the settings that the first request had. */
async function settingsOf(options: UploaderOptions, file = makeFile(10)): Promise<Sent | undefined> {
  const { uploader, sent } = create(options);
  const upload = uploader.add(file, file.name);
  uploader.start();
  await reached(uploader, upload, 'succeeded');
  return sent[0];
}

const errorOf = ({ state }: Upload): UploadError => {
  if (state.status !== 'failed') throw new Error(`The status is ${state.status}.`);
  return state.error;
};

async function failed(uploader: Uploader, upload: Upload): Promise<UploadError> {
  await reached(uploader, upload, 'failed');
  return errorOf(upload);
}

const common = {
  headers: { 'Cache-Control': 'no-cache', 'Content-Type': 'video/mp4' },
  meta: { site: 'a' },
  tags: { kind: 'film' },
  storageClass: 'IA',
  callback: { url: 'https://example.com/', body: '${object}' },
};

describe('objectOptions', () => {
  it('is called with the file and its key, and replaces settings as a whole', async () => {
    const seen: unknown[] = [];
    const file = makeFile(10, 'a.mp4');
    const sent = await settingsOf(
      {
        ...common,
        objectOptions: (...args) => {
          seen.push(...args);
          return { headers: { 'X-Oss-Object-Acl': 'private' }, meta: { author: '张三' }, tags: {} };
        },
      },
      file,
    );
    expect(seen).to.deep.equal([file, 'a.mp4']);
    expect([sent?.headers, sent?.meta, sent?.tags, sent?.storageClass]).to.deep.equal([
      { 'x-oss-object-acl': 'private' },
      { author: '张三' },
      {},
      'IA',
    ]);
  });

  it('keeps settings that are undefined, and removes those that are null', async () => {
    const sent = await settingsOf({
      ...common,
      contentType: 'text/css',
      objectOptions: () =>
        Promise.resolve({
          headers: null,
          meta: undefined,
          storageClass: null,
          callback: null,
          contentType: null,
        }),
    });
    expect([sent?.headers, sent?.meta, sent?.storageClass, sent?.callback, sent?.contentType]).to.deep.equal([
      undefined,
      { site: 'a' },
      undefined,
      undefined,
      'application/octet-stream',
    ]);
  });

  it('sets a content type in place of the header that all objects have', async () => {
    const sent = await settingsOf({ ...common, objectOptions: () => ({ contentType: 'image/png' }) });
    expect([sent?.contentType, sent?.headers]).to.deep.equal(['image/png', { 'cache-control': 'no-cache' }]);
  });

  for (const nothing of [undefined, null, {}]) {
    it(`changes nothing if it returns ${JSON.stringify(nothing)}`, async () => {
      const sent = await settingsOf({ ...common, objectOptions: () => nothing as undefined });
      expect([sent?.meta, sent?.storageClass]).to.deep.equal([{ site: 'a' }, 'IA']);
    });
  }

  it('sends the same settings in a multipart upload, and the callback when it is completed', async () => {
    const { uploader, sent } = create({
      objectOptions: (_file, key) => ({
        meta: { key },
        callback: { url: 'https://example.com/', body: key },
      }),
    });
    const upload = uploader.add(makeFile(2 * PART), 'a.mp4');
    uploader.start();
    await reached(uploader, upload, 'succeeded');
    expect(sent.map(({ operation, meta, callback }) => [operation, meta, callback?.body])).to.deep.equal([
      ['createUpload', { key: 'a.mp4' }, 'a.mp4'],
      ['completeUpload', { key: 'a.mp4' }, 'a.mp4'],
    ]);
  });

  it('is called once for each upload, also with pauses and retries', async () => {
    const calls: string[] = [];
    const options: UploaderOptions = { retries: 0, objectOptions: (_file, key) => void calls.push(key) };
    const { uploader, oss } = create(options);
    const upload = uploader.add(makeFile(3 * PART), 'a.mp4');
    const held = oss.hold('uploadPart', 2);
    uploader.start();
    await held.reached;
    uploader.pause();
    oss.fail('uploadPart', () => new UploadError('server-error'), { number: 2 });
    uploader.resume();
    await failed(uploader, upload);
    // A framework creates another function at each rendering.
    options.objectOptions = () => void calls.push('again');
    uploader.retry();
    await reached(uploader, upload, 'succeeded');
    expect(calls).to.deep.equal(['a.mp4']);
  });

  it('is not affected by what the page does to the returned object later', async () => {
    const shared: FileObjectOptions = {};
    const { uploader, sent } = create({
      concurrentFiles: 1,
      objectOptions: (_file, key) => Object.assign(shared, { meta: { key } }),
    });
    const uploads = ['a', 'b'].map((name) => uploader.add(makeFile(10, name), name));
    uploader.start();
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'succeeded')));
    expect(sent.map(({ meta }) => meta)).to.deep.equal([{ key: 'a' }, { key: 'b' }]);
  });

  it('is called again after a reload, which only affects the callback of a multipart upload', async () => {
    const store = new MemoryStore();
    const file = makeFile(3 * PART);
    const oss = new FakeOss();
    const sent: Sent[] = [];
    const visit = (body: string) => {
      const callback = { url: 'https://example.com/', body };
      return createTestUploader(
        { objectOptions: () => ({ meta: { visit: body }, callback }), parallel: 1 },
        { store, openGateway: recording(oss, sent) },
      ).uploader;
    };
    const first = visit('first');
    first.add(file, 'a.mp4');
    const held = oss.hold('uploadPart', 2);
    first.start();
    await held.reached;
    await first.reset();
    const second = visit('second');
    await second.restore();
    const upload = second.add(file, 'a.mp4');
    second.resume([upload.id]);
    await reached(second, upload, 'succeeded');
    expect(
      sent.map(({ operation, meta, callback }) => [operation, meta?.['visit'], callback?.body]),
    ).to.deep.equal([
      ['createUpload', 'first', 'first'],
      ['completeUpload', 'second', 'second'],
    ]);
    expect(JSON.stringify(await store.list())).not.to.include('first');
  });

  it('may pause its own upload, which then sends nothing', async () => {
    const { uploader, oss } = create({ objectOptions: () => uploader.pause() });
    const upload = uploader.add(makeFile(10), 'a');
    uploader.start();
    await reached(uploader, upload, 'paused');
    await upload.atRest;
    expect(oss.calls).to.deep.equal([]);
  });

  it('is called again after it has failed', async () => {
    let calls = 0;
    const { uploader, sent } = create({
      objectOptions: () => (++calls === 1 ? Promise.reject(new TypeError('offline')) : { meta: { a: 'b' } }),
    });
    const upload = uploader.add(makeFile(10), 'a');
    uploader.start();
    await failed(uploader, upload);
    uploader.retry();
    await reached(uploader, upload, 'succeeded');
    expect(sent[0]?.meta).to.deep.equal({ a: 'b' });
  });
});

describe('objectOptions that fails', () => {
  const throwing = new TypeError('user is null');
  const thrower = () => {
    throw throwing;
  };
  const cases: [condition: string, answer: () => unknown, hint: RegExp][] = [
    ['throws', thrower, /objectOptions is invalid: a function\. The function throws an error\.$/],
    ['rejects', () => Promise.reject(throwing), /The function throws an error\.$/],
    ['returns text', () => 'IA', /objectOptions is invalid: "IA"\. Return an object/],
    ['returns a list', () => [], /objectOptions is invalid: \[object Array\]\./],
    [
      'returns an unknown setting',
      () => ({ header: {} }),
      /objectOptions is invalid: "header"\. Return only headers, meta/,
    ],
    ['returns overwrite', () => ({ overwrite: true }), /objectOptions is invalid: "overwrite"\./],
    [
      'returns a line break in a header',
      () => ({ headers: { 'Content-Disposition': 'a\r\nx-oss-object-acl: public-read' } }),
      /objectOptions\.headers is invalid: Content-Disposition: "a\\r\\nx-oss.*A header value has no line breaks/,
    ],
    [
      'returns a line break in a header name',
      () => ({ headers: { 'a\r\nb': 'c' } }),
      /objectOptions\.headers is invalid/,
    ],
    [
      'returns a header of the uploader',
      () => ({ headers: { Authorization: 'x' } }),
      /objectOptions\.headers.*The uploader sets it/,
    ],
    ['returns a line break in metadata', () => ({ meta: { a: 'b\nc' } }), /objectOptions\.meta is invalid/],
    [
      'returns too much metadata',
      () => ({ meta: { a: 'x'.repeat(9_000) } }),
      /objectOptions\.meta.*at most 8 KB/,
    ],
    ['returns an object as metadata', () => ({ meta: { a: {} } }), /objectOptions\.meta.*Set it to a string/],
    [
      'returns too many tags',
      () => ({ tags: Object.fromEntries([...Array(11).keys()].map((n) => [`t${n}`, 1])) }),
      /objectOptions\.tags is invalid: 11 tags/,
    ],
    [
      'returns a number as storage class',
      () => ({ storageClass: 7 }),
      /objectOptions\.storageClass is invalid: 7/,
    ],
    [
      'returns a content type that is none',
      () => ({ contentType: 'png' }),
      /objectOptions\.contentType is invalid: "png"/,
    ],
    [
      'returns a callback without a body',
      () => ({ callback: { url: 'https://example.com/' } }),
      /objectOptions\.callback\.body/,
    ],
    [
      'returns an object that throws',
      () => Object.defineProperty({}, 'meta', { get: thrower, enumerable: true }),
      /The function throws an error/,
    ],
  ];
  for (const [condition, answer, hint] of cases) {
    it(`fails only the upload of its file if it ${condition}`, async () => {
      const { uploader, oss } = create({
        objectOptions: (_file, key) => (key === 'bad' ? (answer() as undefined) : undefined),
      });
      const [bad, good] = ['bad', 'good'].map((key) => uploader.add(makeFile(10, key), key));
      uploader.start();
      const { code, hint: actual } = await failed(uploader, bad!);
      await reached(uploader, good!, 'succeeded');
      expect([code, [...oss.objects.keys()]]).to.deep.equal(['option-invalid', ['good']]);
      expect(actual).to.match(hint);
    });
  }

  it('has what it throws as the cause', async () => {
    const { uploader } = create({ objectOptions: thrower });
    const upload = uploader.add(makeFile(10), 'a');
    uploader.start();
    expect((await failed(uploader, upload)).cause).to.equal(throwing);
  });

  it('fails the upload if it does not answer, and can be retried', async () => {
    let answer: () => unknown = () => new Promise(() => {});
    const { uploader, env, oss } = create({ objectOptions: () => answer() as undefined });
    const upload = uploader.add(makeFile(10), 'a');
    const called = new Promise<void>((resolve) => {
      const { startTimer } = env;
      env.startTimer = (ms, callback) => {
        if (ms === FUNCTION_TIME_LIMIT) queueMicrotask(resolve);
        return startTimer.call(env, ms, callback);
      };
    });
    uploader.start();
    await called;
    env.advance(FUNCTION_TIME_LIMIT);
    expect((await failed(uploader, upload)).hint).to.contain('doesn’t answer within 30 seconds');
    expect(oss.calls).to.deep.equal([]);
    answer = () => ({});
    uploader.retry();
    await reached(uploader, upload, 'succeeded');
  });

  it('does not keep an upload from being paused and cancelled', async () => {
    const { uploader, oss } = create({ objectOptions: () => new Promise(() => {}) });
    const upload = uploader.add(makeFile(10), 'a');
    uploader.start();
    await new Promise(requestAnimationFrame);
    uploader.pause();
    await upload.atRest;
    await upload.cancel();
    expect([upload.state.status, oss.calls]).to.deep.equal(['cancelled', []]);
  });

  it('is not a function: every upload fails', async () => {
    const { uploader } = create({ objectOptions: { meta: {} } as unknown as () => undefined });
    const upload = uploader.add(makeFile(10), 'a');
    uploader.start();
    expect((await failed(uploader, upload)).hint).to.equal(
      'The value of objectOptions is invalid: [object Object]. Set it to a function that returns an object with settings.',
    );
  });
});

describe('objectOptions on a page with a polluted prototype', () => {
  afterEach(() => {
    for (const name of ['storageClass', 'meta', 'headers', 'contentType'])
      Reflect.deleteProperty(Object.prototype, name);
  });

  it('takes only the settings that the function returns', async () => {
    Object.assign(Object.prototype, {
      storageClass: 'Archive',
      meta: { evil: '1' },
      headers: 7,
      contentType: 'x',
    });
    const sent = await settingsOf({ objectOptions: () => ({ tags: { a: 'b' } }) });
    expect([sent?.tags, Object.hasOwn(sent!, 'meta') && sent?.meta, sent?.storageClass]).to.deep.equal([
      { a: 'b' },
      undefined,
      undefined,
    ]);
  });

  it('does not pollute it with names such as __proto__', async () => {
    const answer = JSON.parse('{"tags":{"__proto__":"x"},"meta":{"constructor":"y"}}') as FileObjectOptions;
    const sent = await settingsOf({ objectOptions: () => answer });
    expect([Object.entries(sent!.tags!), sent?.meta]).to.deep.equal([
      [['__proto__', 'x']],
      { constructor: 'y' },
    ]);
    expect(({} as Record<string, unknown>)['x']).to.equal(undefined);
  });
});
