// Parses the XML bodies of requests, which are untrusted input.

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformedXml } from './oss-error.js';

/** Children of an XML element by name. Repeated children are an array, text content is a string. */
export type XmlElement = Record<string, unknown>;

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true });

/**
 * Parses a document and returns the children of its root element.
 * @param root Expected name of the root element.
 * @throws {OssError} `MalformedXML` (400), also for any document type declaration.
 */
export function parseXml(text: string, root: string): XmlElement {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Its replacement is another package.
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  const { [root]: element, ...others } = parse(text);
  if (Object.keys(others).length > 0) throw malformedXml();
  if (element === '') return {};
  if (!isElement(element)) throw malformedXml();
  return element;
}

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
