/**
 * Keeps account of one file's parts: which have arrived, which are missing, how many bytes are under way.
 */

import { combineCrc64 } from '../crc64.js';
import type { DonePart, ListedPart } from '../ports.js';
import { countParts, partRange, planParts, type PartRange } from './part-plan.js';

export interface TrackedPart extends DonePart {
  /** CRC-64/XZ of the part's bytes, where it has been computed. */
  crc64?: bigint | undefined;
  /** The same in decimal as OSS tells it of what it stored. */
  storedCrc64?: string | undefined;
}

export class PartTracker {
  readonly fileSize: number;
  readonly partSize: number;
  readonly #done = new Map<number, TrackedPart>();
  readonly #inFlight = new Map<number, number>();
  #doneBytes = 0;
  #inFlightBytes = 0;

  constructor(fileSize: number, partSize: number, doneParts: readonly TrackedPart[] = []) {
    this.fileSize = fileSize;
    this.partSize = partSize;
    this.merge(doneParts);
  }

  /** Adds what others know of parts that have arrived. */
  merge(doneParts: readonly TrackedPart[]): void {
    const count = countParts(this.fileSize, this.partSize);
    for (const part of doneParts) {
      const { number } = part;
      if (number >= 1 && number <= count && !this.#done.has(number)) this.partDone(part);
    }
  }

  /** By part number. */
  get doneParts(): DonePart[] {
    return this.#entries.map(({ number, etag }) => ({ number, etag }));
  }

  get missingParts(): PartRange[] {
    return planParts(this.fileSize, this.partSize).filter(({ number }) => !this.#done.has(number));
  }

  /** Bytes of the parts that have arrived. */
  get doneBytes(): number {
    return this.#doneBytes;
  }

  /** Bytes that have left, those of unfinished parts included. */
  get loaded(): number {
    return this.#doneBytes + this.#inFlightBytes;
  }

  /** @param bytes that have left of this part */
  partInFlight(number: number, bytes: number): void {
    if (this.#done.has(number)) return;
    this.#inFlightBytes += bytes - (this.#inFlight.get(number) ?? 0);
    this.#inFlight.set(number, bytes);
  }

  partLost(number: number): void {
    this.#inFlightBytes -= this.#inFlight.get(number) ?? 0;
    this.#inFlight.delete(number);
  }

  partDone(part: TrackedPart): void {
    const { number } = part;
    this.partLost(number);
    if (!this.#done.has(number)) this.#doneBytes += this.#sizeOf(number);
    this.#done.set(number, { ...part });
  }

  /** Parts that have arrived and of whose bytes no checksum is known, as of one that an earlier visit sent. */
  get uncheckedParts(): PartRange[] {
    return this.#entries
      .filter(({ crc64 }) => crc64 === undefined)
      .map(({ number }) => partRange(number, this.fileSize, this.partSize));
  }

  /** A first and a last part that have arrived and whose checksums are known. */
  get samples(): (PartRange & { crc64: bigint })[] {
    const known = this.#entries.flatMap(({ number, crc64 }) =>
      crc64 === undefined ? [] : [{ ...partRange(number, this.fileSize, this.partSize), crc64 }],
    );
    known.splice(1, known.length - 2);
    return known;
  }

  /** A part that was damaged on its way counts as missing from now on. @param crc64 of the bytes in the file */
  partChecked(number: number, crc64: bigint): void {
    const entry = this.#done.get(number);
    if (!entry) return;
    entry.crc64 = crc64;
    if (!isOther(crc64, entry.storedCrc64)) return;
    this.#done.delete(number);
    this.#doneBytes -= this.#sizeOf(number);
  }

  /** CRC-64 of the whole file, once every part has arrived and is checked. */
  get crc64(): bigint | undefined {
    if (this.#done.size < countParts(this.fileSize, this.partSize)) return undefined;
    let whole = 0n;
    for (const { number, crc64 } of this.#entries) {
      if (crc64 === undefined) return undefined;
      whole = combineCrc64(whole, crc64, this.#sizeOf(number));
    }
    return whole;
  }

  /**
   * Takes the server's word for what has arrived. A part of another size than planned, or with another ETag than
   * was acknowledged to us, is not ours and counts as missing.
   */
  reconcile(listed: readonly ListedPart[]): void {
    const noted = new Map(this.#done);
    this.#done.clear();
    this.#doneBytes = 0;
    const count = countParts(this.fileSize, this.partSize);
    for (const { number, etag, size, crc64: storedCrc64 } of listed) {
      if (number < 1 || number > count || size !== this.#sizeOf(number)) continue;
      const note = noted.get(number);
      if (note && bareEtag(note.etag) !== bareEtag(etag)) continue;
      if (isOther(note?.crc64, storedCrc64)) continue;
      this.partDone({ number, etag, crc64: note?.crc64, storedCrc64 });
    }
  }

  get #entries(): TrackedPart[] {
    return [...this.#done.values()].sort((a, b) => a.number - b.number);
  }

  #sizeOf(number: number): number {
    const { start, end } = partRange(number, this.fileSize, this.partSize);
    return end - start;
  }
}

/** Whether both are known, and differ. */
function isOther(crc64: bigint | undefined, storedCrc64: string | undefined): boolean {
  return crc64 !== undefined && storedCrc64 !== undefined && storedCrc64 !== String(crc64);
}

function bareEtag(etag: string): string {
  return etag.replaceAll('"', '').toUpperCase();
}
