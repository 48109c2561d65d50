import { expect } from '@open-wc/testing';
import type { OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { createSdkLoader } from '../../../src/adapters/ali-oss/sdk-loader.js';
import { failure, makeBucket, openGateway, rejection } from './setup.js';
import { createOpenGateway } from '../../../src/adapters/ali-oss/gateway.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { Credentials } from './setup.js';

const sdk: OssSdk = class {};

describe('SDK loader', () => {
  it('loads once for all who wait', async () => {
    let loads = 0;
    const load = createSdkLoader(() => {
      loads += 1;
      return Promise.resolve(sdk);
    });
    expect(await Promise.all([load(), load(), load()])).to.deep.equal([sdk, sdk, sdk]);
    expect(loads).to.equal(1);
  });

  it('names a failure, and tries anew at the next call', async () => {
    const cause = new TypeError('Failed to fetch');
    const loads = [() => Promise.reject(cause), () => Promise.resolve(sdk)];
    const load = createSdkLoader(() => loads.shift()!());
    const error = await failure(load());
    expect(error).to.include({ code: 'sdk-unavailable', retryable: true, cause });
    expect(await load()).to.equal(sdk);
  });

  it('loads the lean bundle unless told otherwise', async () => {
    const Lean = await createSdkLoader()();
    expect(Lean.prototype).to.have.property('uploadPart');
  });

  it('lets who waits for it go at once', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const open = createOpenGateway({
      credentials: new Credentials(),
      clock: new ServerClock(),
      loadSdk: () => new Promise(() => undefined),
    });
    const opening = open({ region: 'cn-hangzhou', bucket: 'b', key: 'k' }, { signal: controller.signal });
    controller.abort(reason);
    expect(await rejection(opening)).to.equal(reason);
  });

  it('is not asked where the page has an SDK of its own', async () => {
    const gateway = await openGateway(await makeBucket(), 'own', {
      sdk,
      loadSdk: () => Promise.reject(new Error('asked')),
    });
    expect(gateway).to.have.property('uploadPart');
  });
});
