/** Names images from the clipboard, which browsers all call `image.png`. */

import type { PickedFile } from './file-picker.js';

/** Pasting an image creates a new file. An older one was copied as a file, and keeps its name. In milliseconds. */
const MAX_AGE = 10_000;

/** The name of the last pasted image, and how many images share it. */
let last = { name: '', count: 0 };

/** Returns the file with a name of its own, such as `image-2026-01-31-142501.png`, if the clipboard has none for it. */
export function namePasted(picked: PickedFile): PickedFile {
  const { file, handle } = picked;
  const [isNameless, extension] = /^(?:image)?(\.\w+)?$/i.exec(file.name) ?? [];
  const isCopied = handle !== undefined || Math.abs(Date.now() - file.lastModified) > MAX_AGE;
  if (isNameless === undefined || (file.name !== '' && isCopied)) return picked;
  const [kind = '', subtype = ''] = file.type.split(/[/+;]/);
  const name = `${kind || 'file'}-${timestamp(new Date(file.lastModified))}`;
  last = { name, count: last.name === name ? last.count + 1 : 1 };
  const unique = last.count > 1 ? `${name}-${last.count}` : name;
  const { type, lastModified } = file;
  return {
    file: new File([file], unique + (extension ?? (subtype && `.${subtype}`)), { type, lastModified }),
  };
}

/** Returns the local time, such as `2026-01-31-142501`. */
function timestamp(date: Date): string {
  const iso = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return iso.slice(0, 19).replace('T', '-').replaceAll(':', '');
}
