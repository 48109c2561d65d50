// Parses the XML bodies of requests, which are untrusted input.

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformedXml } from './oss-error.js';

/** Children of an XML element by name. Repeated children are an array, text content is a string. */
export type XmlElement = Record<string, unknown>;

const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  // Resolves numeric references such as `&#34;`, too. `checkReferences` rejects names that XML doesn't define.
  htmlEntities: true,
});

const NOT_PARSED = /<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->/g;
const ENTITIES = new Set(['quot', 'apos', 'lt', 'gt', 'amp']);

/**
 * Parses a document and returns the children of its root element.
 * @param root Expected name of the root element.
 * @throws {OssError} `MalformedXML` (400), also for any document type declaration.
 */
export function parseXml(text: string, root: string): XmlElement {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Its replacement is another package.
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  checkReferences(text);
  const { [root]: element, ...others } = parse(text);
  if (Object.keys(others).length > 0) throw malformedXml();
  if (element === '') return {};
  if (!isElement(element)) throw malformedXml();
  return element;
}

function checkReferences(text: string): void {
  for (const [, name = ''] of text.replace(NOT_PARSED, '').matchAll(/&([^;]*);/g)) {
    const [, decimal, hexadecimal] = /^#(?:(\d+)|x([\dA-Fa-f]+))$/.exec(name) ?? [];
    const isCharacter = isXmlCharacter(decimal ? Number(decimal) : parseInt(hexadecimal ?? '', 16));
    if (!isCharacter && !ENTITIES.has(name)) throw malformedXml();
  }
}

/** Returns whether XML 1.0 allows a code point. */
const isXmlCharacter = (code: number): boolean =>
  [0x9, 0xa, 0xd].includes(code) ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

function parse(text: string): XmlElement {
  try {
    return parser.parse(text) as XmlElement;
  } catch {
    // The parser throws on element names such as `__proto__` and on excessive nesting.
    throw malformedXml();
  }
}

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Returns the child elements with a name, as an array of any length.
 * @throws {OssError} `MalformedXML` (400) if a child contains only text.
 */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const children = [element[name] ?? []].flat();
  return children.map((child) => {
    if (child === '') return {};
    if (!isElement(child)) throw malformedXml();
    return child;
  });
}
