/** Connects to a server before the first request. */

/** How long browsers keep a connection that is not used, in milliseconds. */
const LIFETIME = 10_000;

/** Origins of the last connections. */
const connected = new Set<string>();

/** Connects to the server of a URL, as requests without cookies need it. Does nothing outside of pages. */
export function preconnect(url: string): void {
  const { origin } = new URL(url);
  const head = globalThis.document?.head;
  if (!head || connected.has(origin)) return;
  connected.add(origin);
  const link = document.createElement('link');
  link.rel = 'preconnect';
  link.href = origin;
  link.crossOrigin = 'anonymous';
  head.append(link);
  setTimeout(() => {
    link.remove();
    connected.delete(origin);
  }, LIFETIME);
}
