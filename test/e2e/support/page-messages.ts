// Records what a page reports: console messages of the page and of the browser, and policy violations.
import type { Page } from 'puppeteer-core';

/** Returns an array to which the messages are added. In Firefox, errors of the browser are reported as page errors. */
export function recordMessages(page: Page): readonly string[] {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`error: ${String(error)}`));
  return messages;
}

const KEY = 'violations';

/** Runs in the page; records violations of its Content-Security-Policy, also across reloads. */
export function watchViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    const recorded = sessionStorage.getItem('violations') ?? '';
    sessionStorage.setItem('violations', `${recorded}${violatedDirective}: ${blockedURI}\n`);
  });
}

/** Returns the recorded violations, and forgets them. */
export async function takeViolations(page: Page): Promise<string[]> {
  return page.evaluate((key) => {
    const recorded = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
    return recorded.split('\n').filter(Boolean);
  }, KEY);
}
