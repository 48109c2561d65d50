/** Turns `accept` into names of file types for people. Pure. */

import type { Messages } from '../i18n/types.js';
import { acceptTokens } from '../restrictions.js';

/** A longer list doesn't help anyone choose a file. */
const MAX_TYPES = 10;

type WildcardMessage = 'typeImages' | 'typeVideos' | 'typeAudio';

const wildcards: Readonly<Record<string, WildcardMessage>> = {
  'image/*': 'typeImages',
  'video/*': 'typeVideos',
  'audio/*': 'typeAudio',
};

/** MIME types whose common name can't be derived from the subtype. */
const namesByMimeType: Readonly<Record<string, string>> = {
  'application/msword': 'DOC',
  'application/vnd.ms-excel': 'XLS',
  'application/vnd.ms-powerpoint': 'PPT',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'audio/mpeg': 'MP3',
  'image/svg+xml': 'SVG',
  'text/plain': 'TXT',
  'video/mpeg': 'MPEG',
  'video/quicktime': 'MOV',
  'video/x-matroska': 'MKV',
};

/**
 * Returns the names of the types in `accept`, such as `['MP4', 'MOV', 'images']`.
 *
 * @returns `undefined` where a type has no short name or the list would be long
 */
export function acceptedTypes(
  accept: string | undefined,
  messages: Pick<Messages, WildcardMessage>,
): string[] | undefined {
  const names = new Set<string>();
  for (const token of acceptTokens(accept)) {
    const wildcard = wildcards[token];
    const name = wildcard ? messages[wildcard] : (namesByMimeType[token] ?? nameOf(token));
    if (name === undefined) return undefined;
    names.add(name);
  }
  return names.size > 0 && names.size <= MAX_TYPES ? [...names] : undefined;
}

/** `.mp4` and `video/mp4` become `MP4`. */
function nameOf(token: string): string | undefined {
  return /^(?:\.|[a-z]+\/)([a-z0-9]{1,5}(?:\.[a-z0-9]{1,4})?)$/.exec(token)?.[1]?.toUpperCase();
}
