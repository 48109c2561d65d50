/** File types that browsers know only by their extension, or name differently. Pure. */

import { lookUp } from './core/guards.js';

/**
 * Extensions, separated by spaces, of types that a browser may leave empty or name differently, such as
 * `application/vnd.ms-excel` for CSV files on Windows. By MIME type in the form of {@link canonicalType}.
 */
const extensions: Readonly<Record<string, string>> = {
  'application/7z-compressed': '.7z',
  'application/epub+zip': '.epub',
  'application/gzip': '.gz .tgz',
  'application/json': '.json',
  'application/msword': '.doc',
  'application/pdf': '.pdf',
  'application/rar': '.rar',
  'application/rtf': '.rtf',
  'application/tar': '.tar',
  'application/vnd.ms-excel': '.xls',
  'application/vnd.ms-powerpoint': '.ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': '.pptx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/xml': '.xml',
  'application/yaml': '.yaml .yml',
  'application/zip': '.zip',
  'audio/aac': '.aac',
  'audio/amr': '.amr',
  'audio/flac': '.flac',
  'audio/mp4': '.m4a',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg .oga .opus',
  'audio/wav': '.wav',
  'image/avif': '.avif',
  'image/bmp': '.bmp',
  'image/gif': '.gif',
  'image/heic': '.heic .heif',
  'image/jpeg': '.jpg .jpeg',
  'image/jxl': '.jxl',
  'image/png': '.png',
  'image/raw': '.raw .dng .cr2 .cr3 .nef .arw',
  'image/svg+xml': '.svg',
  'image/tiff': '.tif .tiff',
  'image/vnd.adobe.photoshop': '.psd',
  'image/webp': '.webp',
  'text/csv': '.csv',
  'text/html': '.html .htm',
  'text/javascript': '.js .mjs',
  'text/markdown': '.md .markdown',
  'text/plain': '.txt',
  'video/3gpp': '.3gp',
  'video/flv': '.flv',
  'video/matroska': '.mkv',
  'video/mp2t': '.ts .mts .m2ts',
  'video/mp4': '.mp4 .m4v',
  'video/mpeg': '.mpg .mpeg',
  'video/ms-wmv': '.wmv',
  'video/msvideo': '.avi',
  'video/ogg': '.ogv .ogg',
  'video/quicktime': '.mov',
  'video/vnd.rn-realvideo': '.rm .rmvb',
  'video/webm': '.webm',
};

/** Other names of types, without `x-`. */
const aliases: Readonly<Record<string, string>> = {
  'application/csv': 'text/csv',
  'application/javascript': 'text/javascript',
  'application/ogg': 'audio/ogg',
  'application/rar-compressed': 'application/rar',
  'application/vnd.rar': 'application/rar',
  'application/zip-compressed': 'application/zip',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'image/heif': 'image/heic',
  'image/jpg': 'image/jpeg',
  'image/ms-bmp': 'image/bmp',
  'image/pjpeg': 'image/jpeg',
  'image/svg': 'image/svg+xml',
  'image/tif': 'image/tiff',
  'image/vnd.microsoft.icon': 'image/icon',
  'text/comma-separated-values': 'text/csv',
  'text/json': 'application/json',
  'text/rtf': 'application/rtf',
  'text/xml': 'application/xml',
  'text/yaml': 'application/yaml',
  'video/avi': 'video/msvideo',
  'video/m4v': 'video/mp4',
  'video/mkv': 'video/matroska',
  'video/mov': 'video/quicktime',
};

/** The types whose extensions are known, in canonical form. */
export const knownTypes: readonly string[] = Object.keys(extensions);

/** Returns the extensions of a type that a browser may leave empty or name differently. */
export function extensionsOf(type: string): string[] {
  return lookUp(extensions, canonicalType(type))?.split(' ') ?? [];
}

/** Returns one name for all names of a MIME type. */
export function canonicalType(type: string): string {
  const mime = type.toLowerCase().replace(/;.*/s, '').trim().replace('/x-', '/');
  return lookUp(aliases, mime) ?? mime;
}
