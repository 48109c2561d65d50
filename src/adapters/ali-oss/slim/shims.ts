/**
 * Replacements for the SDK's dependencies in the slim bundle. Each export is the value that `require` returns for one
 * module, reduced to what uploads use. `rollup.slim-sdk.mjs` maps module names to exports.
 */
import { Buffer } from './buffer.js';
import { format, parse } from './url.js';

export const buffer: { Buffer: unknown } = { Buffer };
export const url = { parse, format };

/** Replaces modules that uploads don't use. */
export const nothing = {};

export const process = { browser: true };
export const path = { extname: (name: string) => /\.[^./]*$/.exec(name)?.[0] ?? '' };
/** Logs nothing, because the SDK's debug output contains signed headers. */
export const debug = () => () => undefined;
/** The SDK sends it as part of `x-oss-user-agent`. */
export const platform = { description: navigator.userAgent };
export const utility = { encodeURIComponent };
export const isTypeOf = { string: (value: unknown) => typeof value === 'string', array: Array.isArray };
export const isString = isTypeOf.string;
export const isArray = Array.isArray;
export const isObject = (value: unknown) => typeof value === 'object' && value !== null;
export const toText = (value: string | number | null | undefined) => String(value ?? '');
export const milliseconds = (value: number) => value;
export class Agent {}

/** Copies properties that the target doesn't have itself. The original also skips those of `Object.prototype`. */
export const copy = (source: Record<string, unknown> = {}) => ({
  to: (target: Record<string, unknown>) => {
    for (const name of Object.keys(source)) {
      if (!Object.hasOwn(target, name) || target[name] === undefined) target[name] = source[name];
    }
    return target;
  },
});

export const isIP = { isIP: (host: string) => /^(\d+(\.\d+){3}|\[.*\])$/.test(host) };
/** DingTalk's web view adds a `Content-Type` to requests without one. */
export const isDingTalk = { isDingTalk: () => navigator.userAgent.toLowerCase().includes('aliapp(dingtalk') };

/** The SDK looks up the types of XML bodies and of files. Uploads set the type of the file explicitly. */
export const mime = { getType: (name: string) => (name === 'xml' ? 'application/xml' : null) };

/** Formats a date as `20250102T030405Z` for V4 signatures, otherwise as in RFC 1123. */
export const dateFormat = (date: Date | number, mask: string) => {
  const value = new Date(date);
  return mask.startsWith('UTC:yyyymmdd')
    ? value.toISOString().replace(/[-:]|\.\d+/g, '')
    : value.toUTCString();
};

/** Builds the canonical query string of a V4 signature: sorted and encoded, with a bare name for null values. */
export const qs = {
  stringify: (
    query: Record<string, unknown>,
    { encoder, sort }: { encoder: (value: unknown) => string; sort: (a: string, b: string) => number },
  ) =>
    Object.keys(query)
      .sort(sort)
      .filter((name) => query[name] !== undefined)
      .map((name) => (query[name] === null ? encoder(name) : `${encoder(name)}=${encoder(query[name])}`))
      .join('&'),
};

/** AbortMultipartUpload stops the SDK's own multipart loop, which isn't used. */
export const parallel = { _stop: () => {} };
/** Replaces the SDK's own multipart loop. `put` and `uploadPart` need only these two functions of the module. */
export const managedUpload = {
  _createBuffer: (file: Blob, start: number, end: number) => file.slice(start, end),
  _getFileSize: (file: Blob) => file.size,
};
