/** Reads the keys of the setting `stored`, which the form submits before the files are shown. Pure. */

import { isRecord, isUnset } from './core/guards.js';

/** Converts the attribute. Invalid JSON is kept, so that `parseStoredFiles` can report it. */
export function fromStoredAttribute(text: string | null): unknown {
  if (isUnset(text)) return [];
  try {
    return JSON.parse(text ?? '');
  } catch {
    return text;
  }
}

/** Returns the object keys of the valid entries, as `parseStoredFiles` does. @param value an array or its JSON */
export function storedKeys(value: unknown): string[] {
  const entries = typeof value === 'string' ? fromStoredAttribute(value) : value;
  if (!Array.isArray(entries)) return [];
  const keys = (entries as unknown[]).map((entry) => (isRecord(entry) ? entry['key'] : undefined));
  return [...new Set(keys.filter((key) => typeof key === 'string' && key !== ''))] as string[];
}
