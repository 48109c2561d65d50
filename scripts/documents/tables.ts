// Builds the generated Markdown tables: from an element's manifest, and from the engine's types and error texts.
import type {
  ClassMethod,
  CustomElementDeclaration,
  CustomElementField,
  Event,
  Type,
} from 'custom-elements-manifest/schema.js';
import { UploadError, type ErrorText, type UploadErrorCode } from '../../src/core/errors.js';
import type { Alternative, Declarations, Member } from './declarations.js';

/** Returns the tables of an element, by the NAME of their `<!-- generated: NAME -->`. */
export function elementTables(element: CustomElementDeclaration): Record<string, string> {
  const members = element.members ?? [];
  const fields = members.filter((member): member is CustomElementField => member.kind === 'field');
  const methods = members.filter((member): member is ClassMethod => member.kind === 'method');
  return {
    properties: table(['Attribute', 'Property', 'Type', 'Default', 'Description'], fields.map(property)),
    methods: table(['Method', 'Description'], methods.map(method)),
    events: table(['Event', 'Detail', 'Description'], (element.events ?? []).map(event)),
    slots: table(
      ['Slot', 'Description'],
      (element.slots ?? []).map(({ name, description }) => [name ? code(name) : '(default)', description]),
    ),
    'css-parts': table(['Part', 'Description'], named(element.cssParts)),
    'css-properties': table(
      ['Custom property', 'Default', 'Description'],
      (element.cssProperties ?? []).map(({ name, default: value, description }) => [
        code(name),
        code(value),
        description,
      ]),
    ),
    'css-states': table(
      ['State', 'Description'],
      (element.cssStates ?? []).map(({ name, description }) => [code(`:state(${name})`), description]),
    ),
  };
}

/** Returns a table of all error codes: causes from the JSDoc of the union, fixes from the texts. */
export function errorCodeTable(
  codes: readonly Alternative[],
  texts: Readonly<Record<string, ErrorText>>,
): string {
  const rows = codes.map(({ literal, description }) => {
    const { message = '', ...fixes } = texts[literal] ?? {};
    const fix = Object.values(fixes).filter((text): text is string => typeof text === 'string');
    const { retryable } = new UploadError(literal as UploadErrorCode);
    return [code(literal), description, verbatim(message), verbatim(fix.join(' ')), retryable ? 'yes' : 'no'];
  });
  return table(['Code', 'Cause', 'Message', 'Details and fix', '`retryable`'], rows);
}

/**
 * Returns a table of the alternatives of a discriminated union.
 *
 * @param common the member that all alternatives share, which the table leaves out
 * @param descriptions by alternative, for those whose JSDoc comment is missing or describes only a field
 */
export function unionTable(
  alternatives: readonly Alternative[],
  discriminant: string,
  common: string,
  descriptions: Readonly<Record<string, string | undefined>> = {},
): string {
  const rows = alternatives.map(({ members, description }) => {
    const value = members.find(({ name }) => name === discriminant)?.type.replaceAll("'", '') ?? '';
    const fields = members.filter(({ name }) => name !== discriminant && name !== common);
    // A comment that starts with a field describes only that field.
    const general = description && !description.startsWith('`') ? '' : descriptions[value];
    return [code(value), fields.map(field).join(', '), [general, description].filter(Boolean).join(' ')];
  });
  return table([`\`${discriminant}\``, 'Further fields', 'Description'], rows);
}

/** Returns a table of event details, one row per field, inherited fields first. */
export function eventDetailTable(declarations: Declarations, details: readonly string[]): string {
  const membersOf = (name: string): Member[] => [
    ...declarations.parents(name).flatMap(membersOf),
    ...declarations.interfaceMembers(name),
  ];
  const rows = details.flatMap((detail) =>
    membersOf(detail).map(({ name, optional, type, description }, index) => [
      index === 0 ? code(detail) : '',
      code(name + (optional ? '?' : '')),
      code(type),
      description,
    ]),
  );
  return table(['Detail', 'Field', 'Type', 'Description'], rows);
}

/** Returns a table of fields with their types. */
export function memberTable(members: readonly Member[], heading = 'Field'): string {
  return table(
    [heading, 'Type', 'Description'],
    members.map(({ name, optional, type, description }) => [
      code(name + (optional ? '?' : '')),
      code(type),
      description,
    ]),
  );
}

type Cell = string | undefined;

function field({ name, optional, type }: Member): string {
  return `\`${name}${optional ? '?' : ''}: ${type}\``;
}

/** Escapes the characters that Markdown would interpret. */
function verbatim(text: string): string {
  return text.replace(/[*_<>[\]]/g, '\\$&');
}

function property(field: CustomElementField): Cell[] {
  const remarks = [field.readonly && 'Read only.', field.reflects && 'Reflected.'].filter(Boolean);
  return [
    code(field.attribute),
    code(field.name),
    code(withoutUndefined(field.type)),
    code(field.default === 'undefined' ? undefined : field.default),
    [field.description, ...remarks].filter(Boolean).join(' '),
  ];
}

function method({ name, parameters = [], return: result, description }: ClassMethod): Cell[] {
  const signature = parameters
    .map(({ name, optional, rest, type }) => {
      return `${rest ? '...' : ''}${name}${optional ? '?' : ''}${type ? `: ${type.text}` : ''}`;
    })
    .join(', ');
  return [code(`${name}(${signature})${result?.type ? `: ${result.type.text}` : ''}`), description];
}

function event({ name, type, description }: Event): Cell[] {
  const detail = /^(?:Custom)?Event$/.test(type.text) ? '' : type.text.replace(/^CustomEvent<(.*)>$/s, '$1');
  return [code(name), code(detail), description];
}

function named(items: { name: string; description?: string }[] = []): Cell[][] {
  return items.map(({ name, description }) => [code(name), description]);
}

function withoutUndefined(type: Type | undefined): string | undefined {
  return type?.text.replace(/\s*\|\s*undefined$/, '');
}

function table(head: string[], rows: Cell[][]): string {
  const line = (cells: Cell[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : `\`${text}\``;
}

/** Keeps a text in one cell: a line break or a `|` would end the cell, even inside code. */
function cell(text = ''): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
