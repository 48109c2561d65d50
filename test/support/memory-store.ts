// An in-memory checkpoint store. Clones values on the way in and out, as a database does.
import type { CheckpointStore, StoredLine, StoredPart, StoredUpload } from '../../src/core/ports.js';

export class MemoryStore implements CheckpointStore {
  readonly #uploads = new Map<string, StoredUpload>();
  readonly #parts = new Map<string, Map<number, StoredPart>>();
  /** By endpoint. */
  readonly lines = new Map<string, StoredLine>();

  list() {
    return Promise.resolve(
      [...this.#uploads.values()]
        .sort((a, b) => a.savedAt - b.savedAt)
        .map((upload) => this.#checkpointOf(upload)),
    );
  }

  find(fingerprint: string) {
    const found = [...this.#uploads.values()].filter((upload) => upload.fingerprint === fingerprint);
    const newest = found.sort((a, b) => b.savedAt - a.savedAt)[0];
    return Promise.resolve(newest && this.#checkpointOf(newest));
  }

  save(upload: StoredUpload) {
    this.#uploads.set(upload.id, structuredClone(upload));
    return Promise.resolve();
  }

  addPart(id: string, part: StoredPart, savedAt: number) {
    const upload = this.#uploads.get(id);
    if (upload) {
      this.#uploads.set(id, { ...upload, savedAt });
      const parts = this.#parts.get(id) ?? new Map<number, StoredPart>();
      this.#parts.set(id, parts.set(part.number, structuredClone(part)));
    }
    return Promise.resolve(upload !== undefined);
  }

  remove(id: string) {
    this.#uploads.delete(id);
    this.#parts.delete(id);
    return Promise.resolve();
  }

  findLine(endpoint: string) {
    return Promise.resolve(structuredClone(this.lines.get(endpoint)));
  }

  saveLine(line: StoredLine) {
    this.lines.set(line.endpoint, structuredClone(line));
    return Promise.resolve();
  }

  #checkpointOf(upload: StoredUpload) {
    const parts = [...(this.#parts.get(upload.id)?.values() ?? [])].sort((a, b) => a.number - b.number);
    return structuredClone({ upload, parts });
  }
}
