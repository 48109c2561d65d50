/** `parse` and `format` of Node's `url` module, limited to endpoints and request URLs and built on `URL`. */

interface ParsedUrl {
  protocol: string | null;
  host: string;
  hostname: string;
}

interface FormattedUrl extends ParsedUrl {
  pathname: string;
  query: Record<string, string | number>;
}

export function parse(url: string): ParsedUrl {
  if (!/^[a-z]+:\/\//i.test(url)) return { protocol: null, host: '', hostname: '' };
  const { protocol, host, hostname } = new URL(url);
  return { protocol, host, hostname };
}

export function format({ protocol, host, pathname, query }: FormattedUrl): string {
  const search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  return `${protocol}//${host}${pathname}${search && `?${search}`}`;
}
