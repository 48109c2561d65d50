// Builds the editors' data files from a manifest: custom data for VS Code, web-types for JetBrains.
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import type { Attribute, Package, Type } from 'custom-elements-manifest/schema.js';

type Cem = Parameters<typeof getWebTypesData>[0];

/** Returns unformatted JSON by file name. */
export function editorData(manifest: Package): Record<string, string> {
  // The generators' types know classes only; at run time they skip other declarations.
  const cem = forEditors(manifest) as Cem;
  // The tag's tooltip stays short: CSS has its own custom data, and methods have types.
  const options = { hideCssPropertiesDocs: true, hideCssPartsDocs: true, hideMethodDocs: true };
  return {
    'vscode.html-custom-data.json': getVsCodeHtmlCustomData(cem, options),
    'vscode.css-custom-data.json': getVsCodeCssCustomData(cem, options),
    'web-types.json': getWebTypesData(cem, options),
  };
}

/** Keeps writable attributes and resolves type aliases, whose names editors would offer as values. */
function forEditors(manifest: Package): Package {
  const copy = structuredClone(manifest);
  for (const declaration of copy.modules.flatMap(({ declarations = [] }) => declarations)) {
    if (!('attributes' in declaration)) continue;
    declaration.attributes = declaration.attributes
      .filter((attribute: Attribute & { readonly?: boolean }) => !attribute.readonly)
      .map((attribute) => ({ ...attribute, type: editorType(attribute.type) }));
  }
  return copy;
}

function editorType(type: Type | undefined): Type {
  const members = type?.text.split('|').map((member) => member.trim()) ?? [];
  const known = members.filter((member) => /^(?:string|number|boolean|'.*')$/.test(member));
  return { text: known.join(' | ') || 'string' };
}
