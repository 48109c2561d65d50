// What a page asks the demo's own web server.

import type { CredentialsAnswer } from '../site/credentials-faults.js';
import type { DemoSettings } from '../site/demo-settings.js';
import type { Traffic } from '../site/traffic.js';

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return (await response.json()) as T;
}

export const fetchSettings = (): Promise<DemoSettings> => ask('/demo/settings');

/** @param after The sequence of the last request that is known already. */
export const fetchTraffic = (after: number): Promise<Traffic> => ask(`/demo/traffic?after=${after}`);

export const answerCredentials = (answer: CredentialsAnswer): Promise<CredentialsAnswer> =>
  ask('/demo/credentials-answer', answer);

/** Where the stored object can be looked at. */
export const objectUrl = (key: string): string => `/demo/object?key=${encodeURIComponent(key)}`;
