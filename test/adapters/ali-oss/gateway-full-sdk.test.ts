// The script that the SDK's documentation tells pages to load. It sets `window.OSS`.
import { expect } from '@open-wc/testing';
import 'ali-oss/dist/aliyun-oss-sdk.min.js';
import type { OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { describeForms } from './form-contract.js';
import { describeSdkGateway } from './sdk-gateway-contract.js';

const { OSS } = globalThis as unknown as { OSS: OssSdk };

describe('gateway with the page’s own SDK', () => {
  it('finds the SDK', () => {
    expect(OSS).to.be.a('function');
  });

  describeSdkGateway(OSS);
  describeForms(OSS);
});
