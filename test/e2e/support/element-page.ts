// A page with one element, in its own browser context.
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import type { Checkpoint } from '../../../src/core/index.js';
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';
import { ElementDriver } from './element-driver.js';
import { recordMessages, takeViolations, watchViolations } from './page-messages.js';
import { waitForElement } from './wait-for.js';

export class ElementPage extends ElementDriver {
  readonly page: Page;
  /** What the page and the browser have written to the console. */
  readonly messages: readonly string[];
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
    super(async () => {
      const element = await page.$('oss-resumable-upload');
      if (!element) throw new Error('The page contains no oss-resumable-upload element.');
      return element;
    });
    this.page = page;
    this.messages = recordMessages(page);
    this.#context = context;
  }

  /** @param clock Offset of the page's clock, in milliseconds. */
  static async open(browser: Browser, url: string, { clock = 0 } = {}): Promise<ElementPage> {
    return ElementPage.#openIn(await browser.createBrowserContext(), url, clock);
  }

  static async #openIn(context: BrowserContext, url: string, clock = 0): Promise<ElementPage> {
    const page = await newPage(context);
    await page.evaluateOnNewDocument(watchViolations);
    if (clock !== 0) await page.evaluateOnNewDocument(shiftClock, clock);
    const opened = new ElementPage(page, context);
    await page.goto(url);
    await opened.#waitUntilDefined();
    return opened;
  }

  /** Opens the same page in another tab. Both close together. */
  openTab(): Promise<ElementPage> {
    return ElementPage.#openIn(this.#context, this.page.url());
  }

  /** Returns one of several elements in the page. */
  field(id: string): ElementDriver {
    return new ElementDriver(() =>
      waitForElement<OssResumableUpload>(this.page.mainFrame(), `oss-resumable-upload#${id}`),
    );
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#waitUntilDefined();
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Resumes from a checkpoint, with a file selected in a separate input of the page. */
  async resumeFrom(checkpoint: Checkpoint, path: string): Promise<void> {
    const input = await this.page.$('#again');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
    await this.page.evaluate(
      (element, from, { files }) => void element.resumeFrom(from, files![0]),
      await this.handle(),
      checkpoint,
      input as ElementHandle<HTMLInputElement>,
    );
  }

  /** Returns the violations of the page's Content-Security-Policy since the last call. A closed page has none. */
  async violations(): Promise<string[]> {
    return this.page.isClosed() ? [] : takeViolations(this.page);
  }

  async #waitUntilDefined(): Promise<void> {
    await waitForElement(this.page.mainFrame(), 'oss-resumable-upload');
    await this.page.evaluate(async () => {
      await customElements.whenDefined('oss-resumable-upload');
    });
  }
}

/** Creates a page that can evaluate functions from the tests. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  // tsx wraps named functions in a `__name` helper, which doesn't exist in the page.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value;');
  return page;
}

/** Runs in the page; shifts its clock by a number of milliseconds. */
function shiftClock(offset: number): void {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length > 0 ? args : [RealDate.now() + offset]) as [number]));
    }
    static override now = () => RealDate.now() + offset;
  } as DateConstructor;
}
