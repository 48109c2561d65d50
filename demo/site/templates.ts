// Renders Liquid templates. Values are HTML-escaped.

import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';

export type RenderTemplate = (name: string, values: object) => Promise<string>;

/** @param folder Folder of the templates, relative to demo/: `examples/cms/`, or empty. */
export function templateRenderer(folder: string): RenderTemplate {
  const engine = new Liquid({
    root: fileURLToPath(new URL(`../${folder}`, import.meta.url)),
    outputEscape: 'escape',
    // A misspelled variable throws instead of rendering as an empty string.
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
  });
  return async (name, values) => (await engine.renderFile(name, values)) as string;
}
