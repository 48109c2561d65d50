/** Returns readable names of the file types in `accept`. Pure. */

import { parseAccept } from '../accept.js';
import type { Messages } from '../i18n/types.js';

/** Longer lists are not shown. */
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
  'video/quicktime': 'MOV',
  'video/x-matroska': 'MKV',
};

/**
 * Returns the names of the types in `accept`, such as `['MP4', 'MOV', 'images']`.
 *
 * @returns `undefined` if a type has no short name or the list is too long
 */
export function acceptedTypes(
  accept: string | undefined,
  messages: Pick<Messages, WildcardMessage>,
): string[] | undefined {
  const names = new Set<string>();
  for (const token of parseAccept(accept).tokens) {
    const wildcard = wildcards[token];
    const name = wildcard ? messages[wildcard] : (namesByMimeType[token] ?? nameOf(token));
    if (name === undefined) return undefined;
    names.add(name);
  }
  return names.size > 0 && names.size <= MAX_TYPES ? [...names] : undefined;
}

/** Returns the name of a type: `MP4` for `.mp4` and `video/mp4`. */
function nameOf(token: string): string | undefined {
  return /^(?:\.|[a-z]+\/)([a-z0-9]{1,5}(?:\.[a-z0-9]{1,4})?)$/.exec(token)?.[1]?.toUpperCase();
}
