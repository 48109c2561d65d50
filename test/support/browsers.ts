// Finds the browsers of this machine and starts them. Knows nothing of test runners.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { inflatePackagedChromium } from './packaged-chromium.js';

export type BrowserName = 'chromium' | 'firefox';

/** How a browser is started here. */
export interface BrowserCommand {
  name: BrowserName;
  executablePath: string;
  /** Where it comes from, for a person: `CHROME_PATH`, `installed`, … */
  origin: string;
  args: string[];
  /** Beside the variables of this process. */
  env: Record<string, string>;
  /** A headless shell has no windows of its own and wants to be told so. */
  headless: true | 'shell';
}

export const missingBrowser: Record<BrowserName, string> = {
  chromium:
    'No Chrome, Chromium or Edge was found: set CHROME_PATH, or run `apt-get install chromium` or `npx playwright install chromium`.',
  firefox: 'No Firefox was found: set FIREFOX_PATH, or run `apt-get install firefox-esr`.',
};

/**
 * The first of: CHROME_PATH, an installed Chrome, Chromium or Edge, Playwright's cache, and the one that an npm
 * package carries (Linux on x64 only).
 *
 * @throws Error when CHROME_PATH names no file.
 */
export async function findChromium(): Promise<BrowserCommand | undefined> {
  const given = fromVariable('CHROME_PATH');
  if (given) return chromium(given, 'CHROME_PATH');
  const installed = findInstalled(installedChromium());
  if (installed) return chromium(installed, 'installed');
  const cached = findInPlaywrightCache();
  if (cached) return chromium(cached, "Playwright's cache");
  const packaged = await inflatePackagedChromium();
  if (!packaged) return undefined;
  const command = chromium(packaged.executablePath, '@sparticuz/chromium');
  // It has no sandbox helper of its own, and the machines that need it seldom lend the kernel's.
  return {
    ...command,
    env: packaged.env,
    headless: 'shell',
    args: [...new Set([...command.args, '--no-sandbox'])],
  };
}

/**
 * The first of: FIREFOX_PATH, an installed Firefox.
 *
 * @throws Error when FIREFOX_PATH names no file.
 */
export function findFirefox(): Promise<BrowserCommand | undefined> {
  const given = fromVariable('FIREFOX_PATH');
  const executablePath = given ?? findInstalled(installedFirefox());
  return Promise.resolve(
    executablePath === undefined
      ? undefined
      : {
          name: 'firefox',
          executablePath,
          origin: given ? 'FIREFOX_PATH' : 'installed',
          args: [],
          env: {},
          headless: true,
        },
  );
}

export function findBrowser(name: BrowserName): Promise<BrowserCommand | undefined> {
  return name === 'firefox' ? findFirefox() : findChromium();
}

/** What puppeteer needs to start the browser: Chromium over CDP, Firefox over WebDriver BiDi. */
export function launchOptions(command: BrowserCommand): LaunchOptions {
  return {
    browser: command.name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: command.executablePath,
    args: command.args,
    env: { ...process.env, ...command.env },
    headless: command.headless,
  };
}

/**
 * Starts the browser without a window.
 *
 * @param options beside {@link launchOptions}; `args` are added to its own
 * @throws Error with what to install when there is no such browser
 */
export async function launchBrowser(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  const command = await findBrowser(name);
  if (!command) throw new Error(missingBrowser[name]);
  const own = launchOptions(command);
  return puppeteer.launch({ ...own, ...options, args: [...(own.args ?? []), ...(options.args ?? [])] });
}

/** @returns the line that the browser prints about itself, such as `Chromium 140.0.7339.80` */
export async function browserVersion(command: BrowserCommand): Promise<string> {
  const { stdout } = await promisify(execFile)(command.executablePath, ['--version'], {
    env: { ...process.env, ...command.env },
  });
  return stdout.trim();
}

function chromium(executablePath: string, origin: string): BrowserCommand {
  const args = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-sync',
    '--no-first-run',
  ];
  // Chromium's sandbox refuses to run as root, which containers are.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const headless = /headless[_-]shell/.test(executablePath) ? 'shell' : true;
  return { name: 'chromium', executablePath, origin, args, env: {}, headless };
}

function fromVariable(variable: string): string | undefined {
  const path = process.env[variable];
  if (path && !existsSync(path)) throw new Error(`${variable} is ${path}, and there is no such file.`);
  return path || undefined;
}

/** @param candidates absolute paths, and bare names for the folders of PATH */
function findInstalled(candidates: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return candidates
    .flatMap((candidate) =>
      /[\\/]/.test(candidate) ? [candidate] : folders.map((folder) => join(folder, candidate)),
    )
    .find((path) => existsSync(path));
}

function installedChromium(): string[] {
  switch (process.platform) {
    case 'darwin':
      return macApplications('Google Chrome', 'Chromium', 'Microsoft Edge');
    case 'win32':
      return windowsPrograms('Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe');
    default:
      return [
        'google-chrome-stable',
        'google-chrome',
        'chromium',
        'chromium-browser',
        'microsoft-edge-stable',
        'microsoft-edge',
      ];
  }
}

function installedFirefox(): string[] {
  switch (process.platform) {
    case 'darwin':
      return macApplications('Firefox', 'Firefox Developer Edition').map((path) =>
        path.replace(/[^/]+$/, 'firefox'),
      );
    case 'win32':
      return windowsPrograms('Mozilla Firefox/firefox.exe');
    default:
      return ['firefox', 'firefox-esr'];
  }
}

function macApplications(...names: string[]): string[] {
  return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
    names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
  );
}

function windowsPrograms(...paths: string[]): string[] {
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((variable) => process.env[variable])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => paths.map((path) => join(folder, path)));
}

function findInPlaywrightCache(): string | undefined {
  const home = homedir();
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    {
      darwin: join(home, 'Library/Caches/ms-playwright'),
      win32: join(process.env['LOCALAPPDATA'] ?? home, 'ms-playwright'),
    }[process.platform as string] ??
    join(home, '.cache/ms-playwright');
  if (!existsSync(cache)) return undefined;

  const revision = (folder: string): number => Number(folder.split('-').at(-1));
  return readdirSync(cache)
    .filter((folder) => /^chromium(_headless_shell)?-\d+$/.test(folder))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((folder) => readdirSync(join(cache, folder)).map((platform) => join(cache, folder, platform)))
    .flatMap((folder) =>
      [
        'chrome',
        'headless_shell',
        'chrome-headless-shell',
        'chrome.exe',
        'headless_shell.exe',
        'Chromium.app/Contents/MacOS/Chromium',
      ].map((name) => join(folder, name)),
    )
    .find((path) => existsSync(path));
}
