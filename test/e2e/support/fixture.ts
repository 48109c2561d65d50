// What every end-to-end test stands on: one site, one browser, files; a page of its own for each test.
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { UPLOAD_CORS_RULES } from '../../../dev/oss-emulator/cors.js';
import { launchBrowser } from '../../support/browsers.js';
import { DiskFiles, type DiskFile } from './disk-file.js';
import { ElementPage } from './element-page.js';
import { ExamplePage } from './example-page.js';
import { Site, type PageVariant } from './site.js';

/** In which the tests run. */
export const browserName = process.env['BROWSER'] === 'firefox' ? 'firefox' : 'chromium';

export interface Workbench {
  readonly site: Site;
  readonly browser: Browser;
  /** A random file under a name of its own. @param size bytes */
  file(size: number): Promise<DiskFile>;
  /** The bare page. */
  open(variant?: PageVariant, options?: { clock?: number }): Promise<ElementPage>;
  /** Any page with the element. */
  openUrl(url: string): Promise<ElementPage>;
  /** @param path Relative to that of the examples. */
  openExample(path: string): Promise<ExamplePage>;
  /**
   * Lets `count` more parts through, and those that an earlier call holds. Every other one is held in its middle until
   * the next call: where an upload stands then is not up to how fast the machine is.
   *
   * @param count by default all
   */
  letThrough(count?: number): void;
  /**
   * The object in the bucket has the bytes of the file.
   *
   * @param key by default the one under which a file of its name arrives
   */
  expectStored(file: DiskFile, key?: string, bucket?: string): Promise<void>;
}

/** To be called once at the top of a test file. */
export function useWorkbench(): Workbench {
  let site: Site;
  let browser: Browser;
  let files: DiskFiles;
  let count = 0;
  let held: number | undefined;
  const pages: { close(): Promise<void> }[] = [];

  before(async () => {
    [site, browser, files] = await Promise.all([
      Site.start(),
      launchBrowser(browserName),
      DiskFiles.create(),
    ]);
  });

  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    const { oss, credentials } = site.demo;
    site.credentials = undefined;
    credentials.answer = 'right';
    oss.faults.clear();
    held = undefined;
    oss.setClockOffset(0);
    await oss.setCors(site.bucket, [...UPLOAD_CORS_RULES]);
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

  return {
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
    file: (size) => files.make(`film-${++count}.mp4`, size),
    open: (variant, options) => openUrl(site.page(variant), options),
    openUrl,
    letThrough(parts) {
      const { faults } = site.demo.oss;
      const earlier = held;
      held =
        parts === undefined
          ? undefined
          : faults.add({
              // A small file is put whole.
              match: { operation: ['UploadPart', 'PutObject'] },
              skip: parts,
              times: null,
              fault: { kind: 'stall', afterBytes: 1 },
            });
      if (earlier !== undefined) faults.remove(earlier);
    },
    async openExample(path) {
      const page = await ExamplePage.open(browser, `${site.demo.url}examples/${path}`);
      pages.push(page);
      return page;
    },
    async expectStored({ name, sha256 }, key = site.keyOf(name), bucket = site.bucket) {
      assert.equal((await site.control.object(bucket, key))?.sha256, sha256);
    },
  };
}
