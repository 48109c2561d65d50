/** Reads the setting `stored`: the files that are stored already. The page may have rendered them from other data. Pure. */

import { isRecord, type StoredFile } from './core/index.js';
import { isCount } from './core/guards.js';
import { describeValue, isUnset, type ReportInvalid } from './core/options/invalid-option.js';
import { redactUrl } from './core/options/page.js';
import { fromStoredAttribute } from './stored-keys.js';
import { withoutRootPrototype } from './core/without-prototype.js';

/** A file that is stored already, in `stored`. */
export interface StoredFileInit {
  /** Object key. */
  key: string;
  /** Name that is shown. Default: the last segment of the key. */
  name?: string | undefined;
  /** Bytes. Not shown if it is missing. */
  size?: number | undefined;
  /** MIME type, which selects the icon. Default: the extension of the name decides. */
  type?: string | undefined;
  /** URL of the object, relative to the page: `http:` or `https:`. It becomes `state.result.url` of the upload. */
  url?: string | undefined;
}

/** Further problems are not reported. */
const MAX_REPORTS = 10;

/**
 * Returns the valid entries. Entries without a key, and further ones with the same key, are skipped. Other invalid values
 * count as missing.
 *
 * @param value an array or its JSON
 * @param baseUrl of the page
 */
export function parseStoredFiles(
  value: unknown,
  baseUrl: string | undefined,
  invalid: ReportInvalid = () => undefined,
): StoredFile[] {
  const entries = typeof value === 'string' ? fromStoredAttribute(value) : value;
  if (isUnset(entries)) return [];
  if (!Array.isArray(entries)) {
    // The text may contain a signed URL.
    const text = typeof entries === 'string' ? 'a text' : describeValue(entries);
    invalid('stored', text, 'Use a JSON array such as [{"key":"films/a.mp4","name":"a.mp4"}].');
    return [];
  }
  let reports = 0;
  const files = new Map<string, StoredFile>();
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const report = (name: string, problem: unknown, fix: string): undefined => {
      if (++reports > MAX_REPORTS) return;
      invalid(`stored[${index}]${name && `.${name}`}`, describeValue(problem), fix);
    };
    if (!isRecord(entry)) {
      report('', entry, 'Use an object with a key. The entry is skipped.');
      continue;
    }
    const file = parseEntry(entry, baseUrl, report);
    if (!file) continue;
    const { key } = file.result;
    if (files.has(key)) report('key', key, 'Remove the second entry with this key, which is skipped.');
    else files.set(key, file);
  }
  return [...files.values()];
}

type Report = (name: string, problem: unknown, fix: string) => undefined;

function parseEntry(
  entry: Record<string, unknown>,
  baseUrl: string | undefined,
  report: Report,
): StoredFile | undefined {
  const { key, name, size, type, url } = withoutRootPrototype(entry);
  if (typeof key !== 'string' || key === '') {
    return report('key', key, 'Set it to the object key. The entry is skipped.');
  }
  const textOf = (property: string, value: unknown): string | undefined => {
    if (isUnset(value)) return undefined;
    return typeof value === 'string' ? value : report(property, value, 'Set it to a string.');
  };
  const isSizeKnown =
    !isUnset(size) && (isCount(size) || report('size', size, 'Set it to a number of bytes.'));
  return {
    fileName: textOf('name', name) ?? lastSegment(key),
    fileSize: isSizeKnown ? (size as number) : undefined,
    fileType: textOf('type', type),
    isOfPage: true,
    result: { key, url: parseUrl(textOf('url', url), baseUrl, report) },
  };
}

/** Returns an absolute URL that is safe as a link. */
function parseUrl(text: string | undefined, baseUrl: string | undefined, report: Report): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text, baseUrl) ? new URL(text, baseUrl) : undefined;
  const isSafe = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (isSafe) return url.href;
  return report('url', redactUrl(text), 'Use an http: or https: URL without a user name or a password.');
}

function lastSegment(key: string): string {
  return /([^/]+)\/*$/.exec(key)?.[1] ?? key;
}
