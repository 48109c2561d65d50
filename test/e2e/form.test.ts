// The element as a form control: form restoration and labels, which the browser itself implements.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { launchBrowser } from '../support/browsers.js';
import { ElementPage } from './support/element-page.js';
import { browserName, useFixture } from './support/fixture.js';

const fixture = useFixture();
const inForm = { inForm: true, attributes: { name: 'film', multiple: '' } };

/** Returns the values that the form would submit for the element. */
const formValues = (page: Page): Promise<string[]> =>
  page.evaluate(() => new FormData(document.forms[0]).getAll('film') as string[]);

describe('the element in a form', { timeout: 180_000 }, () => {
  let browser: Browser;
  before(async () => {
    // A page from the back/forward cache is kept alive, so the browser doesn't restore its form state.
    browser = await launchBrowser(browserName, {
      args: browserName === 'chromium' ? ['--disable-back-forward-cache'] : [],
      extraPrefsFirefox: { 'browser.sessionhistory.max_total_viewers': 0 },
    });
  });
  after(async () => browser?.close());

  it('restores and submits the stored files after back navigation', async () => {
    const element = await ElementPage.open(browser, fixture.site.page(inForm));
    const files = [await fixture.createFile(1_000), await fixture.createFile(2_000)];
    await element.choose(files.map(({ path }) => path));
    await element.press('upload');
    await element.waitForStatus('succeeded');
    const keys = await formValues(element.page);
    await element.page.goto(fixture.site.page());
    await element.page.goBack();
    await element.waitForStatus('succeeded');
    const text = await element.text();
    assert.deepEqual(
      [await formValues(element.page), files.every(({ name }) => text.includes(name))],
      [keys, true],
    );
    await element.close();
  });

  describe('with stored files of the page', () => {
    const files = ['film', 'poster'].map((name) => ({ key: `stored/${name}`, name, size: 5 }));
    const stored = JSON.stringify(files).replaceAll('"', '&quot;');
    const edited = { inForm: true, attributes: { name: 'film', multiple: '', 'auto-start': '', stored } };

    /** Leaves the page and comes back, as the browser does without its back/forward cache. */
    async function goAwayAndBack({ page }: ElementPage): Promise<void> {
      await page.goto(fixture.site.page());
      await page.goBack();
    }

    it('restores what the user has kept and added', async () => {
      const element = await ElementPage.open(browser, fixture.site.page(edited));
      const file = await fixture.createFile(1_000);
      await element.chooseAndUpload(file.path);
      await (
        await element.handle()
      ).evaluate(async (target) => {
        target.shadowRoot!.querySelector<HTMLElement>('[part~=item] [part~=remove-button]')!.click();
        await target.updateComplete;
      });
      const keys = await formValues(element.page);
      await goAwayAndBack(element);
      await element.waitForStatus('succeeded');
      assert.equal(keys.length, 2);
      assert.deepEqual(await formValues(element.page), keys);
      await element.close();
    });

    it('stays empty if the user has removed all of them', async () => {
      const element = await ElementPage.open(browser, fixture.site.page(edited));
      const empty = async (): Promise<void> => {
        await (
          await element.handle()
        ).evaluate(async (target) => {
          target.value = '';
          await target.updateComplete;
        });
      };
      await element.waitForStatus('succeeded');
      await empty();
      await goAwayAndBack(element);
      // The state is restored once the list is loaded.
      await (await element.handle()).evaluate((target) => target.listResumable());
      assert.deepEqual(await formValues(element.page), []);
      await element.close();
    });

    it('shows them again if the user has changed nothing', async () => {
      const element = await ElementPage.open(browser, fixture.site.page(edited));
      await element.waitForStatus('succeeded');
      await goAwayAndBack(element);
      await element.waitForStatus('succeeded');
      assert.deepEqual(
        await formValues(element.page),
        files.map(({ key }) => key),
      );
      await element.close();
    });
  });

  it('is labeled by its <label>', async () => {
    const element = await fixture.open(inForm);
    const group = await element.page.$('aria/Your film[role="group"]');
    assert.ok(group);
  });
});
