/** Converts object options (headers, metadata, tags, callback) to the SDK's call options. */
import type { ObjectOptions } from '../../core/ports.js';
import { withoutPrototype } from '../../core/without-prototype.js';
import type { SdkCallOptions } from './sdk.js';

/** OSS's own default; sent explicitly so that the SDK doesn't guess a type from the object key. */
const DEFAULT_CONTENT_TYPE = 'application/octet-stream';

/** Returns options for one SDK call. The SDK modifies them, and reads others than those that are given. */
export function callOptions(options: SdkCallOptions = {}): SdkCallOptions {
  return withoutPrototype({ headers: {}, mime: undefined, ...options });
}

/**
 * Returns the options for the requests that define the object: PutObject and InitiateMultipartUpload.
 *
 * @param options validated; the names of headers are in lower case
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export function objectOptions(objectOptions: ObjectOptions): SdkCallOptions {
  const options = withoutPrototype(objectOptions);
  const { 'content-type': contentType, ...headers } = options.headers ?? {};
  return callOptions({
    mime: contentType ?? (options.contentType || DEFAULT_CONTENT_TYPE),
    headers: {
      ...headers,
      ...overwriteHeader(options),
      ...(options.tags && { 'x-oss-tagging': encodeTags(options.tags) }),
      ...(options.storageClass && { 'x-oss-storage-class': options.storageClass }),
    },
    meta: options.meta && { ...options.meta },
    callback: copyCallback(options),
    disabledMD5: true,
  });
}

/**
 * Returns the options for CompleteMultipartUpload. OSS takes all other settings from InitiateMultipartUpload.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/completemultipartupload
 */
export function completeOptions(objectOptions: ObjectOptions): SdkCallOptions {
  const options = withoutPrototype(objectOptions);
  const acl = options.headers?.['x-oss-object-acl'];
  return callOptions({
    headers: { ...overwriteHeader(options), ...(acl && { 'x-oss-object-acl': acl }) },
    callback: copyCallback(options),
  });
}

function overwriteHeader({ overwrite = false }: ObjectOptions): Record<string, string> {
  return overwrite ? {} : { 'x-oss-forbid-overwrite': 'true' };
}

/** Copies the callback, because the SDK modifies its options. */
function copyCallback({ callback }: ObjectOptions): SdkCallOptions['callback'] {
  return callback && { ...callback, customValue: callback.customValue && { ...callback.customValue } };
}

function encodeTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}
