// Writes an element's start tag as one would write it into a page.

/** What the element or the page adds by itself, and nobody writes. */
const OWN = new Set(['id', 'status', 'class', 'style']);

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

export function tagSource(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({ name }) => !OWN.has(name))
    .map(({ name, value }) => (value === '' ? name : `${name}="${escape(value)}"`));
  const tag = element.localName;
  return `<${[tag, ...attributes].join('\n  ')}\n></${tag}>`;
}
