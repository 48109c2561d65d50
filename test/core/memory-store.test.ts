import { describeCheckpointStore } from '../support/checkpoint-store-contract.js';
import { MemoryStore } from '../support/memory-store.js';

describeCheckpointStore('the checkpoint store of the tests', () => new MemoryStore());
