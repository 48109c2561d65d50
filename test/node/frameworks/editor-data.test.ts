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
          cssProperties: [{ name: '--sample-accent', description: 'Color.' }],
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

describe('editorData', () => {
  it('describes the tag and its events for VS Code', () => {
    assert.equal(tag.name, 'sample-element');
    assert.match(tag.description, /sample-done.*It is done\./);
  });

  it('lists CSS parts and custom properties for VS Code', () => {
    assert.deepEqual(
      [...(css.pseudoElements ?? []), ...(css.properties ?? [])].map(({ name }) => name),
      ['::part(bar)', '--sample-accent'],
    );
  });

  it('names the package and the tag for JetBrains IDEs', () => {
    assert.deepEqual([webTypes.name, element.name], ['oss-resumable-upload', 'sample-element']);
  });

  it('lists the allowed values of an attribute, but no type names', () => {
    assert.deepEqual(
      tag.attributes.map(({ name, values }) => [name, values.map((value) => value.name)]),
      [
        ['object-key', []],
        ['max-size', []],
        ['mode', ['fast', 'safe']],
      ],
    );
  });

  it('types attributes by the values that markup can contain', () => {
    assert.deepEqual(
      element.attributes.map(({ value }) => value.type),
      ['string', 'string | number', "'fast' | 'safe'"],
    );
  });

  it('never contains `undefined`', () => {
    for (const json of Object.values(data)) assert.doesNotMatch(json, /undefined/);
  });
});
