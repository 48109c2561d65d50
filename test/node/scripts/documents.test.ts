import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CustomElementDeclaration, CustomElementField } from 'custom-elements-manifest/schema.js';
import { fillTables } from '../../../scripts/documents/markers.js';
import { tables } from '../../../scripts/documents/tables.js';

describe('the generated places of a document', () => {
  it('are filled, and the text around them stays', () => {
    const document = 'a\n<!-- generated: slots -->\nold\n<!-- /generated: slots -->\nb';
    assert.equal(
      fillTables(document, { slots: 'new' }),
      'a\n<!-- generated: slots -->\n\nnew\n\n<!-- /generated: slots -->\nb',
    );
  });

  it('are each filled with their own', () => {
    const place = (name: string): string => `<!-- generated: ${name} --><!-- /generated: ${name} -->`;
    const filled = fillTables(place('slots') + place('events'), { slots: 'S', events: 'E' });
    assert.match(filled, /S\n\n<!-- \/generated: slots --><!-- generated: events -->\n\nE/);
  });

  it('keep a document without any as it is', () => {
    assert.equal(fillTables('# Title\n', { slots: 'new' }), '# Title\n');
  });

  it('must have a known name', () => {
    assert.throws(
      () => fillTables('<!-- generated: slot --><!-- /generated: slot -->', { slots: 'new' }),
      /"slot"; there are slots/,
    );
  });

  it('must be closed', () => {
    assert.throws(
      () => fillTables('<!-- generated: slots -->', { slots: 'new' }),
      /has no `<!-- \/generated/,
    );
  });
});

describe('the tables of an element', () => {
  const partSize: CustomElementField = {
    kind: 'field',
    name: 'partSize',
    attribute: 'part-size',
    type: { text: "'auto' | number | undefined" },
    default: "'auto'",
    description: 'Bytes a part.',
  };
  const element: CustomElementDeclaration = {
    kind: 'class',
    name: 'Sample',
    customElement: true,
    tagName: 'sample-element',
    members: [
      partSize,
      { kind: 'field', name: 'uploads', readonly: true, description: 'One a file.' },
      {
        kind: 'method',
        name: 'resumeFrom',
        parameters: [
          { name: 'checkpoint', type: { text: 'Checkpoint' } },
          { name: 'file', optional: true, type: { text: 'File' } },
        ],
        return: { type: { text: 'Promise<Upload>' } },
        description: 'Goes on\nfrom there.',
      },
    ],
    events: [
      { name: 'oss-file-add', type: { text: 'CustomEvent<FileAdd>' }, description: 'Cancelable.' },
      { name: 'change', type: { text: 'Event' }, description: 'The value changed.' },
    ],
    slots: [{ name: '', description: 'Inside the drop zone.' }],
    cssStates: [{ name: 'dragging', description: 'Files hover.' }],
  };

  it('escape the bars of a type, which would end its cell', () => {
    assert.match(
      tables(element)['properties'] ?? '',
      /^\| `part-size` \| `partSize` \| `'auto' \\\| number` \| `'auto'` \| Bytes a part\. \|$/m,
    );
  });

  it('say which property is read only', () => {
    assert.match(
      tables(element)['properties'] ?? '',
      /^\| {2}\| `uploads` \| {2}\| {2}\| One a file\. Read only\. \|$/m,
    );
  });

  it('give a method its signature and one line', () => {
    assert.match(
      tables(element)['methods'] ?? '',
      /^\| `resumeFrom\(checkpoint: Checkpoint, file\?: File\): Promise<Upload>` \| Goes on from there\. \|$/m,
    );
  });

  it('show what an event carries', () => {
    const { events = '' } = tables(element);
    assert.match(events, /^\| `oss-file-add` \| `FileAdd` \| Cancelable\. \|$/m);
    assert.match(events, /^\| `change` \| {2}\| The value changed\. \|$/m);
  });

  it('name the default slot', () => {
    assert.match(tables(element)['slots'] ?? '', /^\| \(default\) \| Inside the drop zone\. \|$/m);
  });

  it('write a state as a selector', () => {
    assert.match(tables(element)['css-states'] ?? '', /^\| `:state\(dragging\)` \| Files hover\. \|$/m);
  });
});
