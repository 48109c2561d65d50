// Reads the XML bodies of requests, and trusts none of them.

import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformedXml } from './oss-error.js';

/** An element: children by name, repeated ones as an array, text as a string. */
export type XmlElement = Record<string, unknown>;

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, trimValues: true });

/** The children of the root element. @throws {OssError} MalformedXML, also for any document type declaration. */
export function parseXml(text: string, root: string): XmlElement {
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) throw malformedXml();
  const document = parser.parse(text) as XmlElement;
  const element = document[root];
  if (element === '') return {};
  if (typeof element !== 'object' || element === null || Array.isArray(element)) throw malformedXml();
  return element as XmlElement;
}

/** The child elements of one name, none, one or many alike. @throws {OssError} MalformedXML where one is mere text. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const children = [element[name] ?? []].flat();
  return children.map((child) => {
    if (child === '') return {};
    if (typeof child !== 'object' || child === null) throw malformedXml();
    return child as XmlElement;
  });
}
