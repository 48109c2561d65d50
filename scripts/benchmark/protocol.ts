// Data that the benchmark, its page and its emulator exchange.
import type { ControlAccess } from '../../dev/oss-emulator/control-client.js';
import type { AccessKey } from '../../dev/oss-emulator/local-oss.js';
import type { SessionCredentials } from '../../dev/oss-emulator/session-token.js';

/** The upload methods to compare. */
export const methods = ['xhr', 'engine', 'unverified', 'sdk'] as const;
export type Method = (typeof methods)[number];

export interface EmulatorAccess extends ControlAccess {
  accessKey: AccessKey;
}

/** Where and how to upload the selected file. */
export interface Task extends AccessKey {
  endpoint: string;
  region: string;
  bucket: string;
  key: string;
  /** In bytes. */
  partSize: number;
  parallel: number;
  /** For the engine, which needs temporary credentials. */
  session: SessionCredentials;
  /** Presigned URLs for `xhr`, in the order of the parts. */
  partUrls: string[];
  completeUrl: string;
}

export interface Measurement {
  /** The time from the first call to the response that confirms the object. */
  milliseconds: number;
  /** The longest task of the main thread in milliseconds; 0 if none took longer than 50 ms. */
  longestTask: number;
}
