/**
 * xml2js's `parseString`, built on `DOMParser`, with the options that the SDK sets: no root element, no attributes, no
 * arrays for single elements.
 */

type XmlValue = string | { [name: string]: XmlValue | XmlValue[] };

export function parseString(
  text: string,
  _options: unknown,
  done: (error: Error | null, value?: XmlValue | null) => void,
): void {
  if (text.trim() === '') return done(null, null);
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.querySelector('parsererror')) return done(new Error('The response is not XML.'));
  done(null, toValue(document.documentElement));
}

function toValue(element: Element): XmlValue {
  if (element.childElementCount === 0) return element.textContent;
  const value: { [name: string]: XmlValue | XmlValue[] } = {};
  for (const child of element.children) {
    const existing = value[child.nodeName];
    const next = toValue(child);
    if (existing === undefined) value[child.nodeName] = next;
    else if (Array.isArray(existing)) existing.push(next);
    else value[child.nodeName] = [existing, next];
  }
  return value;
}
