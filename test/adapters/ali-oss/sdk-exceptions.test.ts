import { expect } from '@open-wc/testing';
import { createSdkLoader } from '../../../src/adapters/ali-oss/sdk-loader.js';
import type { OssSdk, SdkClient, SdkConstructor } from '../../../src/adapters/ali-oss/sdk.js';
import { neverAborted, randomBlob, uploadErrorOf } from '../support.js';
import { createBucket, Credentials, openGateway } from './setup.js';

type Method = 'put' | 'uploadPart' | 'listParts' | 'completeMultipartUpload' | 'getObjectMeta';

/** Returns an SDK whose method sends its request, and throws when the response has arrived. */
async function sdkThatThrows(method: Method, exception: unknown): Promise<OssSdk> {
  const Sdk = (await createSdkLoader()()) as SdkConstructor;
  class ThrowingSdk extends Sdk {}
  const { [method]: original } = Sdk.prototype as Record<Method, (...args: unknown[]) => Promise<unknown>>;
  Object.assign(ThrowingSdk.prototype, {
    async [method](this: SdkClient, ...args: unknown[]) {
      await original.apply(this, args);
      throw exception;
    },
  });
  return ThrowingSdk;
}

describe('an exception while a successful response is processed', () => {
  const exceptions = {
    'a TypeError': new TypeError('undefined is not a function'),
    'a SecurityError': new DOMException('blocked', 'SecurityError'),
    'a string': 'broken',
  };
  for (const [name, exception] of Object.entries(exceptions)) {
    for (const method of [
      'put',
      'uploadPart',
      'listParts',
      'completeMultipartUpload',
      'getObjectMeta',
    ] as const) {
      it(`is an unexpected error that isn’t retried: ${name} in ${method}`, async () => {
        const bucket = await createBucket();
        const working = await openGateway(bucket, 'film.mp4');
        const gateway = await openGateway(bucket, 'film.mp4', {
          sdk: await sdkThatThrows(method, exception),
        });
        const uploadId = await working.createUpload(neverAborted());
        const part = await working.uploadPart(uploadId, 1, randomBlob(1), neverAborted());
        if (method === 'getObjectMeta') await working.put(randomBlob(1), neverAborted());
        const requests: Record<Method, () => Promise<unknown>> = {
          put: () => gateway.put(randomBlob(1), neverAborted()),
          uploadPart: () => gateway.uploadPart(uploadId, 1, randomBlob(1), neverAborted()),
          listParts: () => gateway.listParts(uploadId, neverAborted()),
          completeMultipartUpload: () => gateway.completeUpload(uploadId, [part], neverAborted()),
          getObjectMeta: () => gateway.head(neverAborted()),
        };
        const error = await uploadErrorOf(requests[method]());
        expect(error).to.include({ code: 'unexpected', retryable: false, status: 200 });
        expect(String(error.cause)).to.equal(
          exception instanceof Object ? String(exception) : 'Error: broken',
        );
      });
    }
  }

  it('keeps no secret of the request in its cause', async () => {
    const credentials = new Credentials();
    const { accessKeyId, accessKeySecret, securityToken } = await credentials.get();
    const secrets = [accessKeyId, accessKeySecret, securityToken, 'hidden'];
    const message = `GET http://x.localhost/?sig=hidden ${secrets.slice(0, 3).map(encodeURIComponent).join(' ')} ${securityToken}`;
    const exception = Object.assign(new Error(message), {
      params: { headers: { secrets } },
      stringToSign: secrets,
    });
    const sdk = await sdkThatThrows('put', exception);
    const gateway = await openGateway(await createBucket(), 'film.mp4', { sdk, credentials });
    const { cause, ...error } = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
    const { message: kept, stack } = cause as Error;
    const texts = JSON.stringify([kept, stack, Object.entries(cause as Error), error]);
    expect(kept).to.include('GET http://x.localhost/?…');
    for (const secret of secrets) expect(texts).not.to.include(secret);
  });

  it('is an unexpected error if it is thrown before a request is sent', async () => {
    const exception = new RangeError('broken');
    const sdk = function () {
      throw exception;
    };
    const gateway = await openGateway(await createBucket(), 'film.mp4', { sdk: sdk as unknown as OssSdk });
    const error = await uploadErrorOf(gateway.head(neverAborted()));
    expect(error).to.include({ code: 'unexpected', retryable: false });
    expect(String(error.cause)).to.equal('RangeError: broken');
  });
});
