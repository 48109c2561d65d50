/** Writes to the console, for the developer of the page. */

const logged = new Set<string>();

/** Logs a text that concerns the page as a whole, once. */
export function logOnce(level: 'error' | 'warn', text: string): void {
  if (logged.has(text)) return;
  logged.add(text);
  // eslint-disable-next-line no-console -- for the developer who builds the page
  console[level](`<oss-resumable-upload> ${text}`);
}
