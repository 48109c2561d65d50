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
    if (mayObserveProgress(method, url)) {
      this.upload.addEventListener('progress', ({ loaded, total }) => (request.bodySent ||= loaded >= total));
      this.upload.addEventListener('load', () => (request.bodySent = true));
    }
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
    const formKey = body instanceof FormData ? body.get('key') : null;
    if (typeof formKey === 'string') request.key = formKey;
    requests.push(request);
    send.call(this, body);
  };
  return requests;
}

/** Whether a request may have listeners for upload progress. They would make the browser send a preflight for a form. */
export function mayObserveProgress(method: string, url: string | URL): boolean {
  return !isForm(method, new URL(url));
}

const isForm = (method: string, { search }: URL): boolean => method === 'POST' && search === '';

function describe(method: string, url: URL): SentRequest {
  const { pathname, searchParams } = url;
  const partNumber = searchParams.get('partNumber');
  const uploadId = searchParams.get('uploadId') ?? undefined;
  return {
    operation: identify(method, url),
    key: decodeURIComponent(pathname.slice(1)),
    uploadId,
    at: 0,
    bodySent: false,
    aborted: false,
    ...(partNumber !== null && { partNumber: Number(partNumber) }),
  };
}

function identify(method: string, url: URL): SentRequest['operation'] {
  if (isForm(method, url)) return 'PostObject';
  const { searchParams } = url;
  switch (method) {
    case 'PUT':
      return searchParams.has('partNumber') ? 'UploadPart' : 'PutObject';
    case 'GET':
      return searchParams.has('uploadId') ? 'ListParts' : 'other';
    case 'HEAD':
      return 'HeadObject';
    default:
      return 'other';
  }
}
