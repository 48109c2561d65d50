// A page with the element in a real browser, used as a person uses it: picks files, presses buttons, reads.
// Asks the page by `evaluate` alone, which a strict Content-Security-Policy does not mind.
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import type { Checkpoint, Upload, UploadErrorCode, UploadStatus } from '../../../src/core/index.js';
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';

type Button = 'upload' | 'pause' | 'resume' | 'retry' | 'cancel' | 'remove';

export interface Failure {
  code: UploadErrorCode;
  message: string;
  hint: string;
}

export class ElementPage {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(page: Page, context: BrowserContext) {
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

  /**
   * Picks a file from the disk in the element's own file input.
   *
   * @param then what it has to do with an upload of an earlier visit: `paused` where it is that one's file
   */
  async choose(path: string, then: 'ready' | 'paused' = 'ready'): Promise<void> {
    const input = await this.page.evaluateHandle(
      (element) => element.shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!,
      await this.#element(),
    );
    await input.uploadFile(path);
    await this.until(then);
  }

  async press(button: Button): Promise<void> {
    const handle = await this.page.evaluateHandle(
      async (element, part) => {
        await element.updateComplete;
        return element.shadowRoot!.querySelector<HTMLButtonElement>(`[part~="${part}"]`);
      },
      await this.#element(),
      `${button}-button`,
    );
    const target = handle.asElement() as ElementHandle<HTMLButtonElement> | null;
    if (!target) throw new Error(`There is no ${button} button: ${await this.text()}`);
    await target.click();
  }

  /** Resolves once the element has this status; rejects with what it says when its upload ends in another way. */
  async until(status: UploadStatus): Promise<void> {
    const failure = await this.page.evaluate(
      (element, wanted) =>
        new Promise<string | undefined>((resolve) => {
          const check = () => {
            const state = element.uploads[0]?.state;
            const ended = state && ['succeeded', 'failed', 'cancelled'].includes(state.status);
            if (element.status !== wanted && !ended) return;
            element.removeEventListener('oss-state-change', check);
            if (element.status === wanted) return resolve(undefined);
            const error = state?.status === 'failed' ? state.error : undefined;
            resolve(
              `It ${element.status}, and should be ${wanted}. ${error?.code} ${error?.message} ${String(error?.cause)}`,
            );
          };
          element.addEventListener('oss-state-change', check);
          check();
        }),
      await this.#element(),
      status,
    );
    if (failure !== undefined) throw new Error(failure);
  }

  async status(): Promise<string> {
    return this.page.evaluate((element) => element.status, await this.#element());
  }

  /** What stands in the element to be read. */
  async text(): Promise<string> {
    return this.page.evaluate(
      async (element) => {
        await element.updateComplete;
        return element.shadowRoot!.querySelector<HTMLElement>('[part=base]')!.innerText;
      },
      await this.#element(),
    );
  }

  async failure(): Promise<Failure | undefined> {
    return this.page.evaluate(
      (element) => {
        const state = element.uploads[0]?.state;
        if (state?.status !== 'failed') return undefined;
        const { code, message, hint } = state.error;
        return { code, message, hint };
      },
      await this.#element(),
    );
  }

  /** What the page could write down to go on later, as JSON makes it. */
  async checkpoint(): Promise<Checkpoint> {
    return this.page.evaluate(
      (element) => JSON.parse(JSON.stringify(element.uploads[0]!.checkpoint)) as Checkpoint,
      await this.#element(),
    );
  }

  /** Goes on from a checkpoint, with a file that is picked in an input of the page. */
  async resumeFrom(checkpoint: Checkpoint, path: string): Promise<void> {
    const input = await this.page.$('#again');
    await (input as ElementHandle<HTMLInputElement>).uploadFile(path);
    await this.page.evaluate(
      (element, from, { files }) => void element.resumeFrom(from, files![0]),
      await this.#element(),
      checkpoint,
      input as ElementHandle<HTMLInputElement>,
    );
  }

  async setAttribute(name: string, value: string): Promise<void> {
    await this.page.evaluate(
      (element, attribute, text) => element.setAttribute(attribute, text),
      await this.#element(),
      name,
      value,
    );
  }

  /** Part numbers that the page has heard of as finished. */
  async doneParts(): Promise<number[]> {
    return this.page.evaluate(
      (element) => (element.uploads[0] as Upload).checkpoint?.doneParts.map(({ number }) => number) ?? [],
      await this.#element(),
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

  async #element(): Promise<ElementHandle<OssResumableUpload>> {
    const element = await this.page.$('oss-resumable-upload');
    if (!element) throw new Error('There is no element in the page.');
    return element;
  }
}

/** A page that tests may send functions to. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  // The TypeScript loader of the tests wraps named functions in a helper of its own, which no page has.
  await page.evaluateOnNewDocument('globalThis.__name = (value) => value;');
  return page;
}

function watchViolations(): void {
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
