// Fills the places of a Markdown document that are generated. Knows nothing of what goes into them.

/**
 * Replaces what stands between `<!-- generated: NAME -->` and `<!-- /generated: NAME -->`. Other text is left alone.
 *
 * @throws Error for a name that `contents` doesn't have, and for a place that is not closed
 */
export function fillTables(document: string, contents: Record<string, string>): string {
  const place =
    /<!-- generated: (?<name>[\w-]+) -->(?:(?!<!-- generated:).)*?<!-- \/generated: \k<name> -->/gs;
  const filled = document.replaceAll(place, (_, name: string) => {
    const content = contents[name];
    if (content === undefined) {
      throw new Error(`Nothing is generated as "${name}"; there are ${Object.keys(contents).join(', ')}.`);
    }
    return `<!-- generated: ${name} -->\n\n${content}\n\n<!-- /generated: ${name} -->`;
  });
  const openings = document.match(/<!-- generated: /g)?.length ?? 0;
  const places = document.match(place)?.length ?? 0;
  if (openings !== places) throw new Error('A `<!-- generated: … -->` has no `<!-- /generated: … -->`.');
  return filled;
}
