// Upload callbacks: sends a request to the application server after an object is stored and returns its response.
// Callbacks aren't signed, and `callbackHost` has no effect. They only reach the URLs that the emulator was started with:
// a web page must not be able to read the responses of other services on this machine.
// Source: OSS API reference, "Callback"; EC 0007-00000008.

import { invalidArgument, OssError } from './oss-error.js';

/** Milliseconds. */
const TIMEOUT = 5000;
const MAX_URLS = 5;
/** Bytes of a callback parameter. */
const MAX_PARAMETER_SIZE = 5 * 1024;
const BODY_TYPES = ['application/x-www-form-urlencoded', 'application/json'];

/** URLs that callbacks may be sent to, each with all URLs of the same origin whose path is equal or below it. */
export class CallbackUrls {
  readonly #allowed: readonly URL[];

  /** @throws {TypeError} If a URL isn't valid. */
  constructor(urls: readonly string[]) {
    this.#allowed = urls.map((url) => new URL(url));
  }

  includes(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { origin, pathname } = new URL(url);
    return this.#allowed.some(
      (allowed) =>
        allowed.origin === origin &&
        (allowed.pathname === pathname || pathname.startsWith(allowed.pathname.replace(/\/?$/, '/'))),
    );
  }
}

/** Values for the `${…}` placeholders of a callback body. */
export type CallbackVariables = Record<string, string | number>;

/** Parsed callback configuration of a request. */
export interface Callback {
  /** URLs to try in order. */
  urls: string[];
  /** Body template with `${…}` placeholders. */
  body: string;
  /** Content type of the body. */
  bodyType: string;
  /** Values of the custom `x:name` variables. */
  custom: Record<string, string>;
}

/**
 * Parses the `callback` and `callback-var` parameters. Returns `undefined` without a URL.
 * @throws {OssError} `InvalidArgument` (400) if a value isn't base64-encoded JSON or a field is missing or invalid.
 */
export function parseCallback(
  callback: string | undefined,
  variables: string | undefined,
): Callback | undefined {
  if (callback === undefined) return undefined;
  const {
    callbackUrl = '',
    callbackBody = '',
    callbackBodyType = BODY_TYPES[0] ?? '',
  } = parseBase64Json(callback);
  const custom = variables === undefined ? {} : parseBase64Json(variables);
  const urls = callbackUrl.split(';').filter((url) => url !== '');
  if (urls.length === 0) return undefined;
  const absoluteUrls = urls.map((url) => (url.includes('://') ? url : `http://${url}`));
  if (urls.length > MAX_URLS || !absoluteUrls.every((url) => URL.canParse(url)))
    throw invalidArgument('The callbackUrl is not valid.', '0007-00000004');
  if (callbackBody === '' || /\$(?!\{[^{}]+\})/.test(callbackBody))
    throw invalidArgument('The callbackBody is not valid.', '0007-00000105');
  if (!BODY_TYPES.includes(callbackBodyType))
    throw invalidArgument('The callbackBodyType is not valid.', '0007-00000012');
  if (!Object.keys(custom).every((name) => /^x:[^A-Z]+$/.test(name)))
    throw invalidArgument('The name of a callback variable must start with x: and be in lower case.');
  return {
    urls: absoluteUrls,
    body: callbackBody,
    bodyType: callbackBodyType,
    custom,
  };
}

/** Returns the string values of a base64-encoded JSON object. The only boolean, `callbackSNI`, has no effect here. */
function parseBase64Json(base64: string): Record<string, string> {
  if (base64.length > MAX_PARAMETER_SIZE) throw invalidArgument('The callback configuration is too long.');
  if (base64.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(base64))
    throw invalidArgument('The callback configuration is not base64 encoded.', '0007-00000002');
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return Object.fromEntries(Object.entries(value).filter(([, item]) => typeof item === 'string'));
    }
  } catch {
    // Invalid JSON is reported below, like a value that isn't an object.
  }
  throw invalidArgument('The callback configuration is not json format.', '0007-00000003');
}

/**
 * Posts the callback to its URLs in order and returns the first response that has status 200 and a JSON body.
 * @param allowed The URLs that the callback may be sent to.
 * @throws {OssError} `CallbackFailed` (203) if every URL fails. The object remains stored.
 */
export async function invokeCallback(
  callback: Callback,
  allowed: CallbackUrls,
  variables: CallbackVariables,
): Promise<string> {
  let reason = 'No callback URL.';
  for (const url of callback.urls) {
    if (!allowed.includes(url)) {
      reason = `Private address is forbidden to callback: ${url}. Start the OSS emulator with this URL in \`callbacks\`.`;
      continue;
    }
    try {
      return await postCallback(url, callback, variables);
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  throw new OssError(203, 'CallbackFailed', reason);
}

async function postCallback(url: string, callback: Callback, variables: CallbackVariables): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': callback.bodyType },
    body: renderBody(callback, variables),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const responseBody = await response.text();
  if (response.status !== 200) throw new Error(`Error status : ${response.status}.`);
  JSON.parse(responseBody);
  return responseBody;
}

function renderBody({ body, bodyType, custom }: Callback, variables: CallbackVariables): string {
  const values = new Map(Object.entries({ ...custom, ...variables }));
  const encode = bodyType.startsWith('application/json')
    ? (value: string | number) => JSON.stringify(value)
    : (value: string | number) => encodeURIComponent(value);
  return body.replace(/\$\{([^}]+)\}/g, (_, name: string) => encode(values.get(name) ?? ''));
}
