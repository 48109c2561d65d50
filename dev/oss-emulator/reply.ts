// What an operation hands back to be sent, and the request that it is handed.

import type { RequestBody } from './request-body.js';
import type { SignableRequest } from './signature.js';
import type { Bucket } from './store.js';

/** A request for one bucket, read, proven and allowed. */
export interface OssRequest extends SignableRequest {
  id: string;
  /** As it was asked for, without the query. */
  url: string;
  clientIp: string;
  bucketStore: Bucket;
  body: RequestBody;
}

export interface Reply {
  status: number;
  headers?: Record<string, string | number>;
  body?: string | AsyncIterable<Buffer>;
}

export const xmlReply = (body: string, headers: Reply['headers'] = {}): Reply => ({
  status: 200,
  headers: { 'Content-Type': 'application/xml', ...headers },
  body,
});
