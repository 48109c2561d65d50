// Steers a local OSS over HTTP, from a page or from Node alike: fetch alone, types from the server.

import type { ControlRequests, ObjectReport, UploadReport } from './control-api.js';
import type { FaultRule } from './faults.js';
import type { RequestEntry, RequestFilter, RequestPhase } from './request-log.js';
import type { SessionCredentials } from './session-token.js';

export class OssControl {
  readonly #base: string;

  /** @param url The server's own URL, such as `http://localhost:9000`. */
  constructor(url: string) {
    this.#base = `${url.replace(/\/$/, '')}/_control/`;
  }

  async createBucket(name: string, options: Omit<ControlRequests['buckets'], 'name'> = {}): Promise<void> {
    await this.#send('POST', 'buckets', { name, ...options });
  }

  async setCors(bucket: string, rules: ControlRequests['cors']['rules']): Promise<void> {
    await this.#send('POST', 'cors', { bucket, rules });
  }

  /** Orders a fault and returns its id. */
  async addFault(rule: FaultRule): Promise<number> {
    const { id } = await this.#send<{ id: number }>('POST', 'faults', rule);
    return id;
  }

  /** Takes back one fault, or all of them; whatever they hold goes on. */
  async removeFaults(id?: number): Promise<void> {
    await this.#send('DELETE', 'faults', undefined, id === undefined ? {} : { id });
  }

  async requests(filter: RequestFilter = {}): Promise<RequestEntry[]> {
    return await this.#send('GET', 'requests', undefined, { ...filter });
  }

  async clearRequests(): Promise<void> {
    await this.#send('DELETE', 'requests');
  }

  /**
   * The first matching request to reach `phase` after the server has heard of this wish. What may happen before that
   * is safer waited for with {@link until}.
   */
  async next(
    filter: RequestFilter = {},
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry> {
    return await this.#send('POST', 'requests/next', { filter, phase }, {}, signal);
  }

  /** All matching requests in `phase` since the log was cleared, as soon as there are `count`. */
  async until(
    filter: RequestFilter,
    count = 1,
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry[]> {
    return await this.#send('POST', 'requests/until', { filter, count, phase }, {}, signal);
  }

  /** @param offset Milliseconds that the server's clock is ahead. */
  async setClockOffset(offset: number): Promise<void> {
    await this.#send('POST', 'clock', { offset });
  }

  async setLine(settings: ControlRequests['line']): Promise<void> {
    await this.#send('POST', 'line', settings);
  }

  /** What is stored under a key; `null` for nothing. Reads the whole object for its SHA-256. */
  async object(bucket: string, key: string): Promise<ObjectReport | null> {
    return await this.#send('GET', 'object', undefined, { bucket, key });
  }

  async deleteObject(bucket: string, key: string): Promise<boolean> {
    const { deleted } = await this.#send<{ deleted: boolean }>('DELETE', 'object', undefined, {
      bucket,
      key,
    });
    return deleted;
  }

  async uploads(): Promise<UploadReport[]> {
    return await this.#send('GET', 'uploads');
  }

  /** Aborts an upload behind the client's back. */
  async dropUpload(bucket: string, uploadId: string): Promise<boolean> {
    const { deleted } = await this.#send<{ deleted: boolean }>('DELETE', 'uploads', undefined, {
      bucket,
      uploadId,
    });
    return deleted;
  }

  /** Makes the server lose a part. */
  async dropPart(bucket: string, uploadId: string, partNumber: number): Promise<boolean> {
    const { dropped } = await this.#send<{ dropped: boolean }>('POST', 'parts/drop', {
      bucket,
      uploadId,
      partNumber,
    });
    return dropped;
  }

  /** Session credentials without the way through STS. @param lifetime Milliseconds. */
  async issueCredentials(
    lifetime: number,
    policy?: ControlRequests['sts']['policy'],
  ): Promise<SessionCredentials> {
    return await this.#send('POST', 'sts', { lifetime, policy });
  }

  async #send<T>(
    method: string,
    path: string,
    body?: unknown,
    query: Record<string, string | number | string[] | undefined> = {},
    signal?: AbortSignal,
  ): Promise<T> {
    const url = new URL(path, this.#base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(answer.error ?? `The local OSS answered ${response.status}.`);
    return answer;
  }
}
