import lean from '#slim-sdk';
import { gatewayContract } from './gateway.contract.js';

describe('gateway, with the lean SDK', () => gatewayContract(() => Promise.resolve(lean)));
