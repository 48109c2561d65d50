// Reads the XML bodies of requests, and trusts none of them.

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformedXml } from './oss-error.js';

/** An element: children by name, repeated ones as an array, text as a string. */
export type XmlElement = Record<string, unknown>;

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true });

/** The children of the root element. @throws {OssError} MalformedXML, also for any document type declaration. */
export function parseXml(text: string, root: string): XmlElement {
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
    // Names that would reach an object's prototype, nesting without end, and the like.
    throw malformedXml();
  }
}

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The child elements of one name, none, one or many alike. @throws {OssError} MalformedXML where one is mere text. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const children = [element[name] ?? []].flat();
  return children.map((child) => {
    if (child === '') return {};
    if (!isElement(child)) throw malformedXml();
    return child;
  });
}
