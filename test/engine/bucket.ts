// A bucket of its own on the local OSS, with an engine that uploads to it: what every test of the engine begins with.
import { expect } from '@open-wc/testing';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { FaultMatch, FaultRule } from '../../dev/oss-emulator/faults.js';
import type { RequestEntry, RequestFilter } from '../../dev/oss-emulator/request-log.js';
import type { Upload, UploaderEvent, UploadResult } from '../../src/core/index.js';
import type { Uploader as Engine } from '../../src/core/uploader.js';
import { Uploader, type UploaderOptions } from '../../src/create-uploader.js';
import { localOss } from '../support/runner/local-oss.js';

export const control = new OssControl(localOss.url);

/** Bytes; the smallest part that OSS takes. */
export const PART = 100 * 1024;

/** Tokens of this life outlive every test, in milliseconds. */
const LASTING = 3_600_000;

export class TestBucket {
  readonly name: string;
  readonly #faults: number[] = [];
  readonly #heard: { key: string; number: number; at: number }[] = [];

  private constructor(name: string) {
    this.name = name;
  }

  static async make(): Promise<TestBucket> {
    const name = `engine-${crypto.randomUUID()}`;
    await control.createBucket(name);
    return new TestBucket(name);
  }

  options(changes: UploaderOptions = {}): UploaderOptions {
    return {
      region: 'cn-hangzhou',
      bucket: this.name,
      endpoint: localOss.url,
      pathStyle: true,
      partSize: PART,
      ...stsTokens(LASTING),
      ...changes,
    };
  }

  uploader(changes?: UploaderOptions): Uploader {
    return this.watch(new Uploader(this.options(changes)));
  }

  /** Notes when the page hears that a part has arrived. */
  watch<T extends Engine>(uploader: T): T {
    uploader.subscribe((notice) => {
      if (notice.type !== 'part') return;
      this.#heard.push({ key: notice.upload.key, number: notice.part.number, at: Date.now() });
    });
    return uploader;
  }

  async disturb(
    operation: FaultMatch['operation'],
    fault: FaultRule['fault'],
    details: Pick<FaultRule, 'skip' | 'times'> & Pick<FaultMatch, 'partNumber'> = {},
  ): Promise<void> {
    const { partNumber, ...rest } = details;
    const match = { bucket: this.name, operation, partNumber };
    this.#faults.push(await control.addFault({ match, fault, ...rest }));
  }

  /** Makes every part crawl, so that a test can meet it on its way. @param bytesPerSecond of each request */
  async slowDown(bytesPerSecond: number): Promise<void> {
    await this.disturb('UploadPart', { kind: 'slow', bytesPerSecond }, { times: null });
  }

  /**
   * Lets `count` more parts through, and those that an earlier call holds. Every other one is held in its middle until
   * the next call or {@link undisturb}: where an upload stands then is not up to how fast the machine is.
   */
  async letThrough(count: number): Promise<void> {
    const held = this.#faults.splice(0);
    await this.disturb('UploadPart', { kind: 'stall', afterBytes: 1 }, { skip: count, times: null });
    await Promise.all(held.map((id) => control.removeFaults(id)));
  }

  async undisturb(): Promise<void> {
    await Promise.all(this.#faults.splice(0).map((id) => control.removeFaults(id)));
  }

  requests(filter: RequestFilter = {}): Promise<RequestEntry[]> {
    return control.requests({ bucket: this.name, ...filter });
  }

  async expectStored(key: string, file: Blob): Promise<void> {
    const object = await control.object(this.name, key);
    expect(object?.size).to.equal(file.size);
    expect(object?.sha256).to.equal(await sha256(file));
  }

  /**
   * By the server's word: no part is sent again once the page knows that it has arrived. It knows from the answer, or
   * from a list of the parts that it asked for later.
   */
  async expectNoPartTwice(key: string, count: number): Promise<void> {
    const requests = await this.requests({ key });
    const lists = requests.filter(({ operation }) => operation === 'ListParts');
    const parts = requests.filter(({ operation }) => operation === 'UploadPart');
    const stored = parts.filter(({ status }) => status === 200);
    expect(new Set(stored.map(({ partNumber }) => partNumber)).size).to.equal(count);
    for (const { partNumber, endedAt = Infinity } of stored) {
      const heardAt = this.#heard.find((part) => part.key === key && part.number === partNumber)?.at;
      const listedAt = lists.find(({ startedAt }) => startedAt >= endedAt)?.startedAt;
      const knownAt = Math.min(heardAt ?? Infinity, listedAt ?? Infinity);
      const again = parts.filter((part) => part.partNumber === partNumber && part.startedAt > knownAt);
      expect(again, `part ${partNumber} was sent after it had arrived`).to.deep.equal([]);
    }
  }
}

/** Has the engine ask for real session tokens over HTTP. @param lifetime milliseconds */
export function stsTokens(lifetime: number): UploaderOptions {
  return {
    credentialsUrl: `${localOss.url}/_control/sts`,
    credentialsInit: { method: 'POST', body: JSON.stringify({ lifetime }) },
  };
}

/** A file of random bytes. */
export function randomFile(size: number, name = 'film.mp4'): File {
  const bytes = new Uint8Array(size);
  // No more than 65,536 bytes are given at once.
  for (let start = 0; start < size; start += 65_536)
    crypto.getRandomValues(bytes.subarray(start, start + 65_536));
  return new File([bytes], name);
}

async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Resolves with the result of the upload; rejects with its error where it fails. */
export function succeeded(uploader: Engine, upload: Upload): Promise<UploadResult> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { state } = upload;
      if (state.status === 'succeeded') resolve(state.result);
      else if (state.status === 'failed') reject(state.error);
      else return;
      stop();
    };
    const stop = uploader.subscribe(check);
    check();
  });
}

/** Resolves at the n-th notice of a type from now on. */
export function noticed<T extends UploaderEvent['type']>(
  uploader: Engine,
  type: T,
  count = 1,
): Promise<Extract<UploaderEvent, { type: T }>> {
  return new Promise((resolve) => {
    const stop = uploader.subscribe((notice) => {
      if (notice.type !== type || --count > 0) return;
      stop();
      resolve(notice as Extract<UploaderEvent, { type: T }>);
    });
  });
}
