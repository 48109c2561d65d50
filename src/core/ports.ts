/**
 * What the engine needs from the world. Adapters fill these interfaces; the engine knows nothing else of
 * networks, SDKs, browsers or storage.
 */

/** Where a bucket is reached. */
export interface BucketLocation {
  /** `oss-cn-hangzhou` or `cn-hangzhou`; V4 signs it. */
  region: string;
  bucket: string;
  /** URL or host; derived from the region where absent. */
  endpoint?: string | undefined;
  /** The endpoint is a domain that is bound to the bucket. */
  cname?: boolean | undefined;
  /** The bucket goes into the path. */
  pathStyle?: boolean | undefined;
}

/** One object in a bucket. */
export interface ObjectTarget extends BucketLocation {
  /** 1 to 1,023 bytes of UTF-8. */
  key: string;
}

/** Temporary credentials of Alibaba Cloud STS. They stay in memory and never reach a log, an event or a store. */
export interface StsCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken: string;
  /** When they expire, in milliseconds since 1970, by the server's clock; absent where the answer does not say. */
  expiration?: number | undefined;
}

export interface CredentialsRequest {
  signal?: AbortSignal | undefined;
  /** Credentials that OSS refused: any others will do, these won't. */
  insteadOf?: StsCredentials | undefined;
}

/** One provider serves all uploads of an element: who asks while a request is under way waits for its answer. */
export interface CredentialsProvider {
  /** @throws UploadError one of the `credentials-…` codes */
  get(request?: CredentialsRequest): Promise<StsCredentials>;
}

/** OSS calls an application server once the object is stored (x-oss-callback). */
export interface UploadCallback {
  url: string;
  body: string;
  host?: string | undefined;
  contentType?: string | undefined;
  customValue?: Record<string, string> | undefined;
}

/** What is stored beside the bytes. */
export interface ObjectOptions {
  /** MIME type of the object. */
  contentType?: string | undefined;
  /** Replace an object of that key. Without it OSS is told to refuse (`x-oss-forbid-overwrite`). */
  overwrite?: boolean | undefined;
  headers?: Record<string, string> | undefined;
  /** `x-oss-meta-*`, without the prefix. */
  meta?: Record<string, string> | undefined;
  tags?: Record<string, string> | undefined;
  storageClass?: string | undefined;
  callback?: UploadCallback | undefined;
}

export interface CallOptions {
  /** Ends the request at once; the call then rejects with the signal's reason. */
  signal: AbortSignal;
}

export interface SendOptions extends CallOptions {
  /** Called as bytes leave, with the count so far of this request. */
  onProgress?: ((bytesSent: number) => void) | undefined;
}

/** A part that OSS has acknowledged; `etag` as OSS gave it, quotes included. */
export interface DonePart {
  number: number;
  etag: string;
}

/** A part with the checksum of its bytes, where that is known. */
export interface StoredPart extends DonePart {
  /** CRC-64/XZ in decimal. OSS reports it where the bucket's CORS rule exposes `x-oss-hash-crc64ecma`. */
  crc64?: string | undefined;
}

/** A part as OSS lists it. */
export interface ListedPart extends StoredPart {
  /** Bytes. */
  size: number;
}

/** Which parts are asked for; all by default. */
export interface ListOptions extends CallOptions {
  /** Those with higher numbers. */
  after?: number | undefined;
  /** No more than so many. */
  limit?: number | undefined;
}

export interface StoredObject {
  etag: string;
  /** The address of the object, without a signature. */
  url: string;
  crc64?: string | undefined;
  /** What the application server answered to OSS, where a callback was asked for. */
  callback?: unknown;
}

export interface ObjectSummary extends StoredObject {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  lastModified?: number | undefined;
}

/**
 * OSS, as one upload sees it: one object key, credentials cared for, clock corrected, every failure an
 * {@link UploadError}. A gateway tries each request once more where the token had expired or the clock was wrong;
 * all other retries are the engine's.
 */
export interface OssGateway {
  put(body: Blob, options: ObjectOptions & SendOptions): Promise<StoredObject>;
  /** @returns the upload id */
  createUpload(options: ObjectOptions & CallOptions): Promise<string>;
  /** @param number 1 to 10,000 */
  uploadPart(uploadId: string, number: number, body: Blob, options: SendOptions): Promise<StoredPart>;
  /** By part number, of all pages. */
  listParts(uploadId: string, options: ListOptions): Promise<ListedPart[]>;
  completeUpload(
    uploadId: string,
    parts: readonly DonePart[],
    options: ObjectOptions & CallOptions,
  ): Promise<StoredObject>;
  abortUpload(uploadId: string, options: CallOptions): Promise<void>;
  /** @returns `undefined` where there is no such object */
  head(options: CallOptions): Promise<ObjectSummary | undefined>;
}

/** Opens a gateway for one run of one upload; loads the SDK at the first call. */
export type OpenGateway = (target: ObjectTarget, options: CallOptions) => Promise<OssGateway>;

/** Computes checksums away from the thread that serves people. */
export interface Checksum {
  /** CRC-64/XZ of all bytes. Rejects with the signal's reason when it is aborted. */
  crc64(data: Blob, signal: AbortSignal): Promise<bigint>;
}

/** What is remembered of an upload beyond the life of a page. Holds no credentials. */
export interface StoredUpload {
  id: string;
  /** Tells file and destination apart; see `fingerprint.ts`. */
  fingerprint: string;
  /** Tells destinations apart: bucket, template of the key, scope. */
  destination: string;
  bucket: string;
  /** The object key. */
  key: string;
  fileName: string;
  /** MIME type of the file. */
  fileType: string;
  /** Bytes. */
  fileSize: number;
  /** Milliseconds since 1970. */
  lastModified: number;
  /** Bytes. */
  partSize: number;
  uploadId: string;
  /** When anything of it was last written, in milliseconds since 1970. */
  savedAt: number;
  /** Complete was sent and its answer has not come. */
  completeUnanswered: boolean;
  /** A handle by which the file can be opened again without picking it, where the browser has such. */
  handle?: unknown;
}

export interface StoredCheckpoint {
  upload: StoredUpload;
  parts: StoredPart[];
}

/**
 * Remembers what has arrived, beyond the life of a page. Whoever calls bears that any of it may fail: storage can be
 * full, or forbidden.
 */
export interface CheckpointStore {
  /** All that is sound; what is damaged, or from a version to come, is left out. */
  list(): Promise<StoredCheckpoint[]>;
  find(fingerprint: string): Promise<StoredCheckpoint | undefined>;
  /** Writes an upload, or over it; its parts stay. */
  save(upload: StoredUpload): Promise<void>;
  /** @param savedAt milliseconds since 1970 */
  addPart(id: string, part: StoredPart, savedAt: number): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Gives a lock back. Where it returns a promise, that resolves when others can have it. */
export type Release = () => void | Promise<void>;

/** Sees to it that one upload is under way in one tab only. */
export interface Locks {
  /**
   * Resolves when the lock is held, with a function that gives it back. Rejects with the signal's reason.
   *
   * @param onWait called once where another holds it
   */
  acquire(name: string, signal: AbortSignal, onWait: () => void): Promise<Release>;
  /** Whether anyone holds it at this moment. */
  isHeld(name: string): Promise<boolean>;
}

/** Time and chance, passed in so that the engine is repeatable. */
export interface Environment {
  /** Milliseconds since 1970, by this device. */
  now(): number;
  /** 0 ≤ x < 1 */
  random(): number;
  /** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A hint: `false` is to be believed for a while, `true` promises nothing. */
  isOnline(): boolean;
  /** Calls back when the hint changes. @returns a function that ends it */
  onOnlineChange(listener: () => void): () => void;
}
