import type { SignRequest } from '../protocol.js';

/** Has the page's server sign requests to OSS. @returns presigned URLs */
export async function sign(requests: readonly SignRequest[]): Promise<string[]> {
  const response = await fetch('/sign', { method: 'POST', body: JSON.stringify(requests) });
  return (await response.json()) as string[];
}
