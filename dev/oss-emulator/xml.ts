// Writes the small XML documents that OSS answers with. Reading is left to fast-xml-parser.

type XmlValue = string | number | boolean;

/** An element's content: text, or children by name; an array repeats the element, `undefined` leaves it out. */
export interface XmlChildren {
  [name: string]: XmlValue | XmlChildren | readonly XmlChildren[] | undefined;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

function element(name: string, content: XmlChildren[string]): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((item: XmlChildren) => element(name, item)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
      : escapeText(String(content));
  return `<${name}>${inner}</${name}>`;
}

export function xmlDocument(root: string, children: XmlChildren): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, children)}`;
}
