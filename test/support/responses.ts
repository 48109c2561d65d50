// Orders answers of the page's own server: `answerUrl` for the address, `servedRequests` for what came in.

export interface AnswerRequest {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Keeps the request waiting for ever. */
  never?: boolean;
  /** The connection breaks in the middle of the answer. */
  breaks?: boolean;
}

export interface ServedRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

/** An address that gives these answers one after the other, the last one from then on. */
export function answerUrl(...answers: AnswerRequest[]): string {
  const query = new URLSearchParams({ id: crypto.randomUUID(), answers: JSON.stringify(answers) });
  return `/@answer?${query.toString()}`;
}

/** What the address was asked, in order. */
export async function servedRequests(url: string): Promise<ServedRequest[]> {
  const id = new URL(url, location.href).searchParams.get('id') ?? '';
  const response = await fetch(`/@answers?id=${id}`);
  return (await response.json()) as ServedRequest[];
}
