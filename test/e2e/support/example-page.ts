// One of the examples in a real browser, wherever in it the element is.
import type { Browser, BrowserContext, ElementHandle, Frame, Page } from 'puppeteer-core';
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';
import { ElementDriver } from './element-driver.js';
import { newPage, watchViolations } from './element-page.js';
import { untilThere } from './until.js';

const TAG = 'oss-resumable-upload';

export class ExamplePage {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.#context = context;
  }

  static async open(browser: Browser, url: string): Promise<ExamplePage> {
    const context = await browser.createBrowserContext();
    const page = await newPage(context);
    await page.evaluateOnNewDocument(watchViolations);
    await page.goto(url);
    return new ExamplePage(page, context);
  }

  /** The element, once it is there and defined. It stays the same one, in the page or out of it. */
  async element(selector: string = TAG, frame: Frame = this.page.mainFrame()): Promise<ElementDriver> {
    return drive(await untilThere<OssResumableUpload>(frame, selector));
  }

  /** The element in the shadow root of another one. */
  async elementWithin(host: string): Promise<ElementDriver> {
    const outer = await untilThere<HTMLElement>(this.page.mainFrame(), host);
    const inner = await outer.evaluateHandle(({ shadowRoot }, tag) => shadowRoot!.querySelector(tag), TAG);
    return drive(inner as ElementHandle<OssResumableUpload>);
  }

  /** What the page's Content-Security-Policy stopped. */
  async violations(): Promise<string[]> {
    return this.page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

async function drive(handle: ElementHandle<OssResumableUpload>): Promise<ElementDriver> {
  await handle.evaluate(async ({ localName }) => {
    await customElements.whenDefined(localName);
  });
  return new ElementDriver(async () => handle);
}
