import { expect } from '@open-wc/testing';
import { createOpenGateway, type OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { createSdkLoader } from '../../../src/adapters/ali-oss/sdk-loader.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { neverAborted, rejectionOf, uploadErrorOf } from '../support.js';
import { createBucket, Credentials, openGateway } from './setup.js';

const sdk: OssSdk = class {};

describe('SDK loader', () => {
  it('loads the SDK once for concurrent calls', async () => {
    let loads = 0;
    const load = createSdkLoader(() => {
      loads += 1;
      return Promise.resolve(sdk);
    });
    expect(await Promise.all([load(), load(), load()])).to.deep.equal([sdk, sdk, sdk]);
    expect(loads).to.equal(1);
  });

  it('rejects with sdk-unavailable, and tries again on the next call', async () => {
    const cause = new TypeError('Failed to fetch');
    const loads = [() => Promise.reject(cause), () => Promise.resolve(sdk)];
    const load = createSdkLoader(() => loads.shift()!());
    const error = await uploadErrorOf(load());
    expect(error).to.include({ code: 'sdk-unavailable', retryable: true, cause });
    expect(await load()).to.equal(sdk);
  });

  it('loads the slim bundle by default', async () => {
    const SlimSdk = await createSdkLoader()();
    expect(SlimSdk.prototype).to.have.property('uploadPart');
  });

  it('doesn’t delay the rejection of an aborted call', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const open = createOpenGateway({
      credentials: new Credentials(),
      clock: new ServerClock(),
      loadSdk: () => new Promise(() => undefined),
    });
    const opening = open({ region: 'cn-hangzhou', bucket: 'b', key: 'k' }, { signal: controller.signal });
    controller.abort(reason);
    expect(await rejectionOf(opening)).to.equal(reason);
  });

  it('isn’t called if the page provides an SDK', async () => {
    let calls = 0;
    const gateway = await openGateway(await createBucket(), 'own', {
      sdk,
      loadSdk: () => {
        calls++;
        return Promise.resolve(sdk);
      },
    });
    // The SDK of this page has no methods.
    expect((await uploadErrorOf(gateway.head(neverAborted()))).code).to.equal('unexpected');
    expect(calls).to.equal(0);
  });
});
