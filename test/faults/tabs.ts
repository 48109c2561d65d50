// Tabs of a browser that is started anew once it has ended or stopped to answer. Knows nothing of what the pages do.
import { launchBrowser, type BrowserName } from '../support/browsers.js';
import { ANSWER_LIMIT, closeBrowser } from './timeouts.js';

export interface Tab {
  /** Aborted once nothing is to be expected of the tab any more; its reason says why. */
  gone: AbortSignal;
  /** Nobody waits for it: a page that hangs may take its time. */
  leave(): void;
}

/** A browser as this suite needs it. None of these may wait for ever. */
export interface TabBrowser {
  /** It has ended. */
  readonly hasEnded: boolean;
  open(url: string): Promise<Tab>;
  close(): Promise<void>;
}

/** A browser that must be started anew more often in one run is none to test in. */
const MAX_RESTARTS = 10;

export class Tabs {
  readonly #launch: () => Promise<TabBrowser>;
  #browser: Promise<TabBrowser>;
  #restarts = 0;

  constructor(launch: () => Promise<TabBrowser>) {
    this.#launch = launch;
    this.#browser = launch();
    this.#browser.catch(() => {});
  }

  /**
   * @returns a tab that is gone already where it could not be opened
   * @throws Error where the browser had to be started anew too often
   */
  async open(url: string): Promise<Tab> {
    const current = this.#browser;
    try {
      const browser = await current;
      if (!browser.hasEnded) return await browser.open(url);
      this.#restart(current);
      return await this.open(url);
    } catch (error) {
      this.#restart(current);
      return { gone: AbortSignal.abort(error), leave: () => {} };
    }
  }

  async close(): Promise<void> {
    const browser = await this.#browser.catch(() => undefined);
    await browser?.close();
  }

  /** Does nothing where another lane has found the same browser out before. */
  #restart(broken: Promise<TabBrowser>): void {
    if (this.#browser !== broken) return;
    this.#restarts += 1;
    if (this.#restarts > MAX_RESTARTS) throw new Error('The browser ends again and again.');
    broken.then((browser) => browser.close()).catch(() => {});
    this.#browser = this.#launch();
    this.#browser.catch(() => {});
  }
}

/** Firefox lets the timers of tabs that nobody sees sleep for a second. */
const patientTabs = {
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
};

export async function launchTabs(name: BrowserName): Promise<TabBrowser> {
  const browser = await launchBrowser(name, {
    protocolTimeout: ANSWER_LIMIT,
    extraPrefsFirefox: patientTabs,
  });
  return {
    get hasEnded() {
      return !browser.connected;
    },
    async open(url) {
      const page = await browser.newPage();
      const gone = new AbortController();
      const end = (why: string) => (): void => gone.abort(new Error(why));
      page.once('error', end('the page crashed'));
      page.once('close', end('the tab was closed'));
      browser.once('disconnected', end('the browser ended'));
      await page.goto(url, { timeout: ANSWER_LIMIT });
      return { gone: gone.signal, leave: () => void page.close().catch(() => {}) };
    },
    close: () => closeBrowser(browser),
  };
}
