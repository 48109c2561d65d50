// The file that the SDK's documentation has pages load by a script tag.
import 'ali-oss/dist/aliyun-oss-sdk.min.js';
import type { OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { gatewayContract } from './gateway.contract.js';

const { OSS } = globalThis as unknown as { OSS: OssSdk };

describe('gateway, with the SDK of the page', () => gatewayContract(() => Promise.resolve(OSS)));
