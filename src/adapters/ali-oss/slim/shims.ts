/**
 * What the lean bundle puts in the place of the SDK's dependencies: one export a module, its value what `require`
 * shall return. Each does as much as the calls of an upload ask for. `rollup.slim-sdk.mjs` has the table.
 */
import { Buffer } from './buffer.js';
import { format, parse } from './url.js';
import { parseString } from './xml2js.js';

export const buffer: { Buffer: unknown } = { Buffer };
export const url = { parse, format };
export const xml2js = { parseString };

/** Operations that an upload never calls. */
export const nothing = {};

export const process = { browser: true };
export const path = { extname: (name: string) => /\.[^./]*$/.exec(name)?.[0] ?? '' };
/** Silence: what the SDK would print holds signed headers. */
export const debug = () => () => undefined;
/** Goes into `x-oss-user-agent`. */
export const platform = { description: navigator.userAgent };
export const utility = { encodeURIComponent };
export const isTypeOf = { string: (value: unknown) => typeof value === 'string', array: Array.isArray };
export const isString = isTypeOf.string;
export const isArray = Array.isArray;
export const isObject = (value: unknown) => typeof value === 'object' && value !== null;
export const toText = (value: string | number | null | undefined) => String(value ?? '');
export const milliseconds = (value: number) => value;
export class Agent {}

export const isIP = { isIP: (host: string) => /^(\d+(\.\d+){3}|\[.*\])$/.test(host) };
/** DingTalk's web view adds a content type of its own where none is set. */
export const isDingTalk = { isDingTalk: () => navigator.userAgent.toLowerCase().includes('aliapp(dingtalk') };

/** The SDK asks for the type of its XML bodies and of files; an upload names the type of its file. */
export const mime = { getType: (name: string) => (name === 'xml' ? 'application/xml' : null) };

/** `20250102T030405Z` for V4, RFC 1123 for V1. */
export const dateFormat = (date: Date | number, mask: string) => {
  const value = new Date(date);
  return mask.startsWith('UTC:yyyymmdd')
    ? value.toISOString().replace(/[-:]|\.\d+/g, '')
    : value.toUTCString();
};

/** As the V4 signature asks for it: sorted and encoded, a value of null as the bare name. */
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

/** The SDK's part loop lives in this module; `put` and `uploadPart` need these two of it. */
export const managedUpload = {
  _createBuffer: (file: Blob, start: number, end: number) => file.slice(start, end),
  _getFileSize: (file: Blob) => file.size,
};
