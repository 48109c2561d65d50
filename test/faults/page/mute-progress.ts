// Keeps the browser from reporting upload progress, as some service workers and web views do.
import { mayObserveProgress } from './sent-requests.js';

const EVENTS = ['loadstart', 'progress', 'load', 'loadend'];

/** Suppresses the events of all later requests. Listeners that were added when a request was opened still get them. */
export function muteProgress(): void {
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
    open.call(this, method, url, true);
    if (!mayObserveProgress(method, url)) return;
    for (const type of EVENTS)
      this.upload.addEventListener(type, (event) => event.stopImmediatePropagation());
  };
}
