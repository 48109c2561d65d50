// WebKitGTK over WebDriver: as much of it as opening tabs takes. Used where it is installed; nothing installs it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER_LIMIT, within } from './timeouts.js';
import type { TabBrowser } from './tabs.js';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY_SERVER = '/usr/bin/Xvfb';

export const missingWebKit =
  'No WebKitGTK was found: run `apt-get install xvfb webkit2gtk-driver` (Debian and its like).';

/** @returns its name and version, or `undefined` where it is not installed */
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
    const screen = await within(ANSWER_LIMIT, 'the display', firstLine(display.stdio[3] as Readable));
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: `:${screen}` },
    });
    children.push(driver);
    const session = await Session.begin(`http://127.0.0.1:${port}/session`);
    let hasEnded = false;
    driver.once('exit', () => (hasEnded = true));
    return {
      version: `WebKitGTK ${session.version}`,
      get hasEnded() {
        return hasEnded;
      },
      async open(url) {
        const gone = new AbortController();
        driver.once('exit', () => gone.abort(new Error('the driver of the browser ended')));
        const handle = await session.openTab(url);
        return { gone: gone.signal, leave: () => void session.closeTab(handle).catch(() => {}) };
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
  /** Of the browser. */
  readonly version: string;
  readonly #url: string;
  /** A session looks at one tab at a time: who wants another waits. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(url: string, version: string) {
    this.#url = url;
    this.version = version;
  }

  /** @param sessions the address of the driver's sessions; it may not listen yet */
  static async begin(sessions: string): Promise<Session> {
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser' } };
    for (const giveUpAt = performance.now() + ANSWER_LIMIT; ;) {
      try {
        const begun = await ask<NewSession>('POST', sessions, { capabilities });
        return new Session(`${sessions}/${begun.sessionId}`, begun.capabilities.browserVersion);
      } catch (error) {
        if (!isUnreachable(error) || performance.now() > giveUpAt) throw error;
        await sleep(50);
      }
    }
  }

  openTab(url: string): Promise<string> {
    return this.#inTurn(async () => {
      const { handle } = await ask<{ handle: string }>('POST', `${this.#url}/window/new`, { type: 'tab' });
      await ask('POST', `${this.#url}/window`, { handle });
      await ask('POST', `${this.#url}/url`, { url });
      return handle;
    });
  }

  closeTab(handle: string): Promise<void> {
    return this.#inTurn(async () => {
      await ask('POST', `${this.#url}/window`, { handle });
      await ask('DELETE', `${this.#url}/window`);
    });
  }

  async end(): Promise<void> {
    await ask('DELETE', this.#url);
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(task);
    this.#turn = result.catch(() => {});
    return result;
  }
}

async function ask<T>(method: string, url: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(ANSWER_LIMIT),
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver: ${value.error} ${value.message}`);
  return value;
}

/** `fetch` tells so, and nothing more. */
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
