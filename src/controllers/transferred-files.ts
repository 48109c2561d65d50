/** Reads dropped or pasted files, with their handles, and the contents of folders. */

import { FILE_TIME_LIMIT, withinTime } from '../core/time-limit.js';
import { isHiddenName } from '../hidden-files.js';
import type { TransferredFile } from './data-transfer.js';
import type { PickedFile, SelectedFiles } from './file-picker.js';

/** How folders are read. */
export interface FolderOptions {
  /** Whether folders are read. If not, they are only listed. */
  accepted: boolean;
  /** Whether hidden files and folders in them are read, too. */
  includeHidden: boolean;
}

/** Reads files and folders from `takeFiles`. */
export async function readFiles(
  transferred: readonly TransferredFile[],
  { accepted, includeHidden }: FolderOptions,
): Promise<SelectedFiles> {
  const dropped: SelectedFiles = { files: [], folders: [], unreadable: [] };
  const reading: Promise<void>[] = [];
  for (const { file, entry, handle } of transferred) {
    if (!entry?.isDirectory) {
      const index = dropped.files.push({ file }) - 1;
      reading.push(withHandle(file, handle).then((picked) => void (dropped.files[index] = picked)));
    } else if (accepted) {
      reading.push(readFolder(entry as FileSystemDirectoryEntry, dropped, includeHidden));
    } else {
      dropped.folders.push(file);
    }
  }
  await Promise.all(reading);
  return dropped;
}

async function withHandle(file: File, opening: TransferredFile['handle']): Promise<PickedFile> {
  // Without an answer in time, the upload works without a handle.
  const handle = opening && (await withinTime(opening).catch(() => undefined));
  return handle?.kind === 'file' ? { file, handle: handle as FileSystemFileHandle } : { file };
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
