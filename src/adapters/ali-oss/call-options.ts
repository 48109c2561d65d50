/** Turns what a page wants stored beside the bytes into options and headers of the SDK. */
import type { ObjectOptions } from '../../core/ports.js';
import type { SdkCallOptions } from './sdk.js';

/** OSS would take an object without a type for this. */
const DEFAULT_TYPE = 'application/octet-stream';

/** For the requests that make an object: put, and the start of a multipart upload. */
export function objectOptions(options: ObjectOptions): SdkCallOptions {
  const { 'content-type': type, ...headers } = lowerCase(options.headers);
  return {
    mime: type ?? (options.contentType || DEFAULT_TYPE),
    headers: {
      ...headers,
      ...overwriteHeader(options),
      ...(options.tags && { 'x-oss-tagging': encodeTags(options.tags) }),
      ...(options.storageClass && { 'x-oss-storage-class': options.storageClass }),
    },
    meta: options.meta && { ...options.meta },
    callback: callback(options),
    disabledMD5: true,
  };
}

/** For the request that completes it: everything else was said at the start. */
export function completeOptions(options: ObjectOptions): SdkCallOptions {
  const { 'x-oss-object-acl': acl } = lowerCase(options.headers);
  return {
    headers: { ...overwriteHeader(options), ...(acl && { 'x-oss-object-acl': acl }) },
    callback: callback(options),
  };
}

function overwriteHeader({ overwrite = false }: ObjectOptions): Record<string, string> {
  return overwrite ? {} : { 'x-oss-forbid-overwrite': 'true' };
}

function callback({ callback }: ObjectOptions): SdkCallOptions['callback'] {
  return callback && { ...callback, customValue: callback.customValue && { ...callback.customValue } };
}

function encodeTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
