// Formats the HTML that a developer would write.

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * @param attributes Names and values; an empty value for a boolean attribute.
 * @param css Rules for the element, if any.
 */
export function tagSource(
  tagName: string,
  attributes: readonly (readonly [string, string])[],
  css: string,
): string {
  const lines = attributes.map(([name, value]) => (value === '' ? name : `${name}="${escape(value)}"`));
  const tag = `<${[tagName, ...lines].join('\n  ')}\n></${tagName}>`;
  return css ? `<style>\n${css.replaceAll(/^/gm, '  ')}\n</style>\n${tag}` : tag;
}
