// The element's attributes, from the manifest that is generated from its source.

export interface AttributeField {
  name: string;
  isBoolean: boolean;
  /** As HTML would have it; empty if there is none. */
  default: string;
  /** One sentence, with code between backticks. */
  description: string;
}

interface Manifest {
  modules: { declarations?: { tagName?: string; attributes?: ManifestAttribute[] }[] }[];
}

interface ManifestAttribute {
  name: string;
  type?: { text: string };
  default?: string;
  description?: string;
  readonly?: boolean;
}

/** Returns the attributes that a page can set. */
export async function fetchAttributes(tagName: string): Promise<AttributeField[]> {
  const { modules } = (await (await fetch('/custom-elements.json')).json()) as Manifest;
  const element = modules
    .flatMap(({ declarations = [] }) => declarations)
    .find((declaration) => declaration.tagName === tagName);
  return (element?.attributes ?? []).filter(({ readonly }) => !readonly).map(toField);
}

function toField({ name, type, default: value = '', description = '' }: ManifestAttribute): AttributeField {
  return {
    name,
    isBoolean: type?.text === 'boolean',
    default: value.replace(/^'(.*)'$/, '$1'),
    description: firstSentence(description),
  };
}

function firstSentence(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return /^.*?\.(?= [A-Z`]|$)/.exec(line)?.[0] ?? line;
}
