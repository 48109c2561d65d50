// Where contenders store files: what the benchmark asks these servers after a run.
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { ServerAddresses, Traffic } from './protocol.js';

export const BUCKET = 'bench';

export interface Storage {
  /** Deletes the files with these names, and forgets the traffic. */
  reset(names: readonly string[]): Promise<void>;
  traffic(): Promise<Traffic>;
  /** Returns the digest of a stored file in hex, or `undefined` if there is none. */
  sha256(name: string): Promise<string | undefined>;
}

export class OssStorage implements Storage {
  readonly control: OssControl;

  constructor(access: ServerAddresses['oss']) {
    this.control = new OssControl(access);
  }

  async reset(names: readonly string[]): Promise<void> {
    for (const name of names) await this.control.deleteObject(BUCKET, name);
    for (const { uploadId } of await this.control.uploads()) await this.control.abortUpload(BUCKET, uploadId);
    await this.control.clearRequests();
  }

  async traffic(): Promise<Traffic> {
    const requests = await this.control.requests();
    const bytesReceived = requests.reduce((sum, request) => sum + request.bytesReceived, 0);
    return { requests: requests.length, bytesReceived };
  }

  async sha256(name: string): Promise<string | undefined> {
    return (await this.control.object(BUCKET, name))?.sha256;
  }
}

export class ReceiverStorage implements Storage {
  readonly #url: string;

  constructor({ port }: ServerAddresses['receiver']) {
    this.#url = `http://localhost:${port}/control/`;
  }

  async reset(): Promise<void> {
    await fetch(this.#url, { method: 'DELETE' });
  }

  async traffic(): Promise<Traffic> {
    return (await (await fetch(this.#url)).json()) as Traffic;
  }

  async sha256(name: string): Promise<string | undefined> {
    const response = await fetch(this.#url + encodeURIComponent(name));
    return ((await response.json()) as string | null) ?? undefined;
  }
}
