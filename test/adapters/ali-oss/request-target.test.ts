// Signed requests go to the configured object, whatever the page's scripts do.
import { expect } from '@open-wc/testing';
import slimSdk from '../../../src/slim-sdk.js';
import 'ali-oss/dist/aliyun-oss-sdk.min.js';
import type { OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { createSdkLoader } from '../../../src/adapters/ali-oss/sdk-loader.js';
import type { SdkClient, SdkConstructor } from '../../../src/adapters/ali-oss/sdk.js';
import { UploadError } from '../../../src/core/errors.js';
import type { OssGateway } from '../../../src/core/ports.js';
import { createUploader } from '../../../src/create-uploader.js';
import { UntrustedSite } from '../../support/untrusted-server.js';
import { neverAborted, randomBlob, uploadErrorOf } from '../support.js';
import { control, createBucket, Credentials, openGateway, type GatewaySetup } from './setup.js';

const { OSS } = globalThis as unknown as { OSS: OssSdk };
const EVIL_BUCKET = 'evil-bucket';

/** Runs a function while `Object.prototype` has another property. */
async function polluted<T>(name: string, value: unknown, run: () => Promise<T>): Promise<T> {
  Object.defineProperty(Object.prototype, name, {
    ...Object.assign(Object.create(null) as object, { value, configurable: true }),
    ...Object.assign(Object.create(null) as object, { enumerable: true, writable: true }),
  });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

describe('a signed request', () => {
  const evil = new UntrustedSite();
  const evilUrl = evil.otherOrigin;
  let bucket: string;
  before(async () => {
    bucket = await createBucket({ pathStyle: true });
    await control.createBucket(EVIL_BUCKET);
  });

  const upload = async (gateway: OssGateway): Promise<void> => {
    const options = { overwrite: true, ...neverAborted() };
    await gateway.put(randomBlob(1), options);
    await gateway.head(neverAborted());
    const uploadId = await gateway.createUpload(options);
    const part = await gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted());
    await gateway.listParts(uploadId, neverAborted());
    await gateway.completeUpload(uploadId, [part], options);
    await gateway.abortUpload(await gateway.createUpload(options), neverAborted());
  };

  const additions: Record<string, unknown> = {
    ...{ endpoint: evilUrl, bucket: EVIL_BUCKET, region: 'oss-evil', cname: true, sldEnable: true },
    ...{ pathStyle: true, secure: false, internal: true, inited: true, cloudBoxId: 'box' },
    ...{ host: evilUrl.replace('http://', ''), hostname: '127.0.0.1', protocol: 'ftp:', pathname: '/x' },
    ...{ headers: { 'x-oss-object-acl': 'public-read-write', 'x-evil': '1' }, meta: { evil: '1' } },
    ...{ method: 'DELETE', subres: 'acl', query: { acl: '' }, versionId: 'evil', object: 'evil' },
    ...{ callback: { url: evilUrl, body: 'x' }, mime: 'text/html', isRequestPay: true, retryMax: 3 },
    ...{ proxy: evilUrl, enableProxy: true, useFetch: true, timeout: 1, stream: {}, ctx: {}, agent: {} },
    ...{ urllib: { request: () => Promise.reject(new Error('The injected client was called.')) } },
    ...{ refreshSTSToken: () => Promise.resolve({}), stsToken: 'x', accessKeyId: 'x', content: 'x' },
  };
  for (const [build, sdk] of Object.entries({ 'slim SDK': slimSdk, 'SDK of the page': OSS })) {
    for (const [name, value] of Object.entries(additions)) {
      it(`goes to its object although Object.prototype.${name} is set (${build})`, async () => {
        const key = `${name}-${crypto.randomUUID()}`;
        const gateway = await openGateway(bucket, key, { sdk });
        const error = await polluted(name, value, () => upload(gateway)).catch((thrown: unknown) => thrown);
        // The SDK reads some of these. Its request is then not sent, or OSS refuses it.
        const isRead = sdk === OSS || name === 'query' || name === 'content';
        if (!isRead) expect(error).to.equal(undefined);
        else if (error) expect(error).to.be.instanceOf(UploadError).with.property('retryable', false);
        expect(await evil.requests()).to.deep.equal([]);
        expect(await control.requests({ bucket: EVIL_BUCKET })).to.deep.equal([]);
        const object = await control.object(bucket, key);
        if (!isRead) expect(object?.contentType).to.equal('application/octet-stream');
        expect(object?.meta ?? {}).to.deep.equal({});
      });
    }
  }

  const settings: Record<string, unknown> = { endpoint: evilUrl, cname: true, pathStyle: true };
  for (const [name, value] of Object.entries(settings)) {
    it(`goes to the default endpoint although Object.prototype.${name} is set`, async () => {
      const open = XMLHttpRequest.prototype.open;
      const urls: string[] = [];
      XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
        urls.push(String(url));
        open.call(this, method, 'http://localhost:1/', true);
      };
      try {
        await polluted(name, value, async () => {
          const credentials = { AccessKeyId: 'id', AccessKeySecret: 'secret', SecurityToken: 'token' };
          const getCredentials = () => Promise.resolve(credentials);
          const location = { region: 'oss-cn-hangzhou', bucket: 'examplebucket' };
          const uploader = createUploader({ ...location, getCredentials, retries: 0, noVerify: true });
          const upload = uploader.add(new File(['x'], 'film.mp4'), 'film.mp4');
          const ended = new Promise<void>((resolve) =>
            uploader.subscribe(() => {
              if (upload.state.status === 'failed') resolve();
            }),
          );
          upload.start();
          await ended;
        });
      } finally {
        XMLHttpRequest.prototype.open = open;
      }
      expect(urls).to.deep.equal(['https://examplebucket.oss-cn-hangzhou.aliyuncs.com/film.mp4']);
    });
  }

  for (const key of [
    ...['a//b', '@evil.com/x', 'a:b@c', 'a?b#c', '%2e%2e/x', 'a\\..\\b', 'http://evil.com/', ';a', "!'()*~"],
    ...['文件 1.mp4', 'a+b&c=d', '%', 'a\u202eb', '...'],
  ]) {
    for (const pathStyle of [true, false]) {
      it(`names the object ${JSON.stringify(key)}, with the bucket in the ${pathStyle ? 'path' : 'host'}`, async () => {
        const gateway = await openGateway(bucket, key, { target: { pathStyle } });
        await gateway.put(randomBlob(3), { overwrite: true, ...neverAborted() });
        expect((await control.object(bucket, key))?.size).to.equal(3);
      });
    }
  }

  describe('that the SDK would send elsewhere', () => {
    /** Returns an SDK that sends another request than it was asked for. */
    async function sdkWith(change: (url: URL) => void): Promise<OssSdk> {
      const Sdk = (await createSdkLoader()()) as SdkConstructor;
      return class extends (Sdk as unknown as new (options: {
        urllib: { request: (url: string, request: unknown) => unknown };
      }) => SdkClient) {
        constructor(options: { urllib: { request: (url: string, request: unknown) => unknown } }) {
          const { urllib } = options;
          super({
            ...options,
            urllib: {
              request(url, request) {
                const changed = new URL(url);
                change(changed);
                return urllib.request(changed.href, request);
              },
            },
          });
        }
      };
    }

    const changes: Record<string, (url: URL) => void> = {
      'another origin': (url) => (url.hostname = '127.0.0.1'),
      'another port': (url) => (url.port = '1'),
      'another scheme': (url) => (url.protocol = 'https:'),
      'another bucket': (url) => (url.pathname = `/${EVIL_BUCKET}/film.mp4`),
      'another object': (url) => (url.pathname += '.exe'),
      'another operation': (url) => url.searchParams.set('acl', ''),
      'a user name': (url) => (url.username = 'user'),
      'a fragment': (url) => (url.hash = 'x'),
    };
    for (const [name, change] of Object.entries(changes)) {
      it(`is not sent, and fails with a clear error: ${name}`, async () => {
        const credentials = new Credentials();
        const setup: GatewaySetup = { sdk: await sdkWith(change), credentials, target: { pathStyle: true } };
        const key = `film-${crypto.randomUUID()}`;
        const gateway = await openGateway(bucket, key, setup);
        const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
        expect(error).to.include({ code: 'option-invalid', retryable: false });
        expect(error.values['option']).to.equal('endpoint');
        expect(error.hint).to.include(`/${bucket}/${key}`);
        const { accessKeyId, securityToken } = await credentials.get();
        for (const secret of [accessKeyId, securityToken])
          expect(JSON.stringify(error)).not.to.include(secret);
        expect(await control.requests({ bucket, key })).to.deep.equal([]);
        expect(await control.requests({ bucket: EVIL_BUCKET })).to.deep.equal([]);
      });
    }
  });
});
