// Opens tabs in a browser, and replaces the browser when it ends or hangs.
import { launchBrowser, type BrowserName } from '../support/browsers.js';
import { BROWSER_TIMEOUT, closeBrowser } from './timeouts.js';

export interface Tab {
  /** Aborted, with the reason, when the tab can no longer be used. */
  closed: AbortSignal;
  /** Closes the tab in the background: a hung page may take its time. */
  close(): void;
}

/** The parts of a browser that this suite needs. No method may block forever. */
export interface TabBrowser {
  /** Whether the browser process has ended. */
  readonly hasEnded: boolean;
  open(url: string): Promise<Tab>;
  close(): Promise<void>;
}

/** The number of browser restarts after which a run is aborted. */
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
   * Opens a tab, in a new browser if the current one has ended.
   *
   * @returns the tab; already closed if it could not be opened
   * @throws Error if the browser had to be restarted too often
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
      return { closed: AbortSignal.abort(error), close: () => {} };
    }
  }

  async close(): Promise<void> {
    const browser = await this.#browser.catch(() => undefined);
    await browser?.close();
  }

  /** Does nothing if a concurrent call has already replaced the broken browser. */
  #restart(broken: Promise<TabBrowser>): void {
    if (this.#browser !== broken) return;
    this.#restarts += 1;
    if (this.#restarts > MAX_RESTARTS)
      throw new Error(`The browser ended or hung more than ${MAX_RESTARTS} times.`);
    broken.then((browser) => browser.close()).catch(() => {});
    this.#browser = this.#launch();
    this.#browser.catch(() => {});
  }
}

/** Without these, Firefox throttles the timers of background tabs to one per second. */
const firefoxPreferences = {
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
};

export async function launchTabs(name: BrowserName): Promise<TabBrowser> {
  const browser = await launchBrowser(name, {
    protocolTimeout: BROWSER_TIMEOUT,
    extraPrefsFirefox: firefoxPreferences,
  });
  return {
    get hasEnded() {
      return !browser.connected;
    },
    async open(url) {
      const page = await browser.newPage();
      const closed = new AbortController();
      const abort = (reason: string) => (): void => closed.abort(new Error(reason));
      page.once('error', abort('the page crashed'));
      page.once('close', abort('the tab was closed'));
      browser.once('disconnected', abort('the browser ended'));
      await page.goto(url, { timeout: BROWSER_TIMEOUT });
      return { closed: closed.signal, close: () => void page.close().catch(() => {}) };
    },
    close: () => closeBrowser(browser),
  };
}
