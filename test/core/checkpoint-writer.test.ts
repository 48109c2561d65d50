import { expect } from '@open-wc/testing';
import { CheckpointWriter } from '../../src/core/checkpoints/checkpoint-writer.js';
import { ResilientStore } from '../../src/core/checkpoints/resilient-store.js';
import type { CheckpointStore, StoredPart, StoredUpload } from '../../src/core/ports.js';
import { PartTracker } from '../../src/core/transfer/part-tracker.js';
import { makeStoredUpload } from '../support/checkpoint-store-contract.js';
import { MemoryStore } from '../support/memory-store.js';
import { PART } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

/** Milliseconds of the virtual clock. */
const TICK = 100;

/** Performs one write after the other. Each takes the same time. */
class SlowStore implements CheckpointStore {
  readonly memory = new MemoryStore();
  /** The numbers of the parts of each write. */
  readonly writes: number[][] = [];
  addParts?: (id: string, parts: StoredPart[], savedAt: number) => Promise<boolean>;
  readonly #env: VirtualEnvironment;
  readonly #duration: number;
  #freeAt = 0;

  /** @param duration of a write, in milliseconds */
  constructor(env: VirtualEnvironment, duration: number, { hasBatches = false } = {}) {
    this.#env = env;
    this.#duration = duration;
    if (!hasBatches) return;
    this.addParts = async (id, parts, savedAt) => {
      await this.#write(parts.map(({ number }) => number));
      const added = await Promise.all(parts.map((part) => this.memory.addPart(id, part, savedAt)));
      return added.every(Boolean);
    };
  }

  list() {
    return this.memory.list();
  }

  find(fingerprint: string) {
    return this.memory.find(fingerprint);
  }

  async save(upload: StoredUpload) {
    await this.#write();
    return this.memory.save(upload);
  }

  async addPart(id: string, part: StoredPart, savedAt: number) {
    await this.#write([part.number]);
    return this.memory.addPart(id, part, savedAt);
  }

  remove(id: string) {
    return this.memory.remove(id);
  }

  #write(numbers: number[] = []): Promise<void> {
    if (numbers.length > 0) this.writes.push(numbers);
    this.#freeAt = Math.max(this.#freeAt, this.#env.now()) + this.#duration;
    return new Promise((resolve) => this.#env.startTimer(this.#freeAt - this.#env.now(), resolve));
  }
}

describe('the checkpoint of a large file', () => {
  const { id, savedAt, ...subject } = makeStoredUpload({ fileSize: 10_000 * PART, partSize: PART });
  let env: VirtualEnvironment;
  let reports: string[];

  beforeEach(() => {
    env = new VirtualEnvironment();
    reports = [];
  });

  function createWriter(store: CheckpointStore): CheckpointWriter {
    const observer = {
      onFailure: (cause: unknown) => reports.push((cause as Error).name),
      onRecovery: () => reports.push('recovered'),
    };
    return new CheckpointWriter(new ResilientStore(() => store, env, observer));
  }

  /** Saves an upload with this number of stored parts. */
  function save(writer: CheckpointWriter, count: number): PartTracker {
    const parts = Array.from({ length: count }, (_, index) => ({ number: index + 1, etag: `"${index}"` }));
    const tracker = new PartTracker(subject.fileSize, PART, parts);
    void writer.save(id, subject, {
      bucket: subject.bucket,
      uploadId: subject.uploadId,
      tracker,
      completeUnanswered: false,
      incompleteAt: savedAt,
      fromEarlierVisit: false,
    });
    return tracker;
  }

  async function wait(ms: number): Promise<void> {
    for (let time = 0; time < ms; time += TICK) {
      env.advance(TICK);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  async function savedParts(store: SlowStore): Promise<number | undefined> {
    return (await store.memory.find(subject.fingerprint))?.parts.length;
  }

  it('is saved by a store that needs longer for all parts than an operation may take', async () => {
    const store = new SlowStore(env, 15);
    save(createWriter(store), 300);
    await wait(10_000);
    expect([await savedParts(store), store.writes.length, reports]).to.deep.equal([300, 300, []]);
  });

  it('is saved by a store that needs longer for each batch, without an end of the notice in between', async () => {
    const store = new SlowStore(env, 25);
    save(createWriter(store), 300);
    await wait(60_000);
    const { length } = store.writes;
    await wait(60_000);
    expect([await savedParts(store), reports]).to.deep.equal([300, ['TimeoutError', 'recovered']]);
    expect(store.writes.length).to.equal(length);
    expect(length).to.be.below(600);
  });

  it('is saved in batches if the store can', async () => {
    const store = new SlowStore(env, 900, { hasBatches: true });
    save(createWriter(store), 250);
    await wait(10_000);
    expect([store.writes.map(({ length }) => length), reports]).to.deep.equal([[100, 100, 50], []]);
    expect(await savedParts(store)).to.equal(250);
  });

  it('is saved as a whole again after the site’s data was deleted', async () => {
    const store = new SlowStore(env, 1, { hasBatches: true });
    const writer = createWriter(store);
    const tracker = save(writer, 150);
    await wait(TICK);
    await store.memory.remove(id);
    tracker.partDone({ number: 151, etag: '"new"' });
    writer.addPart({ number: 151, etag: '"new"' });
    await wait(10 * TICK);
    expect([await savedParts(store), reports]).to.deep.equal([151, []]);
  });

  it('contains a part that was sent again while the store failed', async () => {
    const store = new SlowStore(env, 1);
    const writer = createWriter(store);
    const tracker = save(writer, 2);
    await wait(TICK);
    const { addPart } = store;
    store.addPart = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    tracker.partDone({ number: 2, etag: '"again"' });
    writer.addPart({ number: 2, etag: '"again"' });
    await wait(TICK);
    store.addPart = addPart;
    await wait(60_000);
    const found = await store.memory.find(subject.fingerprint);
    expect([found?.parts[1]?.etag, reports]).to.deep.equal(['"again"', ['QuotaExceededError', 'recovered']]);
  });
});
