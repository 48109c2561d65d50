/**
 * Types for the subset of the SDK (ali-oss 6.23) that the gateway uses, including private members. The published types
 * are incomplete and partly wrong.
 */

import type { HttpResponse } from './transport.js';

/** A signed request, as the SDK passes it to `options.urllib`. */
export interface SignedRequest {
  method: string;
  headers: Record<string, string | number | undefined>;
  content?: Blob | FormData | Uint8Array | string;
}

/** A response in the shape the SDK reads, including 4xx and 5xx responses. */
export interface SdkHttpResponse extends HttpResponse {
  res: HttpResponse;
}

/** The HTTP client interface that the SDK requires of `options.urllib`. */
export interface UrllibClient {
  /** Rejects with `{ status: -1 | -2, name, message }` if there is no response: network error or timeout. */
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
  host?: string | undefined;
  contentType?: string | undefined;
  customValue?: Record<string, string> | undefined;
}

/** Options of one SDK call. The SDK modifies the object, so each call needs a new one. */
export interface SdkCallOptions {
  mime?: string | undefined;
  headers?: Record<string, string>;
  meta?: Record<string, string> | undefined;
  callback?: SdkCallback | undefined;
  disabledMD5?: boolean;
}

/** One page of ListParts, as parsed from XML: numbers are strings, a single part is not wrapped in an array. */
export interface SdkPartsPage {
  isTruncated: string;
  nextPartNumberMarker?: string;
  parts: SdkListedPart | SdkListedPart[];
}

/** A part of a well-formed response. The SDK doesn't validate it: check each field before use. */
export interface SdkListedPart {
  PartNumber: string;
  ETag: string;
  Size: string;
  HashCrc64ecma: string;
}

export interface SdkClient {
  options: SdkOptions & {
    /** Milliseconds by which the server's clock is ahead of this device's. The constructor sets it to 0. */
    amendTimeSkewed: number;
  };
  /** Returns a range of the file as the request body. The SDK's implementation reads it into memory. */
  _createBuffer: (file: Blob, start: number, end: number) => Blob | Promise<Uint8Array>;
  /** Parses the body of a response. The SDK's implementation accepts any root element, and returns null for no text. */
  parseXML: (text: string) => Promise<unknown>;
  /**
   * Returns the V4 signature of a form, of the Base64 of its policy. Versions before 6.22 lack it; objects are then sent with `put`.
   *
   * @param policy JSON
   */
  signPostObjectPolicyV4(policy: string, date: Date): string;
  put(key: string, body: Blob, options: SdkCallOptions): Promise<{ data?: unknown }>;
  /** `uploadId` is taken from the response without validation. */
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
  /**
   * Sends HEAD with `?objectMeta`. OSS doesn't compress this response, so `Content-Length` is the object's size.
   *
   * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobjectmeta
   */
  getObjectMeta(key: string, options: SdkCallOptions): Promise<unknown>;
}

export type SdkConstructor = new (options: SdkOptions) => SdkClient;

/** The SDK's client class, such as `window.OSS`. Loosely typed because the published types of the SDK are wrong. */
export type OssSdk = new (options: never) => object;
