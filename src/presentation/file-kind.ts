/** Decides which icon stands for a file. Pure. */

export type FileKind = 'image' | 'video' | 'audio' | 'text' | 'archive' | 'other';

/** Kinds by the first or the whole part of the MIME type, or by the extension. */
const patterns: readonly [kind: FileKind, pattern: RegExp][] = [
  ['image', /^image\/|\.(?:jpe?g|png|gif|svg|webp|avif|heic|tiff?|psd)$/],
  ['video', /^video\/|\.(?:mp4|m4v|mov|mkv|webm|avi|mxf|m2ts)$/],
  ['audio', /^audio\/|\.(?:mp3|m4a|aac|flac|wav|ogg|opus)$/],
  ['archive', /\b(?:zip|x-tar|gzip|x-7z-compressed|vnd\.rar)$|\.(?:zip|tar|gz|tgz|7z|rar|zst|dmg|iso)$/],
  ['text', /^text\/|\/(?:pdf|msword|rtf|json)$|(?:office|open)document|\.(?:pdf|docx?|odt|rtf|md|txt|csv)$/],
];

/**
 * Returns the kind of a file from its MIME type, or from its extension if the browser doesn't know the type.
 *
 * @example
 * fileKind({ name: 'film.mp4', type: 'video/mp4' }); // 'video'
 */
export function fileKind({ name, type }: { name: string; type: string }): FileKind {
  for (const text of [type, name]) {
    const lowerCase = text.toLowerCase();
    const match = patterns.find(([, pattern]) => pattern.test(lowerCase));
    if (match) return match[0];
  }
  return 'other';
}
