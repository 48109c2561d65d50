import { describeCheckpointStore } from '../support/checkpoint-store-contract.js';
import { MemoryStore } from '../support/memory-store.js';

describeCheckpointStore('in-memory checkpoint store', () => new MemoryStore());
