// Fills the generated blocks of a Markdown document.

/**
 * Replaces the text between each `<!-- generated: NAME -->` and `<!-- /generated: NAME -->`.
 *
 * @param marker another word than `generated`, for blocks that another script fills
 * @throws Error if `contents` lacks a name, or a block is not closed
 */
export function fillTables(document: string, contents: Record<string, string>, marker = 'generated'): string {
  const block = new RegExp(
    `<!-- ${marker}: (?<name>[\\w-]+) -->(?:(?!<!-- ${marker}:).)*?<!-- /${marker}: \\k<name> -->`,
    'gs',
  );
  const filled = document.replaceAll(block, (_, name: string) => {
    const content = contents[name];
    if (content === undefined) {
      throw new Error(`Nothing is ${marker} as "${name}"; there are ${Object.keys(contents).join(', ')}.`);
    }
    return `<!-- ${marker}: ${name} -->\n\n${content}\n\n<!-- /${marker}: ${name} -->`;
  });
  const openings = document.split(`<!-- ${marker}: `).length - 1;
  const blocks = document.match(block)?.length ?? 0;
  if (openings !== blocks) throw new Error(`A \`<!-- ${marker}: … -->\` has no \`<!-- /${marker}: … -->\`.`);
  return filled;
}
