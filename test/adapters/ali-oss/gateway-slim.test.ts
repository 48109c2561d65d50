import slimSdk from '#slim-sdk';
import { describeSdkGateway } from './sdk-gateway-contract.js';

describe('gateway with the slim SDK bundle', () => describeSdkGateway(slimSdk));
