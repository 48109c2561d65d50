// A page of its own in a real browser, with one element in it.
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import type { Checkpoint } from '../../../src/core/index.js';
import { ElementDriver } from './element-driver.js';

export class ElementPage extends ElementDriver {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
    super(async () => {
      const element = await page.$('oss-resumable-upload');
      if (!element) throw new Error('There is no element in the page.');
      return element;
    });
    this.page = page;
    this.#context = context;
  }

  /** @param clock how far the device's clock is ahead, in milliseconds */
  static async open(browser: Browser, url: string, { clock = 0 } = {}): Promise<ElementPage> {
    const context = await browser.createBrowserContext();
    const page = await newPage(context);
    await page.evaluateOnNewDocument(watchViolations);
    if (clock !== 0) await page.evaluateOnNewDocument(setClock, clock);
    const opened = new ElementPage(page, context);
    await page.goto(url);
    await opened.#defined();
    return opened;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#defined();
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Goes on from a checkpoint, with a file that is picked in an input of the page. */
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

  /** What the page's Content-Security-Policy stopped. */
  async violations(): Promise<string[]> {
    return this.page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);
  }

  async #defined(): Promise<void> {
    await this.page.evaluate(async () => {
      await customElements.whenDefined('oss-resumable-upload');
    });
  }
}

/** A page that tests may send functions to. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  // The TypeScript loader of the tests wraps named functions in a helper of its own, which no page has.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value;');
  return page;
}

export function watchViolations(): void {
  const violations: string[] = [];
  Object.assign(globalThis, { violations });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push(`${violatedDirective}: ${blockedURI}`);
  });
}

/** Puts the clock of the page wrong; nothing else of the page knows. */
function setClock(ahead: number): void {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length > 0 ? args : [RealDate.now() + ahead]) as [number]));
    }
    static override now = () => RealDate.now() + ahead;
  } as DateConstructor;
}
