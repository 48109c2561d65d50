/** Recognizes files in folders that operating systems create and hide. */

/** Names of files and folders, in lower case. */
const HIDDEN = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
  '__macosx',
  '$recycle.bin',
  'system volume information',
]);

/** Whether a file or folder is hidden: its name starts with a dot, or is one that macOS or Windows uses itself. */
export function isHiddenName(name: string): boolean {
  return name.startsWith('.') || HIDDEN.has(name.toLowerCase());
}

/** Whether a file in a selected folder is hidden, or is in a hidden folder. The selected folder itself may be one. */
export function isHiddenInFolder({ webkitRelativePath }: File): boolean {
  // Not all environments have the property.
  return (webkitRelativePath || '').split('/').slice(1).some(isHiddenName);
}
