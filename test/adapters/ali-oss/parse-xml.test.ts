import { expect } from '@open-wc/testing';
import { parseXml, type XmlValue } from '../../../src/adapters/ali-oss/parse-xml.js';
import { fc } from '../../support/properties.js';

/** Parses with the browser's own parser. Returns `undefined` if the text isn't well-formed. */
function parseWithBrowser(text: string): XmlValue | undefined {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  if (document.querySelector('parsererror')) return undefined;
  return toValue(document.documentElement);
}

function toValue(element: Element): XmlValue {
  if (element.childElementCount === 0) return element.textContent;
  const children = [...element.children];
  return Object.fromEntries(
    children.map(({ nodeName }) => {
      const values = children.filter((child) => child.nodeName === nodeName).map(toValue);
      return [nodeName, values.length > 1 ? values : values[0]!];
    }),
  );
}

const list = `<?xml version="1.0" encoding="UTF-8"?>
<ListPartsResult xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">
  <Key>a &amp; b &#x6587;&#25991;&lt;/Key&gt;</Key>
  <!-- two <Part> -->
  <Part><PartNumber>1</PartNumber><ETag>&quot;A&quot;</ETag></Part>
  <Part><PartNumber>2</PartNumber><ETag><![CDATA["<B>"]]></ETag></Part>
  <Empty/><Empty a='1' ></Empty >
</ListPartsResult>
`;

describe('XML parser', () => {
  it('returns the name of the root element and its content', () => {
    expect(parseXml('<Error><Code>AccessDenied</Code></Error>').root).to.equal('Error');
    const value = JSON.parse(JSON.stringify(parseXml(list).value)) as XmlValue;
    expect(value).to.deep.equal({
      Key: 'a & b 文文</Key>',
      Part: [
        { PartNumber: '1', ETag: '"A"' },
        { PartNumber: '2', ETag: '"<B>"' },
      ],
      Empty: ['', ''],
    });
    expect(value).to.deep.equal(parseWithBrowser(list));
  });

  for (const text of [
    '',
    ' ',
    'text',
    '{"Code":"x"}',
    '<a>',
    '</a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a/><b/>',
    '<a/>text',
    '<a>1 < 2</a>',
    '<a>&</a>',
    '<a>&nbsp;</a>',
    '<a>&#x110000;</a>',
    '<a>&constructor;</a>',
    '<a b>x</a>',
    '<a b=c>x</a>',
    '<a',
    '<a><!-- </a>',
    '<a><![CDATA[ </a>',
    '<!doctype html><title>502</title>',
    '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
  ]) {
    it(`rejects ${JSON.stringify(text)}`, () => {
      expect(() => parseXml(text)).to.throw(SyntaxError);
    });
  }

  it('gives names of Object.prototype no special meaning', () => {
    const { value } = parseXml('<a><__proto__>1</__proto__><constructor>2</constructor></a>');
    expect(Object.entries(value)).to.deep.equal([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('parses long documents, and rejects deep ones', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(parseXml(nested(100)).root).to.equal('a');
    for (const depth of [101, 1_000_000]) expect(() => parseXml(nested(depth))).to.throw(SyntaxError);
    expect(parseXml(`<a>${'<b/>'.repeat(100_000)}</a>`).root).to.equal('a');
    expect(() => parseXml(`<a${' '.repeat(100_000)}`)).to.throw(SyntaxError);
  });

  it('agrees with the browser on what it accepts', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '文', '&lt;', '&amp;', '"', "'", '='),
      maxLength: 4,
    });
    const element = fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(fc.constantFrom('a', 'B', 'c-1'), fc.oneof({ maxDepth: 4 }, text, fc.array(tie('element'))))
        .map(([name, content]) => `<${name}>${[content].flat().join('')}</${name}>`),
    })).element;
    fc.assert(
      fc.property(
        element,
        fc.nat(),
        fc.constantFrom('', '<', '>', '/', '&', 'a', ' '),
        (valid, at, piece) => {
          const damaged = valid.slice(0, at % valid.length) + piece + valid.slice((at % valid.length) + 1);
          for (const xml of [valid, damaged]) {
            let value: XmlValue;
            try {
              ({ value } = parseXml(xml));
            } catch {
              expect(parseWithBrowser(xml)).to.equal(undefined);
              continue;
            }
            expect(JSON.parse(JSON.stringify(value))).to.deep.equal(parseWithBrowser(xml));
          }
        },
      ),
    );
  });
});
