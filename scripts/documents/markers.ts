// Fills the generated blocks of a Markdown document.

/**
 * Replaces the text between each `<!-- generated: NAME -->` and `<!-- /generated: NAME -->`.
 *
 * @throws Error if `contents` lacks a name, or a block is not closed
 */
export function fillTables(document: string, contents: Record<string, string>): string {
  const block =
    /<!-- generated: (?<name>[\w-]+) -->(?:(?!<!-- generated:).)*?<!-- \/generated: \k<name> -->/gs;
  const filled = document.replaceAll(block, (_, name: string) => {
    const content = contents[name];
    if (content === undefined) {
      throw new Error(`Nothing is generated as "${name}"; there are ${Object.keys(contents).join(', ')}.`);
    }
    return `<!-- generated: ${name} -->\n\n${content}\n\n<!-- /generated: ${name} -->`;
  });
  const openings = document.match(/<!-- generated: /g)?.length ?? 0;
  const blocks = document.match(block)?.length ?? 0;
  if (openings !== blocks) throw new Error('A `<!-- generated: … -->` has no `<!-- /generated: … -->`.');
  return filled;
}
