/** The interfaces through which the engine reaches OSS, storage, locks and the clock. Adapters implement them. */

/** The location of a bucket. */
export interface BucketLocation {
  /** Region of the bucket: `oss-cn-hangzhou` or `cn-hangzhou`. Required, because V4 signatures include it. */
  region: string;
  /** Name of the bucket. */
  bucket: string;
  /** URL or host of the OSS endpoint. Default: the public endpoint of the region. */
  endpoint?: string | undefined;
  /** Whether `endpoint` is a custom domain that is bound to the bucket. */
  cname?: boolean | undefined;
  /** Whether the bucket name is the first segment of the URL path instead of part of the host name. */
  pathStyle?: boolean | undefined;
}

/** The location of one object. */
export interface ObjectTarget extends BucketLocation {
  /** Object key: 1 to 1,023 bytes of UTF-8. */
  key: string;
}

/** Temporary credentials from Alibaba Cloud STS. Kept in memory, and never part of a log, an event or a checkpoint. */
export interface StsCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken: string;
}

export interface CredentialsRequest {
  /** Stops waiting for the credentials. The call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Credentials that OSS rejected. The provider returns different ones. */
  insteadOf?: StsCredentials | undefined;
  /** Whether no upload waits for them. If they are forgotten meanwhile, the call rejects instead of requesting new ones. */
  isEarly?: boolean | undefined;
}

/** Provides STS credentials to all uploads of an engine. Concurrent calls share one request. */
export interface CredentialsProvider {
  /** Returns credentials. OSS decides whether they are valid. @throws UploadError with one of the `credentials-…` codes */
  get(request?: CredentialsRequest): Promise<StsCredentials>;
}

/**
 * A request that OSS sends to your server once the object is stored (`x-oss-callback`). The server must return HTTP 200
 * with a JSON body, which becomes `callback` in the result. Otherwise the object stays stored, but the upload fails with
 * `callback-failed`, and a retry makes OSS send the request again. Your server may receive it more than once.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 *
 * @example
 * element.callback = {
 *   url: 'https://example.com/uploaded',
 *   body: 'key=${object}&size=${size}&user=${x:user}',
 *   customValue: { user: '42' },
 * };
 */
export interface UploadCallback {
  /** URL of your server, to which OSS sends a POST request. Must be reachable from the internet. */
  url: string;
  /** Request body. OSS fills in variables such as `${bucket}`, `${object}`, `${etag}`, `${size}` and `${x:name}`. */
  body: string;
  /** `Host` header of the request. Default: the host of `url`. */
  host?: string | undefined;
  /** `application/x-www-form-urlencoded` (default) or `application/json`. */
  contentType?: string | undefined;
  /** Custom variables. `{ name: 'value' }` defines `${x:name}`. */
  customValue?: Record<string, string> | undefined;
}

/** Settings of the stored object. */
export interface ObjectOptions {
  /** MIME type of the object. Default: the type of the file, or `application/octet-stream`. */
  contentType?: string | undefined;
  /**
   * Whether an existing object with the same key may be replaced. Default `false`: uploads fail with `object-exists`. If
   * the object has the same bytes, and there is no callback, it is reused instead.
   */
  overwrite?: boolean | undefined;
  /** HTTP headers of the object, such as `Cache-Control`, or further `x-oss-…` headers of the request. */
  headers?: Record<string, string> | undefined;
  /** User metadata, by name without the prefix `x-oss-meta-`. At most 8 KB. */
  meta?: Record<string, string> | undefined;
  /** Object tags, by name. At most 10. */
  tags?: Record<string, string> | undefined;
  /** Storage class, such as `IA`. Default: the storage class of the bucket. */
  storageClass?: string | undefined;
  /** Request that OSS sends to your server once the object is stored. */
  callback?: UploadCallback | undefined;
}

/**
 * Settings for one object. Each replaces the setting for all objects as a whole; `undefined` keeps that setting, and `null`
 * removes it.
 */
export type FileObjectOptions = {
  [Name in Exclude<keyof ObjectOptions, 'overwrite'>]?: ObjectOptions[Name] | null;
};

/**
 * Returns settings for the object that stores a file, or nothing if it needs none of its own.
 *
 * Called once for each upload, before its first request. Pauses and retries use the same answer, unless the function failed
 * or the file was replaced. If it throws, returns invalid settings or doesn't answer within 30 seconds, only the upload of
 * this file fails. It is called again after a reload. An upload that has parts at OSS then keeps the settings that it
 * started with, except for `callback` and the header `x-oss-object-acl`.
 *
 * @example
 * element.objectOptions = (file, key) => ({
 *   headers: { ...element.headers, 'Content-Disposition': 'attachment' },
 *   meta: { source: file.webkitRelativePath },
 *   storageClass: file.size > 1e9 ? 'IA' : undefined,
 * });
 */
export type ObjectOptionsFunction = (
  file: File,
  key: string,
) => FileObjectOptions | undefined | void | Promise<FileObjectOptions | undefined | void>;

export interface CallOptions {
  /** Aborts the request. The call rejects with the signal's reason. */
  signal: AbortSignal;
}

export interface SendOptions extends CallOptions {
  /** Called while the body is sent, with the number of bytes that this request has sent so far. */
  onProgress?: ((bytesSent: number) => void) | undefined;
  /** Called before a request without progress: from then on, OSS may have received the body. */
  onUntracked?: (() => void) | undefined;
  /**
   * Called when the request would time out. If it returns `true`, the request continues for the same time.
   *
   * @param bytesSent bytes that this request has sent so far
   */
  keepWaiting?: ((bytesSent: number) => Promise<boolean>) | undefined;
  /** Whether the caller has just read the body. Otherwise, the gateway checks that the file is readable before it sends it. */
  wasRead?: boolean | undefined;
}

/** A part that OSS has acknowledged. */
export interface DonePart {
  /** Part number, 1 to 10,000. */
  number: number;
  /** ETag as returned by OSS, including quotes. */
  etag: string;
}

/** A stored part with the checksum of its bytes, if known. */
export interface StoredPart extends DonePart {
  /** CRC-64/XZ in decimal. OSS reports it only if the bucket's CORS rule exposes `x-oss-hash-crc64ecma`. */
  crc64?: string | undefined;
}

/** A part in the list of parts that OSS returns. */
export interface ListedPart extends StoredPart {
  /** Bytes. */
  size: number;
}

/** A byte range of an existing object. */
export interface CopySource {
  /** Offset of the first byte. */
  start: number;
  /** Offset after the last byte. */
  end: number;
  /** ETag of the object, including quotes. */
  etag: string;
}

/** Which parts to list. Default: all. */
export interface ListOptions extends CallOptions {
  /** List only parts with higher numbers. */
  after?: number | undefined;
  /** Maximum number of parts. */
  limit?: number | undefined;
}

/** The object that an upload has stored. */
export interface StoredObject {
  etag: string;
  /** URL of the object, without a signature. */
  url: string;
  /** CRC-64/XZ in decimal, if the bucket's CORS rule exposes `x-oss-hash-crc64ecma`. */
  crc64?: string | undefined;
  /** Version of the object, if the bucket has versioning and its CORS rule exposes `x-oss-version-id`. */
  versionId?: string | undefined;
  /** What your server returned to OSS, if the upload has a callback. */
  callback?: unknown;
}

/** An existing object. */
export interface ObjectSummary extends StoredObject {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970 by this device's clock. A multiple of a second by the server's. */
  lastModified?: number | undefined;
}

/**
 * The OSS operations on one object key. A gateway fetches credentials and corrects the clock. It repeats a request once
 * if the token has expired or the clock was wrong. The engine does all other retries.
 *
 * A method that fails rejects with an {@link UploadError}, or with the signal's reason if it is aborted.
 */
export interface OssGateway {
  /** Stores the object in a single request. */
  put(body: Blob, options: ObjectOptions & SendOptions): Promise<StoredObject>;
  /** Starts a multipart upload. @returns the upload ID */
  createUpload(options: ObjectOptions & CallOptions): Promise<string>;
  /** Sends one part. @param number 1 to 10,000 */
  uploadPart(uploadId: string, number: number, body: Blob, options: SendOptions): Promise<StoredPart>;
  /** Returns the stored parts of all pages, sorted by part number. */
  listParts(uploadId: string, options: ListOptions): Promise<ListedPart[]>;
  /**
   * Copies a range of the existing object with this key into a part, within OSS.
   *
   * @param source the range, `start` inclusive and `end` exclusive; fails unless the object has this ETag
   */
  copyPart(uploadId: string, number: number, source: CopySource, options: CallOptions): Promise<DonePart>;
  /** Assembles the object from its parts. */
  completeUpload(
    uploadId: string,
    parts: readonly DonePart[],
    options: ObjectOptions & CallOptions,
  ): Promise<StoredObject>;
  /** Aborts a multipart upload, which deletes its parts. */
  abortUpload(uploadId: string, options: CallOptions): Promise<void>;
  /** Returns the existing object, or `undefined` if there is none. */
  head(options: CallOptions): Promise<ObjectSummary | undefined>;
}

/** Opens a gateway for one transfer. The first call loads the SDK. */
export type OpenGateway = (target: ObjectTarget, options: CallOptions) => Promise<OssGateway>;

/** Computes checksums off the main thread. */
export interface Checksum {
  /** Returns the CRC-64/XZ of all bytes. Rejects with the signal's reason if it is aborted. */
  crc64(data: Blob, signal: AbortSignal): Promise<bigint>;
}

/** The fields of a checkpoint that stay the same when a part is added. Contains no credentials. */
export interface StoredUpload {
  /** ID of the upload in this package. */
  id: string;
  /** Equal for the same file at the same destination. See `fingerprint.ts`. */
  fingerprint: string;
  /** Equal for the same bucket, key template and scope. */
  destination: string;
  /** Name of the bucket. */
  bucket: string;
  /** Object key. */
  key: string;
  fileName: string;
  /** MIME type of the file. */
  fileType: string;
  /** Bytes. */
  fileSize: number;
  /** When the file was last modified, in milliseconds since 1970. */
  lastModified: number;
  /** Bytes. */
  partSize: number;
  /** ID of the multipart upload at OSS. */
  uploadId: string;
  /** When the checkpoint was last written, in milliseconds since 1970. */
  savedAt: number;
  /** Whether the completing request was sent without a response, so that the object may exist. */
  completeUnanswered: boolean;
  /** Handle that reopens the file without a file picker, in browsers with File System Access. */
  handle?: unknown;
  /** The field of the page that it belongs to. Absent if the field has no name. */
  field?: string | undefined;
}

/** A saved checkpoint: the upload and its stored parts. */
export interface StoredCheckpoint {
  upload: StoredUpload;
  parts: StoredPart[];
}

/** What uploads have shown about the network to an endpoint. See `line.ts`. Contains no credentials. */
export interface StoredLine {
  /** Version of this format. */
  version: 1;
  /** Origin of the endpoint, or the region. */
  endpoint: string;
  /** Bytes per second of one connection. */
  rate: number;
  /** Bytes per second of all connections. */
  throughput: number;
  /** Milliseconds. */
  roundTrip: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/**
 * Saves checkpoints across page loads. Any method may reject or never settle, for example because storage is full or
 * blocked. Callers must handle it.
 */
export interface CheckpointStore {
  /** Returns all valid checkpoints. Skips damaged ones and those of newer versions. */
  list(): Promise<StoredCheckpoint[]>;
  /** Returns the checkpoint with this fingerprint, if there is one. If there are several, returns the newest. */
  find(fingerprint: string): Promise<StoredCheckpoint | undefined>;
  /** Creates or replaces the upload of a checkpoint. Keeps its parts. */
  save(upload: StoredUpload): Promise<void>;
  /**
   * Adds a part to a checkpoint. May resolve with `false` if the checkpoint doesn't exist. It is then saved again.
   *
   * @param savedAt milliseconds since 1970
   */
  addPart(id: string, part: StoredPart, savedAt: number): Promise<boolean | void>;
  /** Adds up to 100 parts to a checkpoint, as `addPart` does. Without it, they are added with concurrent calls of `addPart`. */
  addParts?(id: string, parts: StoredPart[], savedAt: number): Promise<boolean | void>;
  /** Deletes a checkpoint with its parts. */
  remove(id: string): Promise<void>;
  /** Returns what was saved about the network to an endpoint. */
  findLine?(endpoint: string): Promise<unknown>;
  /** Saves what uploads have shown about the network to an endpoint, in place of what was saved before. */
  saveLine?(line: StoredLine): Promise<void>;
  /** Deletes expired checkpoints. Called where nothing else calls the store, with `noResume`. */
  prune?(): Promise<void>;
}

/** Releases a lock. If it returns a promise, that resolves once others can acquire the lock. */
export type Release = () => void | Promise<void>;

/**
 * Keeps tabs and elements from sending the same upload at the same time, and from discarding one that another of them
 * holds. Locks and claims with the same name are independent. Both end when their page closes or crashes. Any method may
 * reject or never settle.
 */
export interface Locks {
  /**
   * Acquires a lock and resolves with a function that releases it. Rejects with the signal's reason if it is aborted.
   *
   * @param onWait called once if another holder has the lock
   */
  acquire(name: string, signal: AbortSignal, onWait: () => void): Promise<Release>;
  /**
   * Claims an upload. Several holders can claim the same one, so a claim never waits. A claim is granted before a lock
   * that the same page requests later.
   */
  claim(name: string): Promise<Release>;
  /** Returns the names that anyone claims, including this page. */
  claimed(): Promise<ReadonlySet<string>>;
}

/** Tells all tabs and elements of the site that a saved upload was claimed, released, finished or discarded. */
export interface Channel {
  post(): void;
  /** Calls `listener` after each post, including those of this page. Returns a function that unsubscribes it. */
  subscribe(listener: () => void): () => void;
}

/** The page in which the engine runs. */
export interface Page {
  /** Base of relative URLs. */
  baseUrl: string;
  /** Whether the page was loaded with TLS, so that the browser blocks requests without. */
  isSecure: boolean;
}

/** Clock, random numbers, timers, online state and page. Tests replace them to be repeatable. */
export interface Environment {
  /** Milliseconds since 1970 by this device's clock. */
  now(): number;
  /** A random number from 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Calls `callback` after `ms` milliseconds, to limit the time that the browser's own services take. Returns a function
   * that cancels it. Default: `setTimeout`.
   */
  startTimer?(ms: number, callback: () => void): () => void;
  /** Whether the device has a network. May be outdated. `true` doesn't mean that OSS is reachable. */
  isOnline(): boolean;
  /**
   * Calls `listener` when the online state changes, at least when the device comes back online. Returns a function that
   * unsubscribes it.
   */
  onOnlineChange(listener: () => void): () => void;
  /** Calls `listener` every `ms` milliseconds. Returns a function that stops it. */
  repeat(ms: number, listener: () => void): () => void;
  /** The current page. Outside browsers there is none. */
  page?(): Page | undefined;
}
