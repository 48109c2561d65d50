import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CustomElementDeclaration, CustomElementField } from 'custom-elements-manifest/schema.js';
import { Declarations } from '../../../scripts/documents/declarations.js';
import { fillTables } from '../../../scripts/documents/markers.js';
import {
  elementTables,
  errorCodeTable,
  eventDetailTable,
  memberTable,
  unionTable,
} from '../../../scripts/documents/tables.js';

describe('fillTables', () => {
  it('fills a block and keeps the text around it', () => {
    const document = 'a\n<!-- generated: slots -->\nold\n<!-- /generated: slots -->\nb';
    assert.equal(
      fillTables(document, { slots: 'new' }),
      'a\n<!-- generated: slots -->\n\nnew\n\n<!-- /generated: slots -->\nb',
    );
  });

  it('fills each block with its own content', () => {
    const block = (name: string): string => `<!-- generated: ${name} --><!-- /generated: ${name} -->`;
    const filled = fillTables(block('slots') + block('events'), { slots: 'S', events: 'E' });
    assert.match(filled, /S\n\n<!-- \/generated: slots --><!-- generated: events -->\n\nE/);
  });

  it('keeps a document without blocks unchanged', () => {
    assert.equal(fillTables('# Title\n', { slots: 'new' }), '# Title\n');
  });

  it('fills only blocks with the marker, and keeps those with another one', () => {
    const slots = '<!-- generated: slots --><!-- /generated: slots -->';
    const clients = '<!-- measured: clients -->\n\nold\n\n<!-- /measured: clients -->';
    assert.equal(
      fillTables(slots + clients, { clients: 'new' }, 'measured'),
      slots + clients.replace('old', 'new'),
    );
    assert.ok(fillTables(slots + clients, { slots: 'new' }).endsWith(clients));
  });

  it('rejects an unknown name', () => {
    assert.throws(
      () => fillTables('<!-- generated: slot --><!-- /generated: slot -->', { slots: 'new' }),
      /"slot"; there are slots/,
    );
  });

  it('rejects a block that is not closed', () => {
    assert.throws(
      () => fillTables('<!-- generated: slots -->', { slots: 'new' }),
      /has no `<!-- \/generated/,
    );
  });
});

describe('elementTables', () => {
  const partSize: CustomElementField = {
    kind: 'field',
    name: 'partSize',
    attribute: 'part-size',
    type: { text: "'auto' | number | undefined" },
    default: "'auto'",
    description: 'Bytes per part.',
  };
  const element: CustomElementDeclaration = {
    kind: 'class',
    name: 'Sample',
    customElement: true,
    tagName: 'sample-element',
    members: [
      partSize,
      { kind: 'field', name: 'uploads', readonly: true, description: 'One per file.' },
      {
        kind: 'method',
        name: 'resumeFrom',
        parameters: [
          { name: 'checkpoint', type: { text: 'Checkpoint' } },
          { name: 'file', optional: true, type: { text: 'File' } },
        ],
        return: { type: { text: 'Promise<Upload>' } },
        description: 'Resumes\nan upload.',
      },
    ],
    events: [
      { name: 'oss-file-add', type: { text: 'CustomEvent<FileAdd>' }, description: 'Cancelable.' },
      { name: 'change', type: { text: 'Event' }, description: 'The value changed.' },
    ],
    slots: [{ name: '', description: 'Inside the drop zone.' }],
    cssStates: [{ name: 'dragging', description: 'Files hover.' }],
  };

  it('escapes the `|` in a type', () => {
    assert.match(
      elementTables(element)['properties'] ?? '',
      /^\| `part-size` \| `partSize` \| `'auto' \\\| number` \| `'auto'` \| Bytes per part\. \|$/m,
    );
  });

  it('marks read-only properties', () => {
    assert.match(
      elementTables(element)['properties'] ?? '',
      /^\| {2}\| `uploads` \| {2}\| {2}\| One per file\. Read only\. \|$/m,
    );
  });

  it('shows the signature and the description of a method in one line', () => {
    assert.match(
      elementTables(element)['methods'] ?? '',
      /^\| `resumeFrom\(checkpoint: Checkpoint, file\?: File\): Promise<Upload>` \| Resumes an upload\. \|$/m,
    );
  });

  it('shows the detail type of an event', () => {
    const { events = '' } = elementTables(element);
    assert.match(events, /^\| `oss-file-add` \| `FileAdd` \| Cancelable\. \|$/m);
    assert.match(events, /^\| `change` \| {2}\| The value changed\. \|$/m);
  });

  it('names the default slot', () => {
    assert.match(elementTables(element)['slots'] ?? '', /^\| \(default\) \| Inside the drop zone\. \|$/m);
  });

  it('shows a state as a selector', () => {
    assert.match(
      elementTables(element)['css-states'] ?? '',
      /^\| `:state\(dragging\)` \| Files hover\. \|$/m,
    );
  });
});

describe('Declarations', () => {
  it('reads the JSDoc of the alternatives of a union', () => {
    const declarations = declare(`export type Code =
      /** The first {@link Code}. */
      | 'a'
      /**
       * Has two
       * lines. @see somewhere
       */
      | 'b'
      | 'c';`);
    assert.deepEqual(
      declarations.union('Code').map(({ literal, description }) => [literal, description]),
      [
        ['a', 'The first `Code`.'],
        ['b', 'Has two lines.'],
        ['c', ''],
      ],
    );
  });

  it('expands the unions that a union refers to', () => {
    const declarations = declare(`type Inner = { type: 'b' } | { type: 'c' };
      type Outer = { type: 'a' } | Inner;`);
    assert.deepEqual(
      declarations.union('Outer').map(({ members }) => members[0]?.type),
      ["'a'", "'b'", "'c'"],
    );
  });

  it('shows the public members of a class', () => {
    const declarations = declare(`class Sample {
      /** Never shown. */
      readonly #secret = 1;
      private hidden = 1;
      static count = 1;
      text = '';
      constructor() {}
      /** Adds a file. @throws Error */
      add(file: File, handle?: unknown): Upload | undefined {}
    }`);
    assert.deepEqual(declarations.classMembers('Sample'), [
      { name: 'text', type: 'string', optional: false, description: '' },
      {
        name: 'add(file: File, handle?: unknown)',
        type: 'Upload | undefined',
        optional: false,
        description: 'Adds a file.',
      },
    ]);
  });

  it('leaves undefined out of the types of optional members', () => {
    const declarations = declare(`interface Sample {
      size?: number | undefined;
      onError?: ((cause: unknown) => void) | undefined;
      file: File | undefined;
    }`);
    assert.deepEqual(
      declarations.interfaceMembers('Sample').map(({ type }) => type),
      ['number', '(cause: unknown) => void', 'File | undefined'],
    );
  });

  it('reports a declaration that is missing', () => {
    assert.throws(() => declare('').interfaceMembers('Sample'), /declares Sample/);
  });
});

describe('the tables of the engine', () => {
  it('show cause, message, fix and retryability of an error code', () => {
    const codes = [
      { literal: 'network', members: [], description: 'The request failed.' },
      { literal: 'access-denied', members: [], description: 'Not allowed.' },
    ];
    const errorTable = errorCodeTable(codes, {
      network: { message: 'Connection lost.', hint: 'Check the network.' },
      'access-denied': { message: 'No permission.', hint: 'Allow oss:* in {bucket}.' },
    });
    assert.match(
      errorTable,
      /^\| `network` \| The request failed\. \| Connection lost\. \| Check the network\. \| yes \|$/m,
    );
    assert.match(errorTable, /^\| `access-denied` \| .* \| Allow oss:\\\* in \{bucket\}\. \| no \|$/m);
  });

  it('show the fields of each alternative of a union', () => {
    const declarations = declare(`type State =
      | { status: 'ready'; progress: Progress }
      /** Waiting. */
      | { status: 'waiting'; progress: Progress; until?: number };`);
    const stateTable = unionTable(declarations.union('State'), 'status', 'progress', { ready: 'Selected.' });
    assert.match(stateTable, /^\| `ready` \| {2}\| Selected\. \|$/m);
    assert.match(stateTable, /^\| `waiting` \| `until\?: number` \| Waiting\. \|$/m);
  });

  it('show the inherited fields of an event detail first', () => {
    const declarations = declare(`export interface Base { upload: Upload }
      export interface RetryDetail extends Base {
        /** Milliseconds. */
        delay: number;
      }`);
    assert.deepEqual(declarations.interfaceNames('sample.ts'), ['Base', 'RetryDetail']);
    assert.match(
      eventDetailTable(declarations, ['RetryDetail']),
      /^\| `RetryDetail` \| `upload` \| `Upload` \| {2}\|\n\| {2}\| `delay` \| `number` \| Milliseconds\. \|$/m,
    );
  });

  it('mark optional fields', () => {
    const members = declare('interface Sample { file?: Blob }').interfaceMembers('Sample');
    assert.match(memberTable(members), /^\| `file\?` \| `Blob` \| {2}\|$/m);
  });
});

function declare(text: string): Declarations {
  return new Declarations({ 'sample.ts': text });
}
