/** xml2js's `parseString` over the browser's parser, as the SDK sets it: no root, no arrays of one, no attributes. */

type XmlValue = string | { [name: string]: XmlValue | XmlValue[] };

export function parseString(
  text: string,
  _options: unknown,
  done: (error: Error | null, value?: XmlValue | null) => void,
): void {
  if (text.trim() === '') return done(null, null);
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.querySelector('parsererror')) return done(new Error('The answer is not XML.'));
  done(null, toValue(document.documentElement));
}

function toValue(element: Element): XmlValue {
  if (element.childElementCount === 0) return element.textContent ?? '';
  const value: { [name: string]: XmlValue | XmlValue[] } = {};
  for (const child of element.children) {
    const known = value[child.nodeName];
    const next = toValue(child);
    if (known === undefined) value[child.nodeName] = next;
    else if (Array.isArray(known)) known.push(next);
    else value[child.nodeName] = [known, next];
  }
  return value;
}
