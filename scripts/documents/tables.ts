// Makes Markdown tables of an element's public surface out of its manifest.
import type {
  ClassMethod,
  CustomElementDeclaration,
  CustomElementField,
  Event,
  Type,
} from 'custom-elements-manifest/schema.js';

/** @returns one table for each name that a `<!-- generated: … -->` may have */
export function tables(element: CustomElementDeclaration): Record<string, string> {
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

type Cell = string | undefined;

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
  const typeName = type?.text ?? '';
  const detail = /^(?:Custom)?Event$/.test(typeName) ? '' : typeName.replace(/^CustomEvent<(.*)>$/s, '$1');
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

/** Keeps a text in its cell: a line break or a bar would end it, even inside code. */
function cell(text = ''): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
