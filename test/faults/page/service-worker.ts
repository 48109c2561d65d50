// Service worker that passes on all requests to other origins, as caching libraries do. The browser then reports a body as
// sent as soon as the worker has it.

/** The part of the global scope that the worker uses. The project has no types for service workers. */
interface ServiceWorkerScope extends EventTarget {
  location: Location;
  clients: { claim(): Promise<void> };
}

interface FetchEvent extends Event {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as ServiceWorkerScope;

scope.addEventListener('activate', (event) => {
  (event as Event & { waitUntil(promise: Promise<void>): void }).waitUntil(scope.clients.claim());
});
scope.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as FetchEvent;
  if (new URL(request.url).origin === scope.location.origin) return;
  respondWith.call(event, fetch(request));
});
