// Makes what editors read out of a manifest: custom data for VS Code, web-types for JetBrains.
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import type { Attribute, Package, Type } from 'custom-elements-manifest/schema.js';

type Cem = Parameters<typeof getWebTypesData>[0];

/** @returns JSON by file name, not formatted */
export function editorData(manifest: Package): Record<string, string> {
  // The generators narrow the schema to classes, and skip what is none.
  const cem = forEditors(manifest) as Cem;
  // What one reads while writing the tag: the style sheet's half tells of itself, and types tell the methods.
  const options = { hideCssPropertiesDocs: true, hideCssPartsDocs: true, hideMethodDocs: true };
  return {
    'vscode.html-custom-data.json': getVsCodeHtmlCustomData(cem, options),
    'vscode.css-custom-data.json': getVsCodeCssCustomData(cem, options),
    'web-types.json': getWebTypesData(cem, options),
  };
}

/** Attributes that can be written, with types that an editor knows: the name of an alias would be offered as a value. */
function forEditors(manifest: Package): Package {
  const copy = structuredClone(manifest);
  for (const declaration of copy.modules.flatMap(({ declarations = [] }) => declarations)) {
    if (!('attributes' in declaration)) continue;
    declaration.attributes = declaration.attributes
      ?.filter((attribute: Attribute & { readonly?: boolean }) => !attribute.readonly)
      .map((attribute) => ({ ...attribute, type: writtenType(attribute.type) }));
  }
  return copy;
}

function writtenType(type: Type | undefined): Type {
  const members = type?.text.split('|').map((member) => member.trim()) ?? [];
  const known = members.filter((member) => /^(?:string|number|boolean|'.*')$/.test(member));
  return { text: known.join(' | ') || 'string' };
}
