// Client of the emulator's control API. Needs only fetch, so it runs in pages and in Node.

import type { ControlRequests, ObjectInfo, UploadInfo } from './control-api.js';
import type { FaultRule } from './faults.js';
import type { RequestEntry, RequestFilter, RequestPhase } from './request-log.js';
import type { SessionCredentials } from './session-token.js';

/** Where the control API is, and what it takes to use it. A `LocalOss` is one. */
export interface ControlAccess {
  /** URL of the emulator, such as `http://localhost:9000`, or of a server that also serves its control API. */
  url: string;
  /** The emulator's `controlToken`. */
  controlToken: string;
}

/** Controls an emulator over HTTP. Every method rejects with the server's message if the request fails. */
export class OssControl {
  readonly #base: string;
  readonly #authorization: string;

  constructor({ url, controlToken }: ControlAccess) {
    this.#base = `${url.replace(/\/$/, '')}/_control/`;
    this.#authorization = `Bearer ${controlToken}`;
  }

  /** Creates a bucket, or changes the given settings of an existing one. */
  async createBucket(name: string, options: Omit<ControlRequests['buckets'], 'name'> = {}): Promise<void> {
    await this.#send('POST', 'buckets', { name, ...options });
  }

  /** Replaces the CORS rules of a bucket. */
  async setCors(bucket: string, rules: ControlRequests['cors']['rules']): Promise<void> {
    await this.#send('POST', 'cors', { bucket, rules });
  }

  /** Injects a fault and returns its ID. */
  async addFault(rule: FaultRule): Promise<number> {
    const { id } = await this.#send<{ id: number }>('POST', 'faults', rule);
    return id;
  }

  /** Removes one fault, or all of them. Requests that a fault is stalling continue. */
  async removeFaults(id?: number): Promise<void> {
    await this.#send('DELETE', 'faults', undefined, id === undefined ? {} : { id });
  }

  /** Returns the logged requests that match a filter. */
  async requests(filter: RequestFilter = {}): Promise<RequestEntry[]> {
    return await this.#send('GET', 'requests', undefined, { ...filter });
  }

  /** Clears the request log. */
  async clearRequests(): Promise<void> {
    await this.#send('DELETE', 'requests');
  }

  /**
   * Resolves with the first matching request that reaches `phase` after the emulator receives this call. Use
   * {@link waitFor} if the request may get there earlier.
   */
  async waitForNext(
    filter: RequestFilter = {},
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry> {
    return await this.#send('POST', 'requests/wait-next', { filter, phase }, {}, signal);
  }

  /**
   * Resolves with all matching requests that have reached `phase`, once there are at least `count`. Includes requests
   * since the log was last cleared.
   */
  async waitFor(
    filter: RequestFilter,
    count = 1,
    phase: RequestPhase = 'ended',
    signal?: AbortSignal,
  ): Promise<RequestEntry[]> {
    return await this.#send('POST', 'requests/wait', { filter, count, phase }, {}, signal);
  }

  /**
   * Moves the emulator's clock.
   * @param offset Milliseconds ahead of the real clock; negative values move it back.
   */
  async setClockOffset(offset: number): Promise<void> {
    await this.#send('POST', 'clock', { offset });
  }

  /** Limits the bandwidth and sets the latency of all requests. Zeros remove the limits. */
  async setNetworkConditions(conditions: ControlRequests['network']): Promise<void> {
    await this.#send('POST', 'network', conditions);
  }

  /** Sets how responses describe their body. Omitted properties are as in OSS. */
  async setResponseFormat(format: ControlRequests['responseFormat']): Promise<void> {
    await this.#send('POST', 'response-format', format);
  }

  /** Returns a stored object's properties, or `null` if the key has no object. Reads the whole object for its SHA-256. */
  async object(bucket: string, key: string): Promise<ObjectInfo | null> {
    return await this.#send('GET', 'object', undefined, { bucket, key });
  }

  /** Deletes an object. Returns whether it existed. */
  async deleteObject(bucket: string, key: string): Promise<boolean> {
    const { deleted } = await this.#send<{ deleted: boolean }>('DELETE', 'object', undefined, {
      bucket,
      key,
    });
    return deleted;
  }

  /** Returns the in-progress multipart uploads of all buckets. */
  async uploads(): Promise<UploadInfo[]> {
    return await this.#send('GET', 'uploads');
  }

  /** Aborts a multipart upload without the client's knowledge. Returns whether it existed. */
  async abortUpload(bucket: string, uploadId: string): Promise<boolean> {
    const { deleted } = await this.#send<{ deleted: boolean }>('DELETE', 'uploads', undefined, {
      bucket,
      uploadId,
    });
    return deleted;
  }

  /** Deletes a stored part without the client's knowledge. Returns whether it existed. */
  async deletePart(bucket: string, uploadId: string, partNumber: number): Promise<boolean> {
    const { deleted } = await this.#send<{ deleted: boolean }>('DELETE', 'parts', undefined, {
      bucket,
      uploadId,
      partNumber,
    });
    return deleted;
  }

  /**
   * Issues session credentials without an STS request.
   * @param lifetime Milliseconds until the credentials expire.
   * @param policy Session policy; without one, everything is allowed.
   */
  async issueCredentials(
    lifetime: number,
    policy?: ControlRequests['sts']['policy'],
  ): Promise<SessionCredentials> {
    return await this.#send('POST', 'sts', { lifetime, policy });
  }

  /** Expires all session credentials that have been issued so far, whatever their expiration says. */
  async expireCredentials(): Promise<void> {
    await this.#send('DELETE', 'sts');
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
      headers: { Authorization: this.#authorization },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const result = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(result.error ?? `The OSS emulator responded with ${response.status}.`);
    return result;
  }
}
