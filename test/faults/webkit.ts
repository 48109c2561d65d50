// Drives WebKitGTK over WebDriver, if it is installed. Implements only what opening tabs needs.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { BROWSER_TIMEOUT, withTimeout } from './timeouts.js';
import type { TabBrowser } from './tabs.js';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY_SERVER = '/usr/bin/Xvfb';

export const missingWebKit =
  'WebKitGTK was not found. On Debian or Ubuntu, run `apt-get install xvfb webkit2gtk-driver`.';

/** Returns the name and version, or `undefined` if WebKitGTK is not installed. */
export async function webKitVersion(): Promise<string | undefined> {
  if (!existsSync(DRIVER) || !existsSync(DISPLAY_SERVER)) return undefined;
  const { close, version } = await launchWebKitTabs();
  await close();
  return version;
}

export async function launchWebKitTabs(): Promise<TabBrowser & { version: string }> {
  const display = spawn(DISPLAY_SERVER, ['-displayfd', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const children: ChildProcess[] = [display];
  const kill = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', kill);
  try {
    const screen = await withTimeout(BROWSER_TIMEOUT, 'the display', firstLine(display.stdio[3] as Readable));
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: `:${screen}` },
    });
    children.push(driver);
    const session = await Session.start(`http://127.0.0.1:${port}/session`);
    let hasEnded = false;
    driver.once('exit', () => (hasEnded = true));
    return {
      version: `WebKitGTK ${session.version}`,
      get hasEnded() {
        return hasEnded;
      },
      async open(url) {
        const closed = new AbortController();
        driver.once('exit', () => closed.abort(new Error('WebKitWebDriver ended')));
        const handle = await session.openTab(url);
        return { closed: closed.signal, close: () => void session.closeTab(handle).catch(() => {}) };
      },
      async close() {
        await session.end().catch(() => {});
        process.off('exit', kill);
        kill();
      },
    };
  } catch (error) {
    kill();
    throw error;
  }
}

interface NewSession {
  sessionId: string;
  capabilities: { browserVersion: string };
}

class Session {
  /** The version of the browser. */
  readonly version: string;
  readonly #url: string;
  /** Commands apply to the session's current tab, so operations on tabs run one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(url: string, version: string) {
    this.#url = url;
    this.version = version;
  }

  /** @param url the session endpoint of the driver, which may not listen yet */
  static async start(url: string): Promise<Session> {
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser' } };
    for (const deadline = performance.now() + BROWSER_TIMEOUT; ;) {
      try {
        const session = await send<NewSession>('POST', url, { capabilities });
        return new Session(`${url}/${session.sessionId}`, session.capabilities.browserVersion);
      } catch (error) {
        if (!isUnreachable(error) || performance.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }

  openTab(url: string): Promise<string> {
    return this.#enqueue(async () => {
      const { handle } = await send<{ handle: string }>('POST', `${this.#url}/window/new`, { type: 'tab' });
      await send('POST', `${this.#url}/window`, { handle });
      await send('POST', `${this.#url}/url`, { url });
      return handle;
    });
  }

  closeTab(handle: string): Promise<void> {
    return this.#enqueue(async () => {
      await send('POST', `${this.#url}/window`, { handle });
      await send('DELETE', `${this.#url}/window`);
    });
  }

  async end(): Promise<void> {
    await send('DELETE', this.#url);
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }
}

async function send<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(BROWSER_TIMEOUT),
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver: ${value.error} ${value.message}`);
  return value;
}

/** `fetch` rejects with a TypeError if the connection fails. */
const isUnreachable = (error: unknown): boolean => error instanceof TypeError;

async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
