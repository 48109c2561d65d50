/** Fills `{placeholders}` in messages. */

/**
 * Replaces each `{name}` in a template with its value. Placeholders without a value are removed.
 *
 * @example
 * fillPlaceholders('{done} of {count} uploaded', { done: '2', count: '6' }); // '2 of 6 uploaded'
 */
export function fillPlaceholders(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
