// Upload callbacks: calls the application's server after an object is stored and hands its answer on.
// Source: OSS API reference, "Callback". The call is not signed, and goes to this machine alone.

import { OssError } from './oss-error.js';

const TIMEOUT = 5000;

/** Values that a callback's body may name as `${…}`. */
export type CallbackVariables = Record<string, string | number>;

export interface Callback {
  urls: string[];
  host: string | undefined;
  body: string;
  bodyType: string;
  /** `x:name` to value. */
  custom: Record<string, string>;
}

/** Reads `x-oss-callback` and `x-oss-callback-var`. @throws {OssError} InvalidArgument where they can't be read. */
export function readCallback(
  callback: string | undefined,
  variables: string | undefined,
): Callback | undefined {
  if (callback === undefined) return undefined;
  const { callbackUrl, callbackHost, callbackBody, callbackBodyType } = readBase64Json(callback);
  const urls = callbackUrl?.split(';').filter((url) => url !== '') ?? [];
  if (urls.length === 0 || callbackBody === undefined) {
    throw new OssError(400, 'InvalidArgument', 'The callback configuration is not correct.');
  }
  return {
    urls,
    host: callbackHost,
    body: callbackBody,
    bodyType: callbackBodyType ?? 'application/x-www-form-urlencoded',
    custom: variables === undefined ? {} : readBase64Json(variables),
  };
}

/** An object's values that are strings; the one boolean there is, `callbackSNI`, means nothing on loopback. */
function readBase64Json(base64: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64, 'base64').toString());
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).filter(([, item]) => typeof item === 'string'));
    }
  } catch {
    // Told below, like any other value that is no object.
  }
  throw new OssError(400, 'InvalidArgument', 'The callback configuration is not json format.');
}

/**
 * Calls the URLs in turn until one answers with 200 and JSON, and returns that JSON.
 * @throws {OssError} CallbackFailed (203) when none does; the object stays stored.
 */
export async function callBack(callback: Callback, variables: CallbackVariables): Promise<string> {
  let reason = 'No callback URL.';
  for (const url of callback.urls) {
    try {
      return await callOne(url, callback, variables);
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  throw new OssError(203, 'CallbackFailed', reason);
}

async function callOne(url: string, callback: Callback, variables: CallbackVariables): Promise<string> {
  const { hostname } = new URL(url);
  if (!/^(?:localhost|.*\.localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) {
    throw new Error(`Error status : this local server calls back to this machine only, not to ${hostname}.`);
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': callback.bodyType, ...(callback.host && { Host: callback.host }) },
    body: fillIn(callback, variables),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`Error status : ${response.status}.`);
  JSON.parse(answer);
  return answer;
}

function fillIn({ body, bodyType, custom }: Callback, variables: CallbackVariables): string {
  const values: CallbackVariables = { ...custom, ...variables };
  const write = bodyType.startsWith('application/json')
    ? (value: string | number) => JSON.stringify(value)
    : (value: string | number) => encodeURIComponent(value);
  return body.replace(/\$\{([^}]+)\}/g, (_, name: string) => write(values[name] ?? ''));
}
