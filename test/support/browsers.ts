// Finds and launches the browsers of this machine.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { inflatePackagedChromium } from './packaged-chromium.js';

export type BrowserName = 'chromium' | 'firefox';

/** How to start a browser. */
export interface BrowserCommand {
  name: BrowserName;
  executablePath: string;
  /** Where the browser was found, for display: `CHROME_PATH`, `installed`, … */
  origin: string;
  args: string[];
  /** Variables to add to the environment of this process. */
  env: Record<string, string>;
  /** The headless shell is a separate binary, which needs its own flag. */
  headless: true | 'shell';
}

export const missingBrowser: Record<BrowserName, string> = {
  chromium:
    'Chrome, Chromium or Edge was not found. Set CHROME_PATH, or run `apt-get install chromium` or `npx playwright install chromium`.',
  firefox: 'Firefox was not found. Set FIREFOX_PATH, or run `apt-get install firefox-esr`.',
};

/**
 * Returns the first of: CHROME_PATH, an installed Chrome, Chromium or Edge, Playwright's cache, and the npm package
 * @sparticuz/chromium (Linux on x64 only).
 *
 * @throws Error if CHROME_PATH is not an existing file
 */
async function findChromium(): Promise<BrowserCommand | undefined> {
  const configured = fromVariable('CHROME_PATH');
  if (configured) return chromium(configured, 'CHROME_PATH');
  const installed = findInstalled(installedChromium());
  if (installed) return chromium(installed, 'installed');
  const cached = findInPlaywrightCache();
  if (cached) return chromium(cached, "Playwright's cache");
  const packaged = await inflatePackagedChromium();
  if (!packaged) return undefined;
  const command = chromium(packaged.executablePath, '@sparticuz/chromium');
  // The package has no sandbox helper, and minimal machines rarely allow user namespaces instead.
  return {
    ...command,
    env: packaged.env,
    headless: 'shell',
    args: [...new Set([...command.args, '--no-sandbox'])],
  };
}

/**
 * Returns the first of: FIREFOX_PATH, an installed Firefox.
 *
 * @throws Error if FIREFOX_PATH is not an existing file
 */
function findFirefox(): Promise<BrowserCommand | undefined> {
  const configured = fromVariable('FIREFOX_PATH');
  const executablePath = configured ?? findInstalled(installedFirefox());
  return Promise.resolve(
    executablePath === undefined
      ? undefined
      : {
          name: 'firefox',
          executablePath,
          origin: configured ? 'FIREFOX_PATH' : 'installed',
          args: [],
          env: {},
          headless: true,
        },
  );
}

export function findBrowser(name: BrowserName): Promise<BrowserCommand | undefined> {
  return name === 'firefox' ? findFirefox() : findChromium();
}

/** Returns the Puppeteer options for a browser: Chromium uses CDP, Firefox uses WebDriver BiDi. */
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
 * Launches a headless browser.
 *
 * @param options override {@link launchOptions}, except `args`, which are appended
 * @throws Error with installation instructions if the browser is not found
 */
export async function launchBrowser(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  const command = await findBrowser(name);
  if (!command) throw new Error(missingBrowser[name]);
  const defaults = launchOptions(command);
  return puppeteer.launch({
    ...defaults,
    ...options,
    args: [...(defaults.args ?? []), ...(options.args ?? [])],
  });
}

/** Returns the name and version that the browser prints, such as `Chromium 140.0.7339.80`. */
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
    // A process in reserve for the next page takes more time to start than it saves.
    '--disable-features=SpareRendererForSitePerProcess',
    '--disable-gpu',
    '--disable-sync',
    '--no-first-run',
  ];
  // Chromium's sandbox doesn't run as root, which is the usual user in containers.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const headless = /headless[_-]shell/.test(executablePath) ? 'shell' : true;
  return { name: 'chromium', executablePath, origin, args, env: {}, headless };
}

function fromVariable(variable: string): string | undefined {
  const path = process.env[variable];
  if (path && !existsSync(path))
    throw new Error(`${variable} is set to ${path}, but that file doesn't exist.`);
  return path || undefined;
}

/** Returns the first candidate that exists. @param candidates absolute paths, or names to look up in PATH */
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
