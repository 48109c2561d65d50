// Serializes the XML documents of responses. Parsing is in parse-xml.ts.

type XmlValue = string | number | boolean;

/** Child elements by name: text or nested children. An array repeats the element, `undefined` omits it. */
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

function serializeElement(name: string, content: XmlChildren[string]): string {
  if (content === undefined) return '';
  if (Array.isArray(content))
    return content.map((item: XmlChildren) => serializeElement(name, item)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => serializeElement(child, value))
          .join('')
      : escapeText(String(content));
  return `<${name}>${inner}</${name}>`;
}

/** Returns a time as OSS writes it. It has whole seconds: SDKs such as oss2 for Python parse the `.000Z` literally. */
export const xmlTime = (milliseconds: number): string =>
  new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();

/** Returns an XML document with a declaration and one root element. */
export function xmlDocument(root: string, children: XmlChildren): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${serializeElement(root, children)}`;
}
