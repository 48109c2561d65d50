/** Reads dropped or pasted files, with their handles, and the contents of folders. */

import { FILE_TIME_LIMIT, withinTime } from '../core/time-limit.js';
import { isHiddenName } from '../hidden-files.js';
import type { PickedFile, SelectedFiles } from './file-picker.js';

/** An item in browsers with File System Access. */
interface HandleItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** Whether the data claims to contain files. */
export function hasFiles({ types }: DataTransfer): boolean {
  return types.includes('Files');
}

/**
 * Whether dragged files are only a picture of a page: browsers add its file to its HTML and URL. A file from a list of
 * downloads has a URL without HTML.
 */
export function isPageContent({ types }: DataTransfer): boolean {
  return types.includes('text/html');
}

/**
 * Whether files are only another form of copied text. Word processors and spreadsheets add a picture of the text. Browsers
 * copy a picture without plain text, and file managers copy files without HTML.
 */
export function isRichText({ types }: DataTransfer): boolean {
  return types.includes('text/html') && types.includes('text/plain');
}

/** How folders are read. */
export interface FolderOptions {
  /** Whether folders are read. If not, they are only listed. */
  accepted: boolean;
  /** Whether hidden files and folders in them are read, too. */
  includeHidden: boolean;
}

/**
 * Starts reading files. Call it in the event listener, because the data is unavailable afterwards.
 *
 * @returns `undefined` if there are no files
 */
export function readFiles(
  data: DataTransfer | null,
  { accepted, includeHidden }: FolderOptions,
): Promise<SelectedFiles> | undefined {
  const dropped: SelectedFiles = { files: [], folders: [], unreadable: [] };
  const reading: Promise<void>[] = [];
  for (const item of data?.items ?? []) {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (!file) continue;
    const entry = item.webkitGetAsEntry();
    if (!entry?.isDirectory) {
      const index = dropped.files.push({ file }) - 1;
      reading.push(withHandle(file, item).then((picked) => void (dropped.files[index] = picked)));
    } else if (accepted) {
      reading.push(readFolder(entry as FileSystemDirectoryEntry, dropped, includeHidden));
    } else {
      dropped.folders.push(file);
    }
  }
  if (reading.length + dropped.folders.length === 0) return undefined;
  return Promise.all(reading).then(() => dropped);
}

async function withHandle(file: File, item: DataTransferItem): Promise<PickedFile> {
  try {
    const opening = (item as HandleItem).getAsFileSystemHandle?.();
    const handle = opening && (await withinTime(opening));
    return handle?.kind === 'file' ? { file, handle: handle as FileSystemFileHandle } : { file };
  } catch {
    // The upload works without a handle.
    return { file };
  }
}

async function readFolder(
  folder: FileSystemDirectoryEntry,
  dropped: SelectedFiles,
  includeHidden: boolean,
): Promise<void> {
  try {
    for (const entry of await entriesOf(folder)) {
      if (!includeHidden && isHiddenName(entry.name)) continue;
      if (entry.isDirectory) await readFolder(entry as FileSystemDirectoryEntry, dropped, includeHidden);
      else await readFile(entry as FileSystemFileEntry, dropped);
    }
  } catch {
    dropped.unreadable.push(new File([], folder.name));
  }
}

async function readFile(entry: FileSystemFileEntry, { files, unreadable }: SelectedFiles): Promise<void> {
  try {
    const reading = new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    const file = await withinTime(reading, FILE_TIME_LIMIT);
    files.push({ file: withPath(file, entry.fullPath.replace(/^\//, '')) });
  } catch {
    unreadable.push(new File([], entry.name));
  }
}

/** Returns all entries of a folder. A reader returns at most 100 entries at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const reading = new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    const batch = await withinTime(reading, FILE_TIME_LIMIT);
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}

/** Sets `webkitRelativePath`, which files in a selected folder have and files in a dropped folder lack. */
function withPath(file: File, path: string): File {
  return Object.defineProperty(file, 'webkitRelativePath', { value: path });
}
