// Notes what the page hands to the browser: a browser repeats a request by itself when a connection breaks that had
// served before, and the server can't tell such a one from a request of the page.
import type { SentRequest } from '../task.js';

/** @param now milliseconds since 1970 */
export function watchRequests(now: () => number): SentRequest[] {
  const requests: SentRequest[] = [];
  const begun = new WeakMap<XMLHttpRequest, SentRequest>();
  const { open, send } = XMLHttpRequest.prototype;

  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
    begun.set(this, describe(method, new URL(url)));
    open.call(this, method, url, true);
  };
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
    const request = begun.get(this)!;
    request.at = now();
    requests.push(request);
    this.upload.addEventListener('progress', ({ loaded, total }) => (request.allSent ||= loaded >= total));
    this.upload.addEventListener('load', () => (request.allSent = true));
    this.addEventListener('abort', () => (request.aborted = true));
    this.addEventListener('loadend', () => {
      request.status = this.status;
      request.endedAt = now();
    });
    send.call(this, body);
  };
  return requests;
}

function describe(method: string, { searchParams }: URL): SentRequest {
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
    uploadId,
    at: 0,
    allSent: false,
    aborted: false,
    ...(partNumber !== null && { partNumber: Number(partNumber) }),
  };
}
