import { expect } from '@open-wc/testing';
import type { Page } from '../../src/core/ports.js';
import { parseOptions, type RawOptions } from '../../src/core/options/parse-options.js';
import type { UploaderOptions } from '../../src/core/uploader.js';
import { fc } from '../support/properties.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

const valid = { region: 'oss-cn-hangzhou', bucket: 'examplebucket' };
const plainPage: Page = { baseUrl: 'http://example.com/app/', isSecure: false };
const securePage: Page = { baseUrl: 'https://example.com/app/', isSecure: true };

const parse = (options: RawOptions, page: Page | undefined = plainPage) =>
  parseOptions({ ...valid, ...options }, page);

/** Returns the setting and the value of each error. */
const problems = (options: RawOptions, page?: Page) =>
  parse(options, page).errors.map(({ code, values }) => {
    expect(code).to.equal('option-invalid');
    expect(values['fix'], 'a fix that is a sentence').to.match(/^[A-Z“f].*[.:/]$/);
    return [values['option'], values['value']];
  });

describe('the options', () => {
  it('have no errors when they are valid', () => {
    const options = {
      ...valid,
      endpoint: 'https://upload.example.com',
      cname: true,
      objectKey: 'films/{date}/{name}',
      credentialsUrl: '/sts',
      credentialsInit: { method: 'POST', body: 'a', headers: { 'X-CSRF-Token': 'b' } },
      headers: { 'Cache-Control': 'no-cache' },
      meta: { author: '张三' },
      tags: { stage: 'raw cut', empty: '' },
      storageClass: 'IA',
      callback: { url: 'https://example.com/', body: '${object}', customValue: { user: '42' } },
      partSize: '8MB',
      parallel: '3',
      retries: 0,
    };
    expect(parseOptions(options, securePage)).to.deep.equal({
      location: { ...valid, endpoint: 'https://upload.example.com', cname: true, pathStyle: false },
      object: {
        overwrite: false,
        headers: { 'cache-control': 'no-cache' },
        meta: { author: '张三' },
        tags: { stage: 'raw cut', empty: '' },
        storageClass: 'IA',
        callback: { ...options.callback, host: undefined, contentType: undefined },
      },
      partSize: 8e6,
      parallel: 3,
      retries: 0,
      errors: [],
    });
  });

  it('may be unset in any way', () => {
    for (const unset of [undefined, null, '', ' ']) {
      const names = ['endpoint', 'objectKey', 'partSize', 'retries', 'headers', 'tags', 'callback', 'sdk'];
      expect(problems(Object.fromEntries(names.map((name) => [name, unset])))).to.deep.equal([]);
    }
  });

  it('have an error for a missing region and a missing bucket', () => {
    const { errors } = parseOptions({ region: ' ', bucket: null }, plainPage);
    expect(errors.map(({ code }) => code)).to.deep.equal(['region-missing', 'bucket-missing']);
  });

  const normalized: [options: RawOptions, path: keyof ReturnType<typeof parse>, expected: object | number][] =
    [
      [{ region: 'cn-hangzhou' }, 'location', { region: 'oss-cn-hangzhou' }],
      [{ region: ' OSS-CN-Hangzhou\n' }, 'location', { region: 'oss-cn-hangzhou' }],
      [{ region: 'oss-cn-hangzhou.aliyuncs.com' }, 'location', { region: 'oss-cn-hangzhou' }],
      [{ region: 'https://oss-us-west-1.aliyuncs.com/' }, 'location', { region: 'oss-us-west-1' }],
      [{ region: 'vpc100-oss-cn-beijing' }, 'location', { region: 'vpc100-oss-cn-beijing' }],
      [{ region: 'private', endpoint: 'oss.corp' }, 'location', { region: 'oss-private' }],
      [{ bucket: ' examplebucket ' }, 'location', { bucket: 'examplebucket' }],
      [
        { endpoint: 'oss-cn-hangzhou.aliyuncs.com' },
        'location',
        { endpoint: 'https://oss-cn-hangzhou.aliyuncs.com' },
      ],
      [{ endpoint: ' https://OSS.example.com/ ' }, 'location', { endpoint: 'https://oss.example.com' }],
      [{ endpoint: '//oss.example.com:8443' }, 'location', { endpoint: 'https://oss.example.com:8443' }],
      [
        { endpoint: 'examplebucket.oss-cn-hangzhou.aliyuncs.com' },
        'location',
        { endpoint: 'https://oss-cn-hangzhou.aliyuncs.com' },
      ],
      [
        { endpoint: 'examplebucket.cn-hangzhou.oss.aliyuncs.com' },
        'location',
        { endpoint: 'https://cn-hangzhou.oss.aliyuncs.com' },
      ],
      [
        { endpoint: 'cn-hangzhou.oss.aliyuncs.com' },
        'location',
        { endpoint: 'https://cn-hangzhou.oss.aliyuncs.com' },
      ],
      [
        { endpoint: 'examplebucket.vpc100-oss-cn-beijing.aliyuncs.com' },
        'location',
        { endpoint: 'https://vpc100-oss-cn-beijing.aliyuncs.com' },
      ],
      [
        { endpoint: 'examplebucket.oss-cn-hangzhou.aliyuncs.com', cname: true },
        'location',
        { endpoint: 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com' },
      ],
      [
        { endpoint: 'http://127.0.0.1:9000', pathStyle: true },
        'location',
        { endpoint: 'http://127.0.0.1:9000' },
      ],
      [
        { headers: { 'X-Oss-Object-Acl': ' private ' } },
        'object',
        { headers: { 'x-oss-object-acl': 'private' } },
      ],
      [{ headers: new Headers({ Expires: '0' }) }, 'object', { headers: { expires: '0' } }],
      [{ meta: { a: undefined, b: null, c: 0, d: false } }, 'object', { meta: { c: '0', d: 'false' } }],
      [{ meta: { 'x-oss-meta-Author': 'Ada' } }, 'object', { meta: { author: 'Ada' } }],
      [{ meta: new Map([['title', '影片']]) }, 'object', { meta: { title: '影片' } }],
      [{ tags: { a: undefined, b: 1 } }, 'object', { tags: { b: '1' } }],
      [{ storageClass: 'coldarchive' }, 'object', { storageClass: 'ColdArchive' }],
      [{ storageClass: 'Glacial' }, 'object', { storageClass: 'Glacial' }],
      [{ partSize: '100 KiB' }, 'partSize', PART],
      [{ retries: Infinity }, 'retries', Infinity],
      [{ parallel: ' 4 ' }, 'parallel', 4],
    ];
  for (const [options, path, expected] of normalized) {
    it(`are normalized: ${show(options)}`, () => {
      const result = parse(options);
      expect(result.errors).to.deep.equal([]);
      if (typeof expected === 'number') expect(result[path]).to.equal(expected);
      else expect(result[path]).to.deep.include(expected);
    });
  }

  it('pass custom values of a callback as text', () => {
    const customValue = { 'x:user': 42, missing: undefined };
    const { object } = parse({ callback: { url: 'example.com/done', body: 'a', customValue } });
    expect(object.callback).to.deep.include({ url: 'example.com/done', customValue: { user: '42' } });
  });

  const rejected: [options: RawOptions, option: string, value: string, page?: Page][] = [
    [{ region: 'Hangzhou' }, 'region', '"Hangzhou"'],
    [{ region: 'cn hangzhou' }, 'region', '"cn hangzhou"'],
    [{ region: 'oss-accelerate' }, 'region', '"oss-accelerate"'],
    [
      { region: 'oss-cn-hangzhou-internal.aliyuncs.com' },
      'region',
      '"oss-cn-hangzhou-internal.aliyuncs.com"',
    ],
    [{ region: 'undefined' }, 'region', '"undefined"'],
    [{ region: 1 }, 'region', '1'],
    [{ bucket: 'No_Bucket' }, 'bucket', '"No_Bucket"'],
    [{ bucket: 'oss://examplebucket' }, 'bucket', '"oss://examplebucket"'],
    [{ bucket: 'ab' }, 'bucket', '"ab"'],
    [{ bucket: '-examplebucket' }, 'bucket', '"-examplebucket"'],
    [{ bucket: 'null' }, 'bucket', '"null"'],
    [{ endpoint: 'ftp://files.example.com' }, 'endpoint', '"ftp://files.example.com"'],
    [{ endpoint: 'https://' }, 'endpoint', '"https://"'],
    [{ endpoint: 'oss.example.com /a' }, 'endpoint', '"oss.example.com /a"'],
    [
      { endpoint: 'https://oss.example.com/examplebucket' },
      'endpoint',
      '"https://oss.example.com/examplebucket"',
    ],
    [{ endpoint: 'https://oss.example.com?token=secret' }, 'endpoint', '"https://oss.example.com?…"'],
    [{ endpoint: 'https://key:secret@oss.example.com' }, 'endpoint', '"https://…@oss.example.com"'],
    [{ endpoint: 'other.oss-cn-hangzhou.aliyuncs.com' }, 'endpoint', '"other.oss-cn-hangzhou.aliyuncs.com"'],
    [{ endpoint: 'oss-cn-hangzhou.aliyuncs.com', cname: true }, 'endpoint', '"oss-cn-hangzhou.aliyuncs.com"'],
    [{ endpoint: 'http://127.0.0.1:9000' }, 'endpoint', '"http://127.0.0.1:9000"'],
    [{ endpoint: '[::1]:9000' }, 'endpoint', '"[::1]:9000"'],
    [{ endpoint: 'http://oss.example.com' }, 'endpoint', '"http://oss.example.com"', securePage],
    [{ endpoint: 'undefined' }, 'endpoint', '"undefined"'],
    [{ cname: true }, 'cname', 'true'],
    [{ overwrite: 'false' }, 'overwrite', '"false"'],
    [{ onCollision: 'replace' }, 'on-collision', '"replace"'],
    [{ onCollision: true }, 'on-collision', 'true'],
    [{ objectKey: '{filename}' }, 'object-key', '"{filename}"'],
    [{ objectKey: 'a/{Name}' }, 'object-key', '"a/{Name}"'],
    [{ objectKey: '{{name}}' }, 'object-key', '"{{name}}"'],
    [{ objectKey: '${name}' }, 'object-key', '"${name}"'],
    [{ objectKey: '{ name }' }, 'object-key', '"{ name }"'],
    [{ objectKey: '{name' }, 'object-key', '"{name"'],
    [{ objectKey: '\\uploads\\{name}' }, 'object-key', '"\\\\uploads\\\\{name}"'],
    [{ objectKey: 'a\n{name}' }, 'object-key', '"a\\n{name}"'],
    [{ objectKey: 'uploads/' }, 'object-key', '"uploads/"'],
    [{ objectKey: '../{name}' }, 'object-key', '"../{name}"'],
    [{ objectKey: 'undefined' }, 'object-key', '"undefined"'],
    [{ objectKey: 7 }, 'object-key', '7'],
    [{ resumeScope: 'undefined' }, 'resume-scope', '"undefined"'],
    [{ credentialsUrl: 'http://' }, 'credentials-url', '"http://"'],
    [{ credentialsUrl: 'null' }, 'credentials-url', '"null"'],
    [{ credentialsUrl: 'file:///sts' }, 'credentials-url', '"file:///sts"'],
    [
      { credentialsUrl: 'https://me:secret@example.com/sts' },
      'credentials-url',
      '"https://…@example.com/sts"',
    ],
    [
      { credentialsUrl: 'http://sts.example.com/?k=1' },
      'credentials-url',
      '"http://sts.example.com/?…"',
      securePage,
    ],
    [{ credentialsInit: { body: 'a' } }, 'credentialsInit', '[object Object]'],
    [{ credentialsInit: { headers: { 'a b': 'c' } } }, 'credentialsInit', '[object Object]'],
    [{ credentialsInit: { headers: { a: 'b\nc' } } }, 'credentialsInit', '[object Object]'],
    [{ credentialsInit: { method: 'TRACE' } }, 'credentialsInit', '[object Object]'],
    [{ credentialsInit: { mode: 'no-cors' } }, 'credentialsInit', '[object Object]'],
    [{ credentialsInit: 'POST' }, 'credentialsInit', '[object String]'],
    [{ getCredentials: '/sts' }, 'getCredentials', '"/sts"'],
    [{ getCredentials: Promise.resolve() }, 'getCredentials', '[object Promise]'],
    [{ sdk: { default: class {} } }, 'sdk', '[object Object]'],
    [{ headers: 'no-cache' }, 'headers', '"no-cache"'],
    [{ headers: [['a', 'b']] }, 'headers', '[object Array]'],
    [{ headers: { 'a b': 'c' } }, 'headers', '"a b"'],
    [{ headers: { 标题: 'a' } }, 'headers', '"标题"'],
    [{ headers: { Expires: 'a\r\nb' } }, 'headers', 'Expires: "a\\r\\nb"'],
    [{ headers: { Expires: new Date(0) } }, 'headers', 'Expires: [object Date]'],
    [{ headers: { 'Content-Type': 'video' } }, 'headers', 'Content-Type: "video"'],
    ...['Host', 'Content-Length', 'cookie', 'Sec-Fetch-Mode', 'Authorization', 'x-oss-date'].map(
      (name): [RawOptions, string, string] => [{ headers: { [name]: 'secret' } }, 'headers', `"${name}"`],
    ),
    ...['x-oss-security-token', 'Content-MD5', 'X-OSS-Forbid-Overwrite', 'x-oss-callback'].map(
      (name): [RawOptions, string, string] => [{ headers: { [name]: 'secret' } }, 'headers', `"${name}"`],
    ),
    [{ meta: { user_name: 'a' } }, 'meta', '"user_name"'],
    [{ meta: { 'user name': 'a' } }, 'meta', '"user name"'],
    [{ meta: { 作者: 'a' } }, 'meta', '"作者"'],
    [{ meta: { note: 'a\nb' } }, 'meta', 'note: "a\\nb"'],
    [{ meta: { note: {} } }, 'meta', 'note: [object Object]'],
    [{ meta: { count: NaN } }, 'meta', 'count: NaN'],
    [{ meta: { a: '界'.repeat(2_727) } }, 'meta', '8193 bytes'],
    [{ tags: { 名: 'a' } }, 'tags', '名: "a"'],
    [{ tags: { a: '#1' } }, 'tags', 'a: "#1"'],
    [{ tags: { a: 'x'.repeat(257) } }, 'tags', `a: "${'x'.repeat(99)}…`],
    [{ tags: { '': 'a' } }, 'tags', ': "a"'],
    [{ tags: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, i])) }, 'tags', '11 tags'],
    [{ storageClass: 'STANDARD_IA' }, 'storageClass', '"STANDARD_IA"'],
    [{ storageClass: 1 }, 'storageClass', '1'],
    [{ contentType: 'mp4' }, 'contentType', '"mp4"'],
    [{ callback: 'https://example.com/' }, 'callback', '"https://example.com/"'],
    [{ callback: { body: 'a' } }, 'callback.url', 'undefined'],
    [{ callback: { url: '/uploaded', body: 'a' } }, 'callback.url', '"/uploaded"'],
    [{ callback: { url: 'ftp://example.com', body: 'a' } }, 'callback.url', '"ftp://example.com"'],
    [
      { callback: { url: 'https://a.com; https://', body: 'a' } },
      'callback.url',
      '"https://a.com; https://"',
    ],
    [{ callback: { url: 'https://example.com/' } }, 'callback.body', 'undefined'],
    [{ callback: { url: 'https://example.com/', body: { key: 1 } } }, 'callback.body', '[object Object]'],
    [
      { callback: { url: 'https://a.com', body: 'a', customValue: { user: { id: 1 } } } },
      'callback.customValue',
      'user: [object Object]',
    ],
    [{ partSize: '8 pounds' }, 'part-size', '"8 pounds"'],
    [{ partSize: '8M' }, 'part-size', '"8M"'],
    [{ partSize: 8 }, 'part-size', '8'],
    [{ partSize: '6 GiB' }, 'part-size', '"6 GiB"'],
    [{ partSize: -1 }, 'part-size', '-1'],
    [{ partSize: NaN }, 'part-size', 'NaN'],
    [{ partSize: [8e6] }, 'part-size', '[object Array]'],
    [{ parallel: 0 }, 'parallel', '0'],
    [{ parallel: '1.5' }, 'parallel', '"1.5"'],
    [{ concurrentFiles: -1 }, 'concurrent-files', '-1'],
    [{ retries: 'many' }, 'retries', '"many"'],
    [{ retries: true }, 'retries', 'true'],
  ];
  for (const [options, option, value, page] of rejected) {
    it(`are rejected${page?.isSecure ? ' on a secure page' : ''}: ${show(options)}`, () => {
      expect(problems(options, page)).to.deep.equal([[option, value]]);
    });
  }

  for (const endpoint of ['http://localhost:9000', 'http://a.localhost', 'https://oss.example.com']) {
    it(`allow ${endpoint} on a secure page`, () => {
      expect(problems({ endpoint }, securePage)).to.deep.equal([]);
    });
  }

  it('may have a function as object key and as source of credentials', () => {
    const options = { objectKey: () => 'a', getCredentials: () => ({}), credentialsUrl: 'http://' };
    expect(problems(options)).to.deep.equal([]);
  });

  it('are parsed or rejected, but never throw, for any values', () => {
    const names = ['region', 'bucket', 'endpoint', 'objectKey', 'credentialsUrl', 'credentialsInit', 'sdk'];
    names.push('headers', 'meta', 'tags', 'storageClass', 'callback', 'partSize', 'retries', 'resumeScope');
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.anything({ withMap: true, withSet: true, withDate: true, withNullPrototype: true }),
      fc.dictionary(fc.string(), fc.anything()),
      fc.record({ url: fc.string(), body: fc.anything(), customValue: fc.anything() }),
    );
    fc.assert(
      fc.property(fc.tuple(...names.map(() => value)), (values) => {
        const { errors } = parse(Object.fromEntries(names.map((name, index) => [name, values[index]])));
        for (const { hint } of errors) expect(hint).to.match(/[.:/]$/);
      }),
    );
  });
});

describe('an upload with an invalid option', () => {
  const cases: Record<string, object> = {
    'a tag in Chinese': { tags: { 名: '值' } },
    'metadata with an underscore': { meta: { user_name: 'Ada' } },
    'a callback without a body': { callback: { url: 'https://example.com/' } },
    'an unusable number of parallel files': { concurrentFiles: NaN },
    'an unusable part size': { partSize: NaN },
    'a header of the browser': { headers: { Host: 'a' } },
    'an endpoint with a path': { endpoint: 'https://example.com/a' },
    'no credentials function': { getCredentials: 'later' },
  };
  for (const [name, options] of Object.entries(cases)) {
    it(`fails before the first request: ${name}`, async () => {
      const { uploader, oss } = createTestUploader(options);
      const upload = uploader.add(makeFile(3 * PART), 'film.mp4');
      uploader.start();
      await reached(uploader, upload, 'failed');
      expect(upload.state).to.have.nested.property('error.code', 'option-invalid');
      expect(upload.state).to.have.nested.property('error.values.option').that.is.a('string');
      expect(oss.calls).to.deep.equal([]);
    });
  }

  it('is stored when it is retried after the correction', async () => {
    const options: UploaderOptions = { meta: { user_name: 'Ada' } };
    const { uploader, oss } = createTestUploader();
    Object.assign(uploader.options, options);
    const upload = uploader.add(makeFile(PART), 'film.mp4');
    uploader.start();
    await reached(uploader, upload, 'failed');
    uploader.options.meta = { 'user-name': 'Ada' };
    uploader.retry();
    await reached(uploader, upload, 'succeeded');
    expect([...oss.objects.keys()]).to.deep.equal(['film.mp4']);
  });
});

describe('an upload to an http: endpoint from a secure page', () => {
  it('fails with option-invalid, not as a lost connection', async () => {
    const { uploader, oss, env } = createTestUploader({ endpoint: 'http://oss-cn-hangzhou.aliyuncs.com' });
    Object.assign(env, { page: () => securePage });
    const upload = uploader.add(makeFile(PART), 'film.mp4');
    uploader.start();
    await reached(uploader, upload, 'failed');
    expect(upload.state).to.have.nested.property('error.hint').that.includes('Use https://');
    expect(oss.calls).to.deep.equal([]);
  });
});

function show(options: object): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
    .slice(0, 100);
}
