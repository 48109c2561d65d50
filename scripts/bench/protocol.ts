// Data that the benchmark, its pages and its servers exchange.
import type { ControlAccess } from '../../dev/oss-emulator/control-client.js';
import type { AccessKey } from '../../dev/oss-emulator/local-oss.js';

/** Addresses of the servers, which the benchmark's server process sends to its parent. */
export interface ServerAddresses {
  /** The OSS emulator. */
  oss: ControlAccess & { port: number; accessKey: AccessKey };
  /** See receiver.ts. */
  receiver: { port: number };
}

/** What a page is to upload, and where to. Each file is stored as `prefix` plus its name. */
export interface Task {
  /** URL of the OSS emulator. */
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  /** Prefix of the files that are uploaded before the measurement. `undefined` if none are. */
  firstPrefix: string | undefined;
  /** URL of the server for tus and for UpChunk. */
  receiver: string;
  /** In bytes. For contenders that don't choose it themselves. */
  partSize: number;
  /** How many small files to send at once. For contenders that take one file at a time. */
  filesInFlight: number;
}

/** A running upload of all files. */
export interface Transfer {
  /** Resolves when the server has confirmed all files. */
  done: Promise<void>;
  pause?(): void;
  resume?(): void;
}

/** What the page module of a contender exports. */
export interface PageModule {
  /** Prepares what is not measured. */
  prepare?: (files: readonly File[], task: Task) => Promise<void>;
  upload: (files: readonly File[], task: Task) => Transfer;
}

/** What the page measures. Times are in milliseconds. */
export interface PageMeasurement {
  /** The time until the server has confirmed all files. */
  duration: number;
  /** The longest task of the main thread; 0 if none took longer than 50 ms. */
  longestTask: number;
}

/** A request that the page's server signs for OSS. */
export interface SignRequest {
  method: string;
  key: string;
  /** `null` for a parameter without a value. */
  queries?: Record<string, string | null>;
  contentType?: string;
}

/** What a server received. */
export interface Traffic {
  /** Includes preflights. */
  requests: number;
  /** Bytes of request bodies. */
  bytesReceived: number;
}
