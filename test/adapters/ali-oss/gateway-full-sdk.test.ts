// The script that the SDK's documentation tells pages to load. It sets `window.OSS`.
import 'ali-oss/dist/aliyun-oss-sdk.min.js';
import type { OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { describeForms } from './form-contract.js';
import { describeSdkGateway } from './sdk-gateway-contract.js';

const { OSS } = globalThis as unknown as { OSS: OssSdk };

describe('gateway with the page’s own SDK', () => {
  describeSdkGateway(OSS);
  describeForms(OSS);
});
