// The core and element tests run on FakeOss. This test verifies that it behaves like OSS.
import { FAKE_BUCKET_URL, FakeOss } from '../support/fake-oss.js';
import { Crc64 } from '../../src/core/crc64.js';
import { describeGatewayContract } from './gateway-contract.js';
import { neverAborted, sha256 } from './support.js';

describe('FakeOss', () => {
  describeGatewayContract(() => {
    const oss = new FakeOss();
    const location = { region: 'cn-hangzhou', bucket: 'examplebucket' };
    return Promise.resolve({
      bucket: location.bucket,
      bucketUrl: FAKE_BUCKET_URL,
      open: (key) => oss.open({ ...location, key }, neverAborted()),
      async readObject(key) {
        const object = oss.objects.get(key);
        return (
          object && {
            size: object.bytes.length,
            etag: object.etag.replaceAll('"', ''),
            crc64: String(new Crc64().update(object.bytes).value),
            sha256: await sha256(new Blob([object.bytes as BlobPart])),
          }
        );
      },
    });
  });
});
