// Client for the HTTP API of the demo's web server.

import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { CredentialsMode } from '../site/credentials-faults.js';
import type { DemoSettings } from '../site/demo-settings.js';
import type { Traffic, UploadTraffic } from '../site/traffic.js';

async function request<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${path} responded with ${response.status}.`);
  return (await response.json()) as T;
}

export const fetchSettings = (): Promise<DemoSettings> => request('/demo/settings');

/** @param after Sequence number of the last request to leave out. */
export const fetchTraffic = (after: number): Promise<Traffic> => request(`/demo/traffic?after=${after}`);

export const fetchUploadTraffic = (key: string): Promise<UploadTraffic> =>
  request(`/demo/upload-traffic?key=${encodeURIComponent(key)}`);

export const setCredentialsMode = (mode: CredentialsMode): Promise<CredentialsMode> =>
  request('/demo/credentials-mode', mode);

/** Returns a client for the emulator's control API, which the demo's server serves; `undefined` for a real bucket. */
export const createControl = ({ controlToken }: DemoSettings): OssControl | undefined =>
  controlToken === undefined ? undefined : new OssControl({ url: location.origin, controlToken });

/** Returns the URL at which the demo serves a stored object. */
export const objectUrl = (key: string): string => `/demo/object?key=${encodeURIComponent(key)}`;
