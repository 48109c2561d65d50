// Setup of the engine tests: a separate bucket on the OSS emulator, and uploaders that use it.
import { expect } from '@open-wc/testing';
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import type { FaultMatch, FaultRule } from '../../dev/oss-emulator/faults.js';
import type { RequestEntry, RequestFilter } from '../../dev/oss-emulator/request-log.js';
import type { Upload, UploaderEvent, UploadResult } from '../../src/core/index.js';
import type { Uploader as Engine } from '../../src/core/uploader.js';
import { Uploader, type UploaderOptions } from '../../src/create-uploader.js';
import { responseUrl, type StubResponse } from '../support/responses.js';
import { control, localOss } from '../support/runner/local-oss.js';

export { control };

/** The minimum part size of OSS, in bytes. */
export const PART = 100 * 1024;

/** Longer than any test, in milliseconds. */
const TOKEN_LIFETIME = 3_600_000;

export class TestBucket {
  readonly name: string;
  readonly #faults: number[] = [];
  readonly #acknowledged: { key: string; number: number; at: number }[] = [];

  private constructor(name: string) {
    this.name = name;
  }

  static async create(): Promise<TestBucket> {
    const name = `engine-${crypto.randomUUID()}`;
    await control.createBucket(name, { cors: uploadCorsRules([location.origin]) });
    return new TestBucket(name);
  }

  options(changes: UploaderOptions = {}): UploaderOptions {
    return {
      region: 'cn-hangzhou',
      bucket: this.name,
      endpoint: localOss.url,
      partSize: PART,
      ...stsTokens(TOKEN_LIFETIME),
      ...changes,
    };
  }

  uploader(changes?: UploaderOptions): Uploader {
    return this.watch(new Uploader(this.options(changes)));
  }

  /** Records when the page learns that a part is stored, for {@link expectNoPartResent}. */
  watch<T extends Engine>(uploader: T): T {
    uploader.subscribe((event) => {
      if (event.type !== 'part') return;
      this.#acknowledged.push({ key: event.upload.key, number: event.part.number, at: Date.now() });
    });
    return uploader;
  }

  /** Injects a fault into the next matching request of this bucket, or into as many as `details` specifies. */
  async addFault(
    operation: FaultMatch['operation'],
    fault: FaultRule['fault'],
    details: Pick<FaultRule, 'skip' | 'times'> & Pick<FaultMatch, 'partNumber'> = {},
  ): Promise<void> {
    const { partNumber, ...rest } = details;
    const match = { bucket: this.name, operation, partNumber };
    this.#faults.push(await control.addFault({ match, fault, ...rest }));
  }

  /** Throttles each UploadPart request. @param bytesPerSecond per request */
  async throttleParts(bytesPerSecond: number): Promise<void> {
    await this.addFault('UploadPart', { kind: 'slow', bytesPerSecond }, { times: null });
  }

  /**
   * Lets the next `count` parts pass and stalls all later ones, until the next call or {@link removeFaults}. Releases the
   * parts that an earlier call stalled. The progress of an upload then does not depend on the speed of the machine.
   */
  async stallPartsAfter(count: number): Promise<void> {
    const earlier = this.#faults.splice(0);
    await this.addFault('UploadPart', { kind: 'stall', afterBytes: 1 }, { skip: count, times: null });
    await Promise.all(earlier.map((id) => control.removeFaults(id)));
  }

  /** Removes all faults of this bucket, and releases the requests that they stall. */
  async removeFaults(): Promise<void> {
    await Promise.all(this.#faults.splice(0).map((id) => control.removeFaults(id)));
  }

  requests(filter: RequestFilter = {}): Promise<RequestEntry[]> {
    return control.requests({ bucket: this.name, ...filter });
  }

  /** Resolves once a matching request has been received, or has ended. */
  async waitFor(filter: RequestFilter, phase: 'started' | 'ended'): Promise<void> {
    await control.waitFor({ bucket: this.name, ...filter }, 1, phase);
  }

  /** Asserts that the stored object has the bytes of the file. */
  async expectStored(key: string, file: Blob): Promise<void> {
    const object = await control.object(this.name, key);
    expect(object?.size).to.equal(file.size);
    expect(object?.sha256).to.equal(await sha256(file));
  }

  /**
   * Asserts, based on the server's log, that all parts are stored and that none was sent again once the page knew that
   * it was stored. The page learns that from the response, or from a later ListParts request.
   *
   * @param count parts of the file
   */
  async expectNoPartResent(key: string, count: number): Promise<void> {
    const requests = await this.requests({ key });
    const lists = requests.filter(({ operation }) => operation === 'ListParts');
    const parts = requests.filter(({ operation }) => operation === 'UploadPart');
    const stored = parts.filter(({ status }) => status === 200);
    expect(new Set(stored.map(({ partNumber }) => partNumber)).size).to.equal(count);
    for (const { partNumber, endedAt = Infinity } of stored) {
      const acknowledgedAt = this.#acknowledged.find(
        (part) => part.key === key && part.number === partNumber,
      )?.at;
      const listedAt = lists.find(({ startedAt }) => startedAt >= endedAt)?.startedAt;
      const knownAt = Math.min(acknowledgedAt ?? Infinity, listedAt ?? Infinity);
      const resent = parts.filter((part) => part.partNumber === partNumber && part.startedAt > knownAt);
      expect(resent, `part ${partNumber} was sent again after it was stored`).to.deep.equal([]);
    }
  }
}

/** Returns options that fetch session tokens from the emulator over HTTP. @param lifetime milliseconds */
export function stsTokens(lifetime: number): UploaderOptions {
  return {
    credentialsUrl: '/_control/sts',
    credentialsInit: {
      method: 'POST',
      headers: { Authorization: `Bearer ${localOss.controlToken}` },
      body: JSON.stringify({ lifetime }),
    },
  };
}

/** Returns a URL that responds with valid tokens of these lifetimes, in milliseconds, and repeats the last one. */
export async function tokenUrl(...lifetimes: number[]): Promise<string> {
  return responseUrl(...(await Promise.all(lifetimes.map(tokenResponse))));
}

/** @param lifetime milliseconds */
export async function tokenResponse(lifetime: number): Promise<StubResponse> {
  return { body: JSON.stringify(await control.issueCredentials(lifetime)) };
}

/** Creates a function of the page that returns valid credentials, and counts its calls. */
export function countingSource(): { getCredentials: () => Promise<unknown>; calls: number } {
  const source = {
    calls: 0,
    getCredentials: () => {
      source.calls++;
      return control.issueCredentials(TOKEN_LIFETIME);
    },
  };
  return source;
}

/** Creates a file of random bytes. */
export function randomFile(size: number, name = 'film.mp4'): File {
  const bytes = new Uint8Array(size);
  // getRandomValues returns at most 65,536 bytes per call.
  for (let start = 0; start < size; start += 65_536)
    crypto.getRandomValues(bytes.subarray(start, start + 65_536));
  return new File([bytes], name);
}

async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Resolves with the result of the upload, or rejects with its error. */
export function succeeded(uploader: Engine, upload: Upload): Promise<UploadResult> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { state } = upload;
      if (state.status === 'succeeded') resolve(state.result as UploadResult);
      else if (state.status === 'failed') reject(state.error);
      else return;
      stop();
    };
    const stop = uploader.subscribe(check);
    check();
  });
}

/** Resolves with the `count`-th event of a type from now on. */
export function nextEvent<T extends UploaderEvent['type']>(
  uploader: Engine,
  type: T,
  count = 1,
): Promise<Extract<UploaderEvent, { type: T }>> {
  return new Promise((resolve) => {
    const stop = uploader.subscribe((event) => {
      if (event.type !== type || --count > 0) return;
      stop();
      resolve(event as Extract<UploaderEvent, { type: T }>);
    });
  });
}
