// The demo's main page: its test file, interruptions, figures, tabs and playground, and its layout and accessibility.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { throttledTransfer } from '../../demo/pages/throttled-transfer.js';
import type { ElementPage } from './support/element-page.js';
import { browserName, useFixture } from './support/fixture.js';
import { waitForText } from './support/wait-for.js';

/** Size of the test file in megabytes, smaller than that of visitors. */
const MEGABYTES = 30;
const TEST_FILE = `test-file-${MEGABYTES}-mb.bin`;

const fixture = useFixture();

afterEach(() => {
  unthrottle();
  fixture.site.demo.oss.requests.clear();
});

function unthrottle(): void {
  fixture.site.demo.oss.setNetworkConditions({ bytesPerSecond: 0, latency: 0 });
}

const open = (fragment = ''): Promise<ElementPage> => fixture.openUrl(fixture.site.demo.url + fragment);

/** Runs in a page of the demo. */
const useSmallFile = (blocks: number): void => sessionStorage.setItem('test-file-blocks', String(blocks));

async function openWithSmallFile(): Promise<ElementPage> {
  const page = await open();
  await page.page.evaluate(useSmallFile, MEGABYTES);
  return page;
}

/** Starts to upload the test file, and waits until some of its parts are stored. */
async function startTestFile(parts = 8): Promise<ElementPage> {
  const page = await openWithSmallFile();
  await page.page.click('#use-test-file');
  await page.waitForDoneParts(parts);
  return page;
}

/** Waits until the upload of the test file is complete, and returns what the figures say. */
async function finishTestFile(page: ElementPage): Promise<string> {
  unthrottle();
  await page.waitForStatus('succeeded');
  return waitForText(page.page, '#figures', /Checksums\s+match/);
}

/** Returns the numbers of the parts of the test file that the emulator has stored, once for each time. */
function storedParts(): number[] {
  const key = fixture.site.keyOf(TEST_FILE);
  return fixture.site.demo.oss.requests
    .all({ operation: 'UploadPart', key, status: 200 })
    .map(({ partNumber }) => partNumber!);
}

function assertStoredOnce(): void {
  const parts = storedParts();
  assert.equal(new Set(parts).size, parts.length);
}

const line = (page: ElementPage, pattern: RegExp): Promise<string> =>
  waitForText(page.page, '#what-happened', pattern);

describe('the first screen of the demo', { timeout: 600_000 }, () => {
  it('uploads a test file with one click', async () => {
    const page = await open();
    await page.page.click('#use-test-file');
    await page.waitForDoneParts(8);
    const figures = await finishTestFile(page);
    assert.match(figures, /Stored parts sent again\s+0/);
    assert.match(figures, /Bytes sent\s+200 MB\s+for a file of 200 MB/);
    const { bucket, control } = fixture.site;
    const stored = await control.object(bucket, fixture.site.keyOf('test-file-200-mb.bin'));
    assert.equal(stored?.size, 200_000_000);
  });

  it('uploads the test file again after it is stored', async () => {
    const page = await startTestFile();
    await finishTestFile(page);
    await page.page.click('#use-test-file');
    await waitForText(
      page.page,
      '#figures',
      /Bytes sent\s+[\d.]+ [kM]B\s+for a file of 30 MB\s+Checksums\s+–/,
    );
    await finishTestFile(page);
    await waitForText(page.page, '#figures', /Bytes sent\s+30 MB/);
  });

  it('doesn’t replace an upload in progress with the test file', async () => {
    const page = await startTestFile();
    await page.page.click('#use-test-file');
    await line(page, /Finish or cancel/);
    await finishTestFile(page);
    assertStoredOnce();
  });

  it('says that an upload waits while offline, and continues automatically', async () => {
    const page = await startTestFile();
    await page.page.click('#go-offline');
    await line(page, /Offline, with \d+% stored\. The upload waits/);
    await page.page.click('#go-offline');
    await line(page, /Back online\. The upload continued automatically from \d+%\./);
    assert.match(await finishTestFile(page), /Stored parts sent again\s+0/);
    assertStoredOnce();
  });

  it('stays offline after a reload', async () => {
    const page = await open();
    await page.page.click('#go-offline');
    await waitForText(page.page, '#go-offline', /Go online/);
    await page.reload();
    await waitForText(page.page, '#go-offline', /Go online/);
    await line(page, /^Offline/);
  });

  it('resumes the test file after a reload with one click', async () => {
    const page = await startTestFile();
    await Promise.all([page.page.waitForNavigation(), page.page.click('#reload-page')]);
    await page.waitForStatus('paused');
    await line(page, /^Reloaded, with [1-9]\d*% stored\. Resume sends only the rest\.$/);
    await page.press('resume');
    await line(page, /^Continued after the reload, from [1-9]\d*%\.$/);
    assert.match(await finishTestFile(page), /Stored parts sent again\s+0/);
    assertStoredOnce();
  });

  it('asks for the same file after a reload during another upload', async () => {
    const page = await open();
    const file = await fixture.createFile(3_000_000);
    await page.setAttribute('part-size', '1000000');
    await page.choose(file.path);
    await fixture.startAndStall(page);
    await page.reload();
    await line(page, /^Reloaded, with 66% stored\. Select the same file to continue\.$/);
    await page.choose(file.path, 'paused');
    await fixture.finish(page, file);
    assert.match(await waitForText(page.page, '#figures', /match/), /Stored parts sent again\s+0/);
  });

  it('says that there was nothing to continue after a reload', async () => {
    const page = await open();
    await page.reload();
    await line(page, /^Reloaded\. There was no unfinished upload\.$/);
  });

  it('gets a new token when all tokens have expired', async () => {
    const page = await startTestFile();
    await page.page.click('#expire-token');
    await line(page, /^OSS refused \d+ requests?\. The element fetched a new token and continued\.$/);
    assert.match(await finishTestFile(page), /Stored parts sent again\s+0/);
    assertStoredOnce();
  });

  it('counts a part that is sent again', async () => {
    const page = await startTestFile();
    await page.press('pause');
    await page.waitForStatus('paused');
    const { oss } = fixture.site.demo;
    const [upload] = await fixture.site.control.uploads();
    await fixture.site.control.deletePart(upload!.bucket, upload!.uploadId, 1);
    await page.press('resume');
    await oss.requests.waitFor({ operation: 'UploadPart', partNumber: 1, status: 200 }, 2);
    await waitForText(page.page, '#figures', /Stored parts sent again\s+1/);
  });
});

describe('the progress on a throttled connection of the demo', { timeout: 300_000 }, () => {
  for (const preset of ['cable', 'dsl', '3g']) {
    it(`is close to what the server has received (${preset})`, async () => {
      const page = await openWithSmallFile();
      await page.page.evaluate((value) => {
        document.querySelector<HTMLElement>(`[name=preset][value="${value}"]`)!.click();
      }, preset);
      await waitForText(page.page, '#log', /Network: /);
      await page.page.click('#use-test-file');
      await page.waitForDoneParts(1);
      const megabits = await page.page.evaluate(
        () => document.querySelector<HTMLInputElement>('[name=megabits]')!.valueAsNumber,
      );
      const rate = (megabits * 1e6) / 8;
      const leads: number[] = [];
      for (let sample = 0; sample < 40; sample += 1) {
        leads.push(await lead(page));
        await page.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
      }
      // Half a second of the connection, or one part of the minimum size.
      const limit = Math.max(rate / 2, throttledTransfer(rate).partSize);
      assert.ok(Math.max(...leads) <= limit, `${Math.max(...leads)} bytes ahead, at most ${limit}`);
    });
  }

  /** Returns how many bytes the page shows as sent that have not arrived. Bytes that arrive meanwhile count as not arrived. */
  async function lead(page: ElementPage): Promise<number> {
    const arrived = fixture.site.demo.oss.requests
      .all({ operation: 'UploadPart', key: fixture.site.keyOf(TEST_FILE) })
      .reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
    const host = await page.handle();
    return (await host.evaluate(({ progress }) => progress.loaded)) - arrived;
  }
});

describe('the tabs of the demo', { timeout: 300_000 }, () => {
  const selected = (page: Page): Promise<(string | null)[]> =>
    page.evaluate(() => [
      document.querySelector('[role=tab][aria-selected=true]')!.textContent.trim(),
      document.activeElement!.textContent.trim(),
      document.querySelector('[role=tabpanel]:not([hidden])')!.id,
    ]);

  it('are selected with the arrow keys, Home and End', async () => {
    const { page } = await open();
    await page.focus('#playground-tab');
    for (const [key, name] of [
      ['ArrowRight', 'Faults'],
      ['ArrowLeft', 'Playground'],
      ['ArrowLeft', 'Network'],
      ['ArrowRight', 'Playground'],
      ['End', 'Network'],
      ['Home', 'Playground'],
      ['ArrowRight', 'Faults'],
      ['ArrowRight', 'Events'],
    ] as const) {
      await page.keyboard.press(key);
      assert.deepEqual(await selected(page), [name, name, `${name.toLowerCase()}-panel`], key);
    }
  });

  it('are a single stop for the Tab key', async () => {
    const { page } = await open();
    await page.focus('#playground-tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement!.id), 'playground-panel');
  });

  it('keep their selection after a reload, and open from a link', async () => {
    const page = await open('#faults');
    await page.page.click('#events-tab');
    await page.reload();
    await page.page.focus('#events-tab');
    assert.deepEqual(await selected(page.page), ['Events', 'Events', 'events-panel']);
  });
});

describe('the playground of the demo', { timeout: 300_000 }, () => {
  const source = (page: Page): Promise<string> =>
    page.$eval('#playground code.source', ({ textContent }) => textContent ?? '');

  /** Enters a value into a field, as a visitor does. */
  const enter = (page: Page, name: string, value: string | boolean): Promise<void> =>
    page.evaluate(
      (field, text) => {
        const control = document.querySelector<HTMLInputElement>(`#playground [name="${field}"]`)!;
        if (typeof text === 'boolean') control.checked = text;
        else control.value = text;
        control.dispatchEvent(new Event('input', { bubbles: true }));
      },
      name,
      value,
    );

  it('offers every attribute of the manifest that a page can set', async () => {
    const { page } = await open();
    const manifest = JSON.parse(
      await readFile(fileURLToPath(new URL('../../custom-elements.json', import.meta.url)), 'utf8'),
    ) as {
      modules: {
        declarations: { tagName?: string; attributes?: { name: string; readonly?: boolean }[] }[];
      }[];
    };
    const attributes = manifest.modules
      .flatMap(({ declarations }) => declarations)
      .find(({ tagName }) => tagName === 'oss-resumable-upload')!
      .attributes!.filter(({ readonly }) => !readonly)
      .map(({ name }) => name);
    const offered = await page.$$eval('#playground .attribute input', (inputs) =>
      inputs.map((input) => input.name),
    );
    assert.deepEqual(offered.sort(), attributes.sort());
  });

  it('changes the element and the HTML, and restores both after a reload', async () => {
    const page = await open();
    await enter(page.page, 'max-size', '5 "GB"');
    await enter(page.page, 'multiple', true);
    await enter(page.page, 'overwrite', false);
    const check = async (): Promise<void> => {
      const host = await page.handle();
      const attributes = await host.evaluate((element) => ({
        maxSize: element.maxSize,
        multiple: element.multiple,
        overwrite: element.overwrite,
      }));
      assert.deepEqual(attributes, { maxSize: '5 "GB"', multiple: true, overwrite: false });
      const html = await source(page.page);
      assert.match(html, /\n {2}max-size="5 &quot;GB&quot;"\n/);
      assert.match(html, /\n {2}multiple\n/);
      assert.doesNotMatch(html, /overwrite|part-size|status|undefined/);
    };
    await check();
    await page.reload();
    await check();
  });

  it('doesn’t put what throttling needs into the HTML', async () => {
    const page = await startTestFile(1);
    const host = await page.handle();
    assert.notEqual(await host.evaluate((element) => element.getAttribute('part-size')), null);
    assert.doesNotMatch(await source(page.page), /part-size|parallel/);
  });

  it('doesn’t override a part size that the visitor has entered', async () => {
    const page = await open();
    await enter(page.page, 'part-size', '1MB');
    await page.page.click('#use-test-file');
    await page.waitForDoneParts(1);
    assert.equal((await page.checkpoint()).partSize, 1_000_000);
  });

  for (const theme of ['form', 'admin', 'consumer']) {
    it(`applies the theme ${theme} to the element and the HTML`, async () => {
      const page = await open();
      const accent = (): Promise<string> =>
        page.page.$eval('oss-resumable-upload', (element) =>
          getComputedStyle(element).getPropertyValue('--oss-accent'),
        );
      assert.equal(await accent(), '');
      await enter(page.page, 'appearance-theme', theme);
      await waitForText(page.page, '#playground code.source', /^<style>\n {2}oss-resumable-upload \{\n/);
      assert.notEqual(await accent(), '');
      assert.doesNotMatch(await source(page.page), /body|h1|:root/);
      await enter(page.page, 'appearance-theme', '');
      await waitForText(page.page, '#playground code.source', /^<oss-resumable-upload/);
      assert.equal(await accent(), '');
    });
  }

  it('shows the element in another language and direction', async () => {
    const page = await open();
    await enter(page.page, 'appearance-lang', 'ar');
    await enter(page.page, 'appearance-dir', 'rtl');
    assert.match(await source(page.page), /\n {2}lang="ar"\n {2}dir="rtl"\n/);
    await page.waitForBrowseLabel('اختيار ملف');
  });
});

const layouts = [
  { name: 'wide', width: 1280, height: 800 },
  { name: 'narrow', width: 360, height: 740 },
  // 200 % and 400 % of a window that is 1,280 pixels wide.
  { name: 'zoomed to 200 %', width: 640, height: 400, deviceScaleFactor: 2 },
  { name: 'zoomed to 400 %', width: 320, height: 256, deviceScaleFactor: 4 },
];

const tabs = ['playground', 'faults', 'events', 'network'];

describe('the layout of the demo', { timeout: 600_000 }, () => {
  for (const { name, ...viewport } of layouts) {
    it(`needs no horizontal scrolling (${name})`, async () => {
      const page = await startTestFile(1);
      await page.page.setViewport(viewport);
      await page.page.click('#verification summary');
      for (const tab of tabs) {
        await page.page.evaluate((id) => document.getElementById(id)!.click(), `${tab}-tab`);
        const widths = await page.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(widths[0]! <= widths[1]!, `${tab}: ${widths.join(' > ')}`);
      }
    });
  }

  for (const { name, ...viewport } of layouts.slice(0, 2)) {
    it(`doesn’t shift, from the first paint to the end of an upload (${name})`, async () => {
      const { page } = await fixture.open();
      await page.setViewport(viewport);
      await page.evaluateOnNewDocument(useSmallFile, MEGABYTES);
      await page.goto(fixture.site.demo.url);
      const observed = await page.evaluate(() =>
        PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
      );
      // Firefox doesn't report layout shifts.
      assert.equal(observed, browserName === 'chromium');
      await page.evaluate(() => {
        const shifts: string[] = [];
        Object.assign(globalThis, { shifts });
        const describe = (node: Node): string =>
          node instanceof Element ? `${node.localName}#${node.id}.${node.className}` : node.nodeName;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, hadRecentInput, sources } = entry as unknown as {
              value: number;
              hadRecentInput: boolean;
              sources: { node: Node | null }[];
            };
            // Nodes in the element's shadow root are hidden from the page. They are tested with the element.
            const nodes = sources.flatMap(({ node }) => node ?? []);
            if (!hadRecentInput && nodes.length > 0)
              shifts.push(`${value}: ${nodes.map(describe).join(', ')}`);
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.evaluate(() => customElements.whenDefined('oss-resumable-upload').then(() => undefined));
      await page.click('#use-test-file');
      await waitForText(page, '#figures', /of [1-9]\d* stored/);
      await page.click('#expire-token');
      await waitForText(page, '#what-happened', /OSS refused/);
      unthrottle();
      await waitForText(page, '#figures', /Checksums\s+match/);
      const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
      assert.deepEqual(shifts, []);
    });
  }
});

interface AxeResults {
  violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[];
}

describe('the accessibility of the demo', { timeout: 300_000 }, () => {
  async function assertAccessible(page: Page, context: string): Promise<void> {
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${context}: ${id} ${JSON.stringify(target)} ${failureSummary}`,
      ),
    );
    assert.deepEqual(found, []);
  }

  async function loadAxe(page: Page): Promise<void> {
    const path = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url);
    await page.evaluate(await readFile(path, 'utf8'));
  }

  for (const scheme of ['light', 'dark']) {
    for (const { name, ...viewport } of layouts.slice(0, 2)) {
      it(`has no violations in ${scheme} (${name})`, async () => {
        const page = await open(`?appearance-scheme=${scheme}`);
        await page.page.setViewport(viewport);
        await loadAxe(page.page);
        for (const tab of tabs) {
          await page.page.evaluate((id) => document.getElementById(id)!.click(), `${tab}-tab`);
          await assertAccessible(page.page, tab);
        }
        await page.page.click('#use-test-file');
        await page.waitForDoneParts(1);
        await assertAccessible(page.page, 'uploading');
      });
    }
  }

  it('has no violations on the page of the plain SDK', async () => {
    const page = await fixture.openExample('../sdk-example.html');
    await loadAxe(page.page);
    await assertAccessible(page.page, 'SDK');
  });
});
