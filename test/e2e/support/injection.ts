// Values that try to become code, markup or requests, and the search for what they have caused in a page.
import assert from 'node:assert/strict';
import type { ElementPage } from './element-page.js';

const CALL = 'attacked()';

/** Values that any channel may carry. */
export const payloads = {
  html: `<img src=x onerror=${CALL}><script>${CALL}</script>`,
  comment: `<!--?lit$0$--><b>bold</b><?x?>`,
  attributeBreakout: `"><svg onload=${CALL}>`,
  quotedAttribute: `' autofocus onfocus='${CALL}' tabindex='0`,
  scriptUrl: `javascript:${CALL}`,
  dataUrl: `data:text/html,<script>${CALL}</script>`,
  foreignUrl: 'https://attacker.example/pixel.png?x=1#y',
  template: "{{constructor.constructor('attacked()')()}} ${attacked()} <%= attacked() %>",
  placeholders: '{name} {__proto__} {constructor} {toString} $& $1 %s %c',
  css: 'red;}*{background:url(https://attacker.example/x)}</style><style>@import"//attacker.example";',
  bidi: 'invoice\u202Efdp.exe\u2066\u2067\u202D',
  prototype: '__proto__',
  constructor: 'constructor',
  method: 'toString',
  path: '../../../other/..',
  control: 'a\0b\x07c\x1B[31m\r\nX-Injected: 1',
  surrogate: 'half \uD800 of a pair',
  long: 'long'.repeat(5_000),
} as const;

export const allPayloads: readonly string[] = Object.values(payloads);

/** Payloads that an object key can contain. */
export const keyPayloads = allPayloads.filter((text) => text !== payloads.path && text !== payloads.long);

/** Payloads that a response header can carry. */
export const headerPayloads = allPayloads.filter(
  (text) => /^[\x20-\x7e]+$/.test(text) && text.length < 5_000,
);

/** Payloads that an XML document can carry. */
export const xmlPayloads = allPayloads.filter((text) => !/[\0-\x08\x0b-\x1f\ud800-\udfff]/.test(text));

/** Returns a text as the element shows it: without characters that change the writing direction. */
export const shown = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

/** Starts to record what the page does. Call it before a payload is placed, and again after a reload. */
export async function watch({ page }: ElementPage): Promise<void> {
  await page.evaluate(() => {
    const global = globalThis as unknown as { effects: string[]; attacked: () => void };
    global.effects = [];
    global.attacked = () => void global.effects.push('code was executed');
    addEventListener('error', ({ message }) => void global.effects.push(`error: ${message}`));
    addEventListener('unhandledrejection', ({ reason }) => void global.effects.push(`rejection: ${reason}`));
  });
}

/** Records the origins of all requests, including blocked ones. */
export function watchOrigins({ page }: ElementPage): ReadonlySet<string> {
  const origins = new Set<string>();
  page.on('request', (request) => {
    // Firefox's own font for the marker of `<details>`.
    if (!request.url().startsWith('data:font/')) origins.add(new URL(request.url()).origin);
  });
  return origins;
}

/** Returns what payloads have caused in the page since {@link watch}. */
export async function effectsIn({ page }: ElementPage): Promise<string[]> {
  return page.evaluate(() => {
    const { effects } = globalThis as unknown as { effects?: string[] };
    if (!effects) return ['the page was left'];
    const found = [...effects];
    const pageTags = /^(?:html|head|meta|title|script|body|h1|form|label|input|div|oss-resumable-upload)$/;
    const shadowTags =
      /^(?:div|span|slot|button|p|ul|li|input|details|summary|code|svg|path|circle|rect|canvas)$/;
    const attributes =
      /^(?:accept|class|d|dir|disabled|fill|hidden|id|lang|multiple|part|role|slot|tabindex|title|translate|type|viewBox|name|x|y|width|height|rx|ry|cx|cy|r|stroke.*|data-(?:head|tail|index)|aria-.*|webkitdirectory|style)$/;
    const visit = (root: Document | ShadowRoot) => {
      const isShadow = root !== document;
      for (const element of root.querySelectorAll('*')) {
        const tag = element.localName;
        if (!(isShadow ? shadowTags : pageTags).test(tag)) found.push(`element ${tag}`);
        if (element instanceof HTMLScriptElement && new URL(element.src).origin !== origin)
          found.push('foreign script');
        for (const { name, value } of element.attributes) {
          if (isShadow ? !attributes.test(name) : /^on(?!-collision)/.test(name))
            found.push(`attribute ${name}`);
          if (isShadow && name === 'style' && !/^(?:--_[a-z]+: ?[\d.e-]+(?:px)?; ?)*$/.test(value))
            found.push('style');
        }
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    visit(document);
    if (document.styleSheets.length > 0) found.push('style sheet');
    for (const prototype of [Object, Array, Function, String].map((type) => type.prototype as object)) {
      found.push(...Object.keys(prototype).map((key) => `prototype member ${key}`));
    }
    return found;
  });
}

/** Returns the text that the element contains, without the characters that separate writing directions. */
export async function textIn(page: ElementPage): Promise<string> {
  return (await page.handle()).evaluate(async (element) => {
    await element.updateComplete;
    return element.shadowRoot!.textContent.replace(/[\u2068\u2069]/g, '');
  });
}

/** Asserts that no payload had an effect, and that another file can be added. */
export async function assertHarmless(page: ElementPage, origins: ReadonlySet<string>): Promise<void> {
  const name = 'harmless.txt';
  const added = await (
    await page.handle()
  ).evaluate(async (element, fileName) => {
    const { length } = await element.addFiles([new File(['x'], fileName)]);
    await element.updateComplete;
    return length;
  }, name);
  assert.equal(added, 1, 'no file can be added');
  const text = await textIn(page);
  assert.ok(text.includes(name), 'the added file is not shown');
  assert.deepEqual(await effectsIn(page), []);
  assert.deepEqual(
    [...origins].filter((origin) => !/^http:\/\/(?:demo-bucket\.)?localhost(?::\d+)?$/.test(origin)),
    [],
  );
}
