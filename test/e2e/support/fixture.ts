// Shared setup of the end-to-end tests: one site and one browser per test file, and new pages for each test.
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from '../../support/browsers.js';
import { DiskFiles, type DiskFile } from './disk-file.js';
import type { ElementDriver } from './element-driver.js';
import { ElementPage } from './element-page.js';
import { ExamplePage } from './example-page.js';
import { Site, type PageVariant } from './site.js';

/** The browser that the tests run in. */
export const browserName = process.env['BROWSER'] === 'firefox' ? 'firefox' : 'chromium';

export interface Fixture {
  readonly site: Site;
  readonly browser: Browser;
  /**
   * Creates a file with a unique name and random content.
   *
   * @param size Bytes.
   */
  createFile(size: number): Promise<DiskFile>;
  /** Opens the test site's page. */
  open(variant?: PageVariant, options?: { clock?: number }): Promise<ElementPage>;
  /** Opens any page that contains the element. */
  openUrl(url: string): Promise<ElementPage>;
  /** @param path Relative to the path of the examples. */
  openExample(path: string): Promise<ExamplePage>;
  /**
   * Lets `count` more parts complete and stalls all later ones, so that the progress of an upload doesn't depend on the
   * speed of the machine. Parts that an earlier call has stalled continue.
   */
  stallPartsAfter(count: number): void;
  /** Lets all parts continue, including the stalled ones. */
  releaseParts(): void;
  /** Starts the upload of the selected file. Resolves when `count` parts are completed; all later ones stall. */
  startAndStall(page: ElementDriver, count?: number): Promise<void>;
  /** Resumes a paused upload with all parts released. Resolves when the file is stored. */
  finish(page: ElementDriver, file: DiskFile): Promise<void>;
  /**
   * Asserts that the stored object has the content of the file.
   *
   * @param key By default the key under which a file of this name is stored.
   */
  assertStored(file: DiskFile, key?: string, bucket?: string): Promise<void>;
}

/** Registers the setup and cleanup hooks. Call once at the top of a test file. */
export function useFixture(): Fixture {
  let site: Site;
  let browser: Browser;
  let files: DiskFiles;
  let fileCount = 0;
  let stallFault: number | undefined;
  const pages: { violations(): Promise<string[]>; close(): Promise<void> }[] = [];

  before(async () => {
    [site, browser, files] = await Promise.all([
      Site.start(),
      launchBrowser(browserName),
      DiskFiles.create(),
    ]);
  });

  afterEach(async () => {
    const opened = pages.splice(0);
    const violations = await Promise.all(opened.map((page) => page.violations()));
    await Promise.all(opened.map((page) => page.close()));
    const { oss, credentials } = site.demo;
    site.credentials = undefined;
    site.storage = undefined;
    site.isMissing = () => false;
    site.beforeScript = undefined;
    site.requestedScripts.length = 0;
    credentials.mode = 'normal';
    oss.faults.clear();
    stallFault = undefined;
    oss.setClockOffset(0);
    oss.setResponseFormat({});
    await site.resetCors();
    // Every test fails if a page has violated its policy.
    assert.deepEqual(violations.flat(), []);
  });

  after(async () => {
    await browser?.close();
    await Promise.all([site?.close(), files?.remove()]);
  });

  const openUrl = async (url: string, options?: { clock?: number }) => {
    const page = await ElementPage.open(browser, url, options);
    pages.push(page);
    return page;
  };

  /** @param fault ID of the new fault, which was added before this removes the earlier one: no part slips through. */
  const replaceStallFault = (fault: number | undefined) => {
    if (stallFault !== undefined) site.demo.oss.faults.remove(stallFault);
    stallFault = fault;
  };

  const fixture: Fixture = {
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
    createFile: (size) => files.make(`film-${++fileCount}.mp4`, size),
    open: (variant, options) => openUrl(site.page(variant), options),
    openUrl,
    stallPartsAfter(count) {
      replaceStallFault(
        site.demo.oss.faults.add({
          // Small files are uploaded in a single request.
          match: { operation: ['UploadPart', 'PutObject', 'PostObject'] },
          skip: count,
          times: null,
          fault: { kind: 'stall', afterBytes: 1 },
        }),
      );
    },
    releaseParts: () => replaceStallFault(undefined),
    async startAndStall(page, count = 2) {
      fixture.stallPartsAfter(count);
      await page.press('upload');
      await page.waitForDoneParts(count);
      if (count > 0) await page.waitUntilSaved();
    },
    async finish(page, file) {
      fixture.releaseParts();
      await page.press('resume');
      await page.waitForStatus('succeeded');
      await fixture.assertStored(file);
    },
    async openExample(path) {
      const page = await ExamplePage.open(browser, `${site.demo.url}examples/${path}`);
      pages.push(page);
      return page;
    },
    async assertStored({ name, sha256 }, key = site.keyOf(name), bucket = site.bucket) {
      assert.equal((await site.control.object(bucket, key))?.sha256, sha256);
    },
  };
  return fixture;
}
