// All themes of the demo in all states, from rendered colors: contrast, forced colors and the height of rows.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'puppeteer-core';
import { emulateMedia } from '../../scripts/screenshots/emulate-media.js';
import { startStatesSite, type PageOptions, type StatesSite } from '../../scripts/screenshots/site.js';
import type * as TestPage from '../../scripts/screenshots/test-page.js';
import { launchBrowser } from '../support/browsers.js';
import { listThemes } from '../support/themes.js';
import type * as Measure from './measure-theme.js';

interface PageGlobals {
  testPage: typeof TestPage;
  measure: typeof Measure;
}

/** The variable of each design system with the color of primary buttons. */
const brandVariables = {
  bootstrap: '--bs-primary',
  shadcn: '--primary',
  material: '--md-sys-color-primary',
  'ant-design': '--ant-color-primary-active',
  'element-plus': '--el-color-primary',
};

/** The states that a row passes through. */
const stagesOfRow = ['ready', 'preparing', 'uploading', 'paused', 'completing', 'succeeded, verified'];

async function bundleMeasurements(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./measure-theme.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'measure',
  });
  return outputFiles[0]!.text;
}

describe('the themes', { timeout: 300_000 }, async () => {
  let site: StatesSite;
  let browser: Browser;
  const measurements = await bundleMeasurements();

  before(async () => {
    site = await startStatesSite();
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  /**
   * Measures a page that shows these states, or all.
   *
   * @param css Styles of the page, beside the theme
   */
  async function measure(
    options: PageOptions,
    name: keyof typeof Measure,
    states?: readonly string[],
    css = ':root {}',
  ): Promise<string[]> {
    const page = await browser.newPage();
    await page.setViewport({ width: 680, height: 900 });
    await emulateMedia(page, options.scheme ?? 'light', name === 'findHiddenControls');
    await page.goto(site.pageUrl(options));
    await page.addScriptTag({ content: measurements });
    await page.addStyleTag({ content: css });
    const problems = await page.evaluate(
      async (selected, measurement) => {
        const { testPage, measure } = globalThis as unknown as PageGlobals;
        await testPage.showStates(selected ?? Object.keys(testPage.states), true);
        return measure[measurement]();
      },
      states,
      name,
    );
    await page.close();
    return problems;
  }

  for (const theme of [undefined, ...(await listThemes())]) {
    const options: PageOptions = theme === undefined ? {} : { theme };
    const name = theme ?? 'the default styles';

    for (const scheme of ['light', 'dark'] as const) {
      it(`${name}: texts, borders, icons and focus rings have enough contrast in ${scheme} mode`, async () => {
        assert.deepEqual(await measure({ ...options, scheme }, 'findLowContrast'), []);
      });
    }

    it(`${name}: buttons and progress are visible with forced colors`, async () => {
      const states = ['idle', 'uploading', 'many: uploading', 'many: some failed'];
      assert.deepEqual(await measure(options, 'findHiddenControls', states), []);
    });

    it(`${name}: a row keeps its height from ready to succeeded`, async () => {
      assert.deepEqual(await measure(options, 'findUnsteadyRows', stagesOfRow), []);
    });
  }

  for (const [theme, variable] of Object.entries(brandVariables)) {
    const read = (options: PageOptions, css?: string) =>
      measure({ theme, ...options }, 'readColors', ['idle'], css);

    it(`${theme}: buttons take the color of ${variable}`, async () => {
      const css = `:root { ${variable}: #800000; }`;
      const [button] = await read({ scheme: 'light' }, css);
      // Some themes darken it, so that white text is readable.
      assert.match(button!, /^#[5-8][0-9a-f]0000$/);
    });

    it(`${theme}: the dark mode of the page changes the surface`, async () => {
      const [, light] = await read({ scheme: 'light' });
      const [, dark] = await read({ scheme: 'dark' });
      assert.match(light!, /^#f/);
      assert.match(dark!, /^#[12]/);
    });
  }
});
