// Request and response types of the operations.

import type { CallbackUrls } from './callback.js';
import type { Form } from './form.js';
import type { RequestBody } from './request-body.js';
import type { SignableRequest } from './signature.js';
import type { Bucket } from './store.js';

/** An authenticated and authorized request to a bucket. */
export interface OssRequest extends SignableRequest {
  /** The value of `x-oss-request-id`. */
  id: string;
  /** Request URL without the query. */
  url: string;
  clientIp: string;
  bucketStore: Bucket;
  /** The URLs that upload callbacks may be sent to. */
  callbackUrls: CallbackUrls;
  body: RequestBody;
  /** Start of the body of a PostObject request. The headers are then those of the same PutObject request. */
  form: Form | undefined;
  /** The emulator's time in milliseconds since the epoch. */
  time: number;
}

/** The account that owns all buckets and objects. */
export const OWNER = { ID: '1234567890123456', DisplayName: '1234567890123456' };

/** The response of an operation. */
export interface OssResponse {
  /** HTTP status code. */
  status: number;
  headers?: Record<string, string | number>;
  body?: string | AsyncIterable<Buffer>;
}

/** Creates a 200 response with an XML body. */
export const xmlResponse = (body: string, headers: OssResponse['headers'] = {}): OssResponse => ({
  status: 200,
  headers: { 'Content-Type': 'application/xml', ...headers },
  body,
});
