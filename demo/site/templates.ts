// Fills HTML templates. What is filled in is text, and escaped.

import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';

export type Templates = (name: string, values: object) => Promise<string>;

/** @param folder Where the templates are, relative to the demo: `examples/cms/`, or empty. */
export function templatesIn(folder: string): Templates {
  const engine = new Liquid({
    root: fileURLToPath(new URL(`../${folder}`, import.meta.url)),
    outputEscape: 'escape',
    // A name that is mistyped is an error, not a gap in the page.
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
  });
  return async (name, values) => (await engine.renderFile(name, values)) as string;
}
