/**
 * Parses the XML of OSS responses. Doesn't use `DOMParser`: pages that require Trusted Types block it, and Firefox logs
 * its errors to the console.
 */

export interface XmlDocument {
  /** Name of the root element. */
  root: string;
  value: XmlValue;
}

/** The text of an element, or its children by name. Children of the same name are in an array. Has no attributes. */
export type XmlValue = string | { [name: string]: XmlValue | XmlValue[] };

/**
 * Declaration, comment, CDATA section with its content, tag with its slash, name and final slash, or text. A document type
 * declaration doesn't match.
 */
const TOKEN =
  /<\?.*?\?>|<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<(\/?)([^\s<>/!?="'&\d.-][^\s<>/!?="'&]*)(?:\s+[^\s<>/="']+\s*=\s*(?:"[^<"]*"|'[^<']*'))*\s*(\/?)>|([^<]+)/gsy;
const MAX_CODE_POINT = 0x10ffff;
/** Documents of OSS have three levels. */
const MAX_DEPTH = 100;
const ENTITY = /&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot|apos));|&/gi;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface OpenElement {
  name: string;
  parent?: OpenElement | undefined;
  depth: number;
  text: string;
  /** Without a prototype, so that no name has a special meaning. */
  children: Exclude<XmlValue, string>;
  hasChildren: boolean;
}

/** @throws SyntaxError if the text isn't well-formed XML, has a document type declaration or is too deeply nested */
export function parseXml(text: string): XmlDocument {
  const document = openElement('');
  let element = document;
  let end = 0;
  for (const [token, data, slash, name, empty, content = ''] of text.matchAll(TOKEN)) {
    end += token.length;
    element.text += data ?? decodeEntities(content);
    if (name === undefined) continue;
    if (!slash) element = openElement(name, element);
    else if (name !== element.name) throw malformed();
    if (slash || empty) element = close(element);
  }
  const [root, ...others] = Object.entries(document.children);
  const isClosed = end === text.length && element === document && document.text.trim() === '';
  if (!isClosed || !root || others.length > 0 || Array.isArray(root[1])) throw malformed();
  return { root: root[0], value: root[1] };
}

function openElement(name: string, parent?: OpenElement): OpenElement {
  const depth = parent ? parent.depth + 1 : 0;
  if (depth > MAX_DEPTH) throw malformed();
  return {
    name,
    parent,
    depth,
    text: '',
    children: Object.create(null) as OpenElement['children'],
    hasChildren: false,
  };
}

/** Adds an element to its parent, and returns the parent. */
function close({ name, parent, text, children, hasChildren }: OpenElement): OpenElement {
  if (!parent) throw malformed();
  const value = hasChildren ? children : text;
  const existing = parent.children[name];
  parent.hasChildren = true;
  if (Array.isArray(existing)) existing.push(value);
  else parent.children[name] = existing === undefined ? value : [existing, value];
  return parent;
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY, (_, decimal?: string, hex?: string, name: string = '') => {
    const code = Number(decimal ?? `0x${hex}`);
    const character = code <= MAX_CODE_POINT ? String.fromCodePoint(code) : entities[name];
    if (character === undefined) throw malformed();
    return character;
  });
}

function malformed(): SyntaxError {
  return new SyntaxError('The response is not well-formed XML.');
}
