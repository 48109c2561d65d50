// Formats an element's attributes as the HTML a developer would write.

/** Attributes that the element or the demo sets; a developer wouldn't write them. */
const OMITTED = new Set(['id', 'status', 'class', 'style']);

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

export function tagSource(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({ name }) => !OMITTED.has(name))
    .map(({ name, value }) => (value === '' ? name : `${name}="${escape(value)}"`));
  const tag = element.localName;
  return `<${[tag, ...attributes].join('\n  ')}\n></${tag}>`;
}
