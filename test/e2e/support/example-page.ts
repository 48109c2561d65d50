// A page of the examples. The element may be anywhere in it: in a shadow root, a frame or a dialog.
import type { Browser, BrowserContext, ElementHandle, Frame, Page } from 'puppeteer-core';
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';
import { ElementDriver } from './element-driver.js';
import { newPage } from './element-page.js';
import { recordMessages, takeViolations, watchViolations } from './page-messages.js';
import { waitForElement } from './wait-for.js';

const TAG = 'oss-resumable-upload';

export class ExamplePage {
  readonly page: Page;
  /** What the page and the browser have written to the console. */
  readonly messages: readonly string[];
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
    this.page = page;
    this.messages = recordMessages(page);
    this.#context = context;
  }

  static async open(browser: Browser, url: string): Promise<ExamplePage> {
    const context = await browser.createBrowserContext();
    const page = await newPage(context);
    await page.evaluateOnNewDocument(watchViolations);
    const opened = new ExamplePage(page, context);
    await page.goto(url);
    return opened;
  }

  /** Waits until the element exists and is defined. The driver keeps this element, even if it leaves the document. */
  async element(selector: string = TAG, frame: Frame = this.page.mainFrame()): Promise<ElementDriver> {
    return createDriver(await waitForElement<OssResumableUpload>(frame, selector));
  }

  /** Returns the element in another element's shadow root. */
  async elementWithin(host: string): Promise<ElementDriver> {
    const outer = await waitForElement<HTMLElement>(this.page.mainFrame(), host);
    const inner = await outer.evaluateHandle(({ shadowRoot }, tag) => shadowRoot!.querySelector(tag), TAG);
    return createDriver(inner as ElementHandle<OssResumableUpload>);
  }

  /** Returns the violations of the page's Content-Security-Policy since the last call. */
  async violations(): Promise<string[]> {
    return takeViolations(this.page);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

async function createDriver(handle: ElementHandle<OssResumableUpload>): Promise<ElementDriver> {
  await handle.evaluate(async ({ localName }) => {
    await customElements.whenDefined(localName);
  });
  return new ElementDriver(async () => handle);
}
