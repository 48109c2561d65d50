/** Fills `{placeholders}` in messages. */

import { lookUp } from './guards.js';

/**
 * Replaces each `{name}` in a template with its value. Placeholders without a value are removed.
 *
 * @example
 * fillPlaceholders('{done} of {count} uploaded', { done: '2', count: '6' }); // '2 of 6 uploaded'
 */
export function fillPlaceholders(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => lookUp(values, name) ?? '');
}

/**
 * Removes characters that change the writing direction of what follows, such as U+202E. With them, the name
 * `photo<U+202E>gpj.exe` would look like `photoexe.jpg`, and the rest of a sentence could be reversed.
 */
export function withoutBidiControls(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}
