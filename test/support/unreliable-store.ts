// A checkpoint store whose operations can fail, or wait until they are released.
import type { CheckpointStore, StoredPart, StoredUpload } from '../../src/core/ports.js';
import { MemoryStore } from './memory-store.js';

export class UnreliableStore implements CheckpointStore {
  readonly memory: CheckpointStore;
  /** How operations behave from now on. */
  mode: 'work' | 'fail' | 'silent' = 'work';
  /** The names of all operations so far. */
  readonly calls: string[] = [];
  #waiting: (() => void)[] = [];

  /** @param memory what the store holds */
  constructor(memory: CheckpointStore = new MemoryStore()) {
    this.memory = memory;
  }

  list() {
    return this.#run('list', () => this.memory.list());
  }

  find(fingerprint: string) {
    return this.#run('find', () => this.memory.find(fingerprint));
  }

  save(upload: StoredUpload) {
    return this.#run('save', () => this.memory.save(upload));
  }

  addPart(id: string, part: StoredPart, savedAt: number) {
    return this.#run('addPart', () => this.memory.addPart(id, part, savedAt));
  }

  remove(id: string) {
    return this.#run('remove', () => this.memory.remove(id));
  }

  /** Performs the operations that wait, in their order. */
  release(): void {
    for (const perform of this.#waiting.splice(0)) perform();
  }

  async #run<T>(name: string, operation: () => Promise<T>): Promise<T> {
    this.calls.push(name);
    if (this.mode === 'fail') throw new DOMException('full', 'QuotaExceededError');
    if (this.mode === 'silent') await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return operation();
  }
}
