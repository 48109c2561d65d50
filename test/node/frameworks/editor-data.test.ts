import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Package } from 'custom-elements-manifest/schema.js';
import { editorData } from '../../../scripts/documents/editor-data.js';

const manifest = {
  schemaVersion: '1.0.0',
  modules: [
    {
      kind: 'javascript-module',
      path: 'lib/sample.js',
      declarations: [
        {
          kind: 'class',
          name: 'Sample',
          customElement: true,
          tagName: 'sample-element',
          attributes: [
            { name: 'object-key', fieldName: 'objectKey', type: { text: 'ObjectKey' } },
            { name: 'max-size', fieldName: 'maxSize', type: { text: 'string | number | undefined' } },
            { name: 'mode', fieldName: 'mode', type: { text: "'fast' | 'safe'" } },
            { name: 'status', fieldName: 'status', type: { text: 'string' }, readonly: true },
          ],
          events: [{ name: 'sample-done', type: { text: 'CustomEvent' }, description: 'It is done.' }],
          cssParts: [{ name: 'bar', description: 'The bar.' }],
          cssProperties: [{ name: '--sample-accent', description: 'Colour.' }],
        },
      ],
    },
  ],
} as Package;

interface Attribute {
  name: string;
  values: { name: string }[];
  value: { type: string };
}
interface Element {
  name: string;
  description: string;
  attributes: Attribute[];
}

const data = editorData(manifest);
const html = JSON.parse(data['vscode.html-custom-data.json'] ?? '') as { tags: [Element] };
const css = JSON.parse(data['vscode.css-custom-data.json'] ?? '') as Record<string, { name: string }[]>;
const webTypes = JSON.parse(data['web-types.json'] ?? '') as {
  name: string;
  contributions: { html: { elements: [Element] } };
};
const [tag] = html.tags;
const [element] = webTypes.contributions.html.elements;

describe("the editors' data", () => {
  it('tells VS Code of the tag and its events', () => {
    assert.equal(tag.name, 'sample-element');
    assert.match(tag.description, /sample-done.*It is done\./);
  });

  it('tells VS Code of parts and custom properties', () => {
    assert.deepEqual(
      [...(css.pseudoElements ?? []), ...(css.properties ?? [])].map(({ name }) => name),
      ['::part(bar)', '--sample-accent'],
    );
  });

  it('tells JetBrains of the package and the tag', () => {
    assert.deepEqual([webTypes.name, element.name], ['oss-resumable-upload', 'sample-element']);
  });

  it('offers the values that an attribute has, and no name of a type', () => {
    assert.deepEqual(
      tag.attributes.map(({ name, values }) => [name, values.map((value) => value.name)]),
      [
        ['object-key', []],
        ['max-size', []],
        ['mode', ['fast', 'safe']],
      ],
    );
  });

  it('types attributes by what can be written', () => {
    assert.deepEqual(
      element.attributes.map(({ value }) => value.type),
      ['string', 'string | number', "'fast' | 'safe'"],
    );
  });

  it('never says `undefined`', () => {
    for (const json of Object.values(data)) assert.doesNotMatch(json, /undefined/);
  });
});
