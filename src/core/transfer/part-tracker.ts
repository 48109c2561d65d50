/** Tracks the parts of one file: which are stored, which are missing, and how many bytes are in flight. */

import { combineCrc64 } from '../crc64.js';
import type { DonePart, ListedPart } from '../ports.js';
import { countParts, partRange, planParts, type PartRange } from './part-plan.js';

/** A stored part and its checksums. */
export interface TrackedPart extends DonePart {
  /** CRC-64/XZ of the part's bytes in the file, once computed. */
  crc64?: bigint | undefined;
  /** CRC-64/XZ of the stored bytes in decimal, if OSS has reported it. */
  storedCrc64?: string | undefined;
  /** Whether only the list of OSS names it, and nothing has shown yet that its bytes arrived undamaged. */
  isOnlyListed?: boolean | undefined;
}

/** A stored part with a known checksum. */
export interface ComparablePart extends PartRange {
  /** CRC-64/XZ in decimal. */
  crc64: string;
  isOnlyListed: boolean;
}

/** Tracks the parts of one file. */
export class PartTracker {
  /** Bytes. */
  readonly fileSize: number;
  /** Bytes. */
  readonly partSize: number;
  /** Stored parts by part number. */
  readonly #done = new Map<number, TrackedPart>();
  /** Bytes in flight by part number. */
  readonly #inFlight = new Map<number, number>();
  #doneBytes = 0;
  #inFlightBytes = 0;

  constructor(fileSize: number, partSize: number, doneParts: readonly TrackedPart[] = []) {
    this.fileSize = fileSize;
    this.partSize = partSize;
    this.merge(doneParts);
  }

  /** Adds parts that are known to be stored. Known parts and invalid part numbers are skipped. */
  merge(doneParts: readonly TrackedPart[]): void {
    const count = countParts(this.fileSize, this.partSize);
    for (const part of doneParts) {
      const { number } = part;
      if (number >= 1 && number <= count && !this.#done.has(number)) this.partDone(part);
    }
  }

  /** Stored parts, sorted by part number. */
  get doneParts(): DonePart[] {
    return this.#entries.map(({ number, etag }) => ({ number, etag }));
  }

  /** Stored parts with their checksums, sorted by part number. */
  get storedParts(): readonly TrackedPart[] {
    return this.#entries;
  }

  /** Parts that are not stored, sorted by part number. */
  get missingParts(): PartRange[] {
    return planParts(this.fileSize, this.partSize).filter(({ number }) => !this.#done.has(number));
  }

  /** Bytes of all stored parts. */
  get doneBytes(): number {
    return this.#doneBytes;
  }

  /** Bytes sent: those of stored parts and those in flight. */
  get loaded(): number {
    return this.#doneBytes + this.#inFlightBytes;
  }

  /** Sets how many bytes of a part have been sent. */
  partInFlight(number: number, bytes: number): void {
    if (this.#done.has(number)) return;
    this.#inFlightBytes += bytes - (this.#inFlight.get(number) ?? 0);
    this.#inFlight.set(number, bytes);
  }

  /** Discards the bytes in flight of a part. */
  discardInFlight(number: number): void {
    this.#inFlightBytes -= this.#inFlight.get(number) ?? 0;
    this.#inFlight.delete(number);
  }

  /** Marks a part as stored. */
  partDone(part: TrackedPart): void {
    const { number } = part;
    this.discardInFlight(number);
    if (!this.#done.has(number)) this.#doneBytes += this.#sizeOf(number);
    this.#done.set(number, { ...part });
  }

  /** Stored parts whose checksum has not been computed, such as parts that an earlier visit sent. */
  get partsWithoutChecksum(): PartRange[] {
    return this.#entries
      .filter(({ crc64 }) => crc64 === undefined)
      .map(({ number }) => partRange(number, this.fileSize, this.partSize));
  }

  /** The stored parts with a known checksum, for comparing a file with what was sent. */
  get knownChecksums(): ComparablePart[] {
    return this.#entries.flatMap(({ number, crc64, storedCrc64, isOnlyListed = false }) => {
      const known = crc64?.toString() ?? storedCrc64;
      return known === undefined
        ? []
        : [{ ...partRange(number, this.fileSize, this.partSize), crc64: known, isOnlyListed }];
    });
  }

  /** The first and the last of {@link knownChecksums}. */
  get samples(): ComparablePart[] {
    const parts = this.knownChecksums;
    const [first] = parts;
    const last = parts.at(-1);
    return first && last && parts.length > 2 ? [first, last] : parts;
  }

  /** Sets the checksum of a part's bytes in the file. If the stored bytes differ, the part becomes missing. */
  setChecksum(number: number, crc64: bigint): void {
    const entry = this.#done.get(number);
    if (!entry) return;
    entry.crc64 = crc64;
    entry.isOnlyListed = false;
    if (!differ(crc64, entry.storedCrc64)) return;
    this.#done.delete(number);
    this.#doneBytes -= this.#sizeOf(number);
  }

  /** CRC-64/XZ of the whole file. `undefined` until every part is stored and its checksum is known. */
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
   * Replaces the stored parts with the list from OSS, which is the source of truth. A listed part counts as missing if
   * its size is not the expected one, or if its ETag or checksum differs from the known one.
   */
  reconcile(listed: readonly ListedPart[]): void {
    const known = new Map(this.#done);
    this.#done.clear();
    this.#doneBytes = 0;
    const count = countParts(this.fileSize, this.partSize);
    for (const { number, etag, size, crc64: storedCrc64 } of listed) {
      if (number < 1 || number > count || size !== this.#sizeOf(number)) continue;
      const part = known.get(number);
      if (part && normalizeEtag(part.etag) !== normalizeEtag(etag)) continue;
      if (differ(part?.crc64, storedCrc64)) continue;
      this.partDone({
        number,
        etag,
        crc64: part?.crc64,
        storedCrc64,
        isOnlyListed: !part || part.isOnlyListed,
      });
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

/** Whether both checksums are known and differ. */
function differ(crc64: bigint | undefined, storedCrc64: string | undefined): boolean {
  return crc64 !== undefined && storedCrc64 !== undefined && storedCrc64 !== String(crc64);
}

function normalizeEtag(etag: string): string {
  return etag.replaceAll('"', '').toUpperCase();
}
