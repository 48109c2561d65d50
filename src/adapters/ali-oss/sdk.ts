/**
 * As much of the SDK's client as the gateway calls: the one place that knows its names, private ones included. The
 * published types lack half of this and are wrong in places.
 */

import type { HttpResponse } from './transport.js';

/** What the SDK hands to `options.urllib`: a request, signed and ready. */
export interface SignedRequest {
  method: string;
  headers: Record<string, string | number | undefined>;
  content?: Blob | Uint8Array | string;
}

/** An answer as the SDK reads it; also of 4xx and 5xx. */
export interface SdkHttpResponse extends HttpResponse {
  res: HttpResponse;
}

export interface UrllibClient {
  /** Where there is no answer it rejects with `{ status: -1 | -2, name, message }`. */
  request(url: string, request: SignedRequest): Promise<SdkHttpResponse>;
}

export interface SdkOptions {
  accessKeyId: string;
  accessKeySecret: string;
  stsToken: string;
  region: string;
  bucket: string;
  endpoint?: string;
  cname?: boolean;
  sldEnable?: boolean;
  secure: boolean;
  authorizationV4: boolean;
  headerEncoding: 'latin1';
  refreshSTSTokenInterval: number;
  urllib: UrllibClient;
}

export interface SdkCallback {
  url: string;
  body: string;
  host?: string;
  contentType?: string;
  customValue?: Record<string, string>;
}

/** The SDK writes into what it is given: each call gets its own. */
export interface SdkCallOptions {
  mime?: string;
  headers?: Record<string, string>;
  meta?: Record<string, string>;
  callback?: SdkCallback;
  disabledMD5?: boolean;
}

/** Raw XML: numbers are strings, one part is an object, many are an array. */
export interface SdkPartsPage {
  isTruncated: string;
  nextPartNumberMarker?: string;
  parts: SdkListedPart | SdkListedPart[];
}

/** Whatever the answer held is in there, of whatever shape. */
export interface SdkListedPart {
  PartNumber: string;
  ETag: string;
  Size: string;
  HashCrc64ecma: string;
}

export interface SdkClient {
  /** Milliseconds that the server is ahead of this device. The constructor sets 0. */
  options: { amendTimeSkewed: number };
  /** Reads a range of the file into memory, unless it is replaced. */
  _createBuffer: (file: Blob, start: number, end: number) => Blob | Promise<Uint8Array>;
  put(key: string, body: Blob, options: SdkCallOptions): Promise<{ data?: unknown }>;
  /** The id as it stands in the answer, whatever that holds. */
  initMultipartUpload(key: string, options: SdkCallOptions): Promise<{ uploadId: unknown }>;
  uploadPart(
    key: string,
    uploadId: string,
    number: number,
    body: Blob,
    start: number,
    end: number,
    options: SdkCallOptions,
  ): Promise<{ etag: string }>;
  listParts(
    key: string,
    uploadId: string,
    query: { 'max-parts': number; 'part-number-marker'?: number },
    options: SdkCallOptions,
  ): Promise<SdkPartsPage>;
  completeMultipartUpload(
    key: string,
    uploadId: string,
    parts: { number: number; etag: string }[],
    options: SdkCallOptions,
  ): Promise<{ data?: unknown }>;
  abortMultipartUpload(key: string, uploadId: string, options: SdkCallOptions): Promise<unknown>;
  /** HEAD with `?objectMeta`: OSS leaves it uncompressed, so that it tells the size of text as well. */
  getObjectMeta(key: string, options: SdkCallOptions): Promise<unknown>;
}

export type SdkConstructor = new (options: SdkOptions) => SdkClient;

/** The SDK's client class, such as `window.OSS`; its published types describe it in another way than it is. */
export type OssSdk = new (options: never) => object;
