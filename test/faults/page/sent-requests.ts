// Records the requests that the page makes. When a reused connection breaks, a browser repeats a request, and
// the server can't distinguish the repetition from a request of the page.
import type { SentRequest } from '../task.js';

/** Records all requests from now on. @param now returns milliseconds since 1970 */
export function watchRequests(now: () => number): SentRequest[] {
  const requests: SentRequest[] = [];
  const opened = new WeakMap<XMLHttpRequest, SentRequest>();
  const { open, send } = XMLHttpRequest.prototype;

  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
    const request = describe(method, new URL(url));
    opened.set(this, request);
    open.call(this, method, url, true);
    this.upload.addEventListener('progress', ({ loaded, total }) => (request.bodySent ||= loaded >= total));
    this.upload.addEventListener('load', () => (request.bodySent = true));
    this.addEventListener('abort', () => (request.aborted = true));
    // Not `loadend`: the page may send the next request before it.
    for (const type of ['load', 'error', 'abort', 'timeout']) {
      this.addEventListener(type, () => {
        request.status = this.status;
        request.endedAt = now();
      });
    }
  };
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
    const request = opened.get(this)!;
    request.at = now();
    requests.push(request);
    send.call(this, body);
  };
  return requests;
}

function describe(method: string, { pathname, searchParams }: URL): SentRequest {
  const partNumber = searchParams.get('partNumber');
  const uploadId = searchParams.get('uploadId') ?? undefined;
  const operation =
    method === 'PUT' && partNumber !== null
      ? 'UploadPart'
      : method === 'GET' && uploadId
        ? 'ListParts'
        : 'other';
  return {
    operation,
    key: decodeURIComponent(pathname.slice(1)),
    uploadId,
    at: 0,
    bodySent: false,
    aborted: false,
    ...(partNumber !== null && { partNumber: Number(partNumber) }),
  };
}
