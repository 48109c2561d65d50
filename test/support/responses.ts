// URLs on the page's own server that return prepared responses, for tests of code that calls `fetch`.

/** A response of the test server; by default an empty 200. */
export interface StubResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Leaves the request pending forever. */
  never?: boolean;
  /** Breaks the connection in the middle of the body. */
  breaks?: boolean;
}

export interface ReceivedRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Returns a unique URL that sends these responses in order, and repeats the last one. */
export function responseUrl(...responses: StubResponse[]): string {
  const query = new URLSearchParams({ id: crypto.randomUUID(), responses: JSON.stringify(responses) });
  return `/@response?${query.toString()}`;
}

/** Path of the application server that upload callbacks are sent to, and its response. */
export const CALLBACK_PATH = '/@callback';
export const CALLBACK_RESPONSE = '{"saved":true}';

/** Returns a unique absolute URL for upload callbacks. Without escape sequences, which the SDK would escape again. */
export function callbackUrl(): string {
  return `${location.origin}${CALLBACK_PATH}?id=${crypto.randomUUID()}`;
}

/** Returns the requests that the server received for a URL of this module, in order. */
export async function receivedRequests(url: string): Promise<ReceivedRequest[]> {
  const id = new URL(url, location.href).searchParams.get('id') ?? '';
  const response = await fetch(`/@received-requests?id=${id}`);
  return (await response.json()) as ReceivedRequest[];
}
