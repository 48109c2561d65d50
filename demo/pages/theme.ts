// The example themes, applied to the element alone: of a theme's style sheet, only the rules for the element are used.

export const THEMES: Readonly<Record<string, string>> = {
  form: 'Plain form',
  admin: 'CMS admin',
  consumer: 'Consumer site',
};

const TAG = 'oss-resumable-upload';

const sheet = new CSSStyleSheet();

/**
 * Applies a theme to all elements in the document, and returns its CSS.
 *
 * @param name A key of {@link THEMES}; anything else removes the theme.
 */
export async function applyTheme(name: string): Promise<string> {
  const css = name in THEMES ? await extractTheme(`/themes/${name}.css`) : '';
  sheet.replaceSync(css);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  return css;
}

async function extractTheme(url: string): Promise<string> {
  const source = new CSSStyleSheet();
  source.replaceSync(await (await fetch(url)).text());
  return [...source.cssRules].flatMap(elementRules).join('\n');
}

/** Returns the rules for the element, and the variables of the page that they use. */
function elementRules(rule: CSSRule): string[] {
  if (rule instanceof CSSStyleRule) {
    if (rule.selectorText.startsWith(TAG)) return [format(rule.selectorText, declarations(rule.cssText))];
    const variables = declarations(rule.cssText).filter((declaration) => declaration.startsWith('--'));
    return rule.selectorText === ':root' && variables.length > 0 ? [format(TAG, variables)] : [];
  }
  return rule.cssText.includes(TAG) ? [rule.cssText] : [];
}

function declarations(cssText: string): string[] {
  const body = cssText.slice(cssText.indexOf('{') + 1, cssText.lastIndexOf('}'));
  return body
    .split(';')
    .map((declaration) => declaration.trim())
    .filter(Boolean);
}

const format = (selector: string, lines: readonly string[]): string =>
  `${selector} {\n${lines.map((line) => `  ${line};\n`).join('')}}`;
