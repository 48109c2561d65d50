import slimSdk from '../../../src/slim-sdk.js';
import { describeForms } from './form-contract.js';
import { describeSdkGateway } from './sdk-gateway-contract.js';

describe('gateway with the slim SDK bundle', () => {
  describeSdkGateway(slimSdk);
  describeForms(slimSdk);
});
