// The element as a control of a form, by what the browser itself does with it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser } from '../support/browsers.js';
import { ElementPage } from './support/element-page.js';
import { browserName, useWorkbench } from './support/fixture.js';

const bench = useWorkbench();
const inForm = { inForm: true, attributes: { name: 'film', multiple: '' } };

/** What the form would submit of the element. */
const submitted = (page: Page): Promise<string[]> =>
  page.evaluate(() => new FormData(document.forms[0]).getAll('film') as string[]);

describe('a form', { timeout: 180_000 }, () => {
  let browser: Browser;
  before(async () => {
    // A page that is kept whole has nothing to bring back.
    browser = await launchBrowser(browserName, {
      args: browserName === 'chromium' ? ['--disable-back-forward-cache'] : [],
      extraPrefsFirefox: { 'browser.sessionhistory.max_total_viewers': 0 },
    });
  });
  after(async () => browser?.close());

  it('submits what was stored, and shows it, after the browser has brought it back', async () => {
    const element = await ElementPage.open(browser, bench.site.page(inForm));
    const files = [await bench.file(1_000), await bench.file(2_000)];
    await element.choose(files.map(({ path }) => path));
    await element.press('upload');
    await element.until('succeeded');
    const keys = await submitted(element.page);
    await element.page.goto(bench.site.page());
    await element.page.goBack();
    await element.until('succeeded');
    const text = await element.text();
    assert.deepEqual(
      [await submitted(element.page), files.every(({ name }) => text.includes(name))],
      [keys, true],
    );
    await element.close();
  });

  it('is named by its label', async () => {
    const element = await bench.open(inForm);
    const group = await element.page.$('aria/Your film[role="group"]');
    assert.ok(group);
  });
});
