// The origins of the demo's pages. Shared by the server and the pages.

/** The names that the demo's server answers to. The browser sees a different origin under each. */
const HOSTNAMES = ['localhost', '127.0.0.1', '[::1]'];

/** @param url Any URL of the demo. */
export const demoOrigins = (url: string): string[] =>
  HOSTNAMES.map((hostname) => {
    const { origin } = Object.assign(new URL(url), { hostname });
    return origin;
  });
