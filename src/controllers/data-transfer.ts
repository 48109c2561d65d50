/** Reads what was dropped or pasted: files with their handles, folders with all that is in them. */

import type { PickedFile } from './file-picker.js';

export interface Dropped {
  files: PickedFile[];
  /** Where folders are not taken. */
  folders: File[];
  /** What the browser could not read; empty files stand for it. */
  unreadable: File[];
}

/** Where there is File System Access. */
interface HandleItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/**
 * To be called before the event is over: what was dropped is gone afterwards.
 *
 * @param takesFolders whether what is in folders is wanted
 * @returns `undefined` where there are no files
 */
export function readDropped(data: DataTransfer | null, takesFolders: boolean): Promise<Dropped> | undefined {
  const dropped: Dropped = { files: [], folders: [], unreadable: [] };
  const reading: Promise<void>[] = [];
  for (const item of data?.items ?? []) {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (!file) continue;
    const entry = item.webkitGetAsEntry();
    if (!entry?.isDirectory) {
      const place = dropped.files.push({ file }) - 1;
      reading.push(withHandle(file, item).then((picked) => void (dropped.files[place] = picked)));
    } else if (takesFolders) {
      reading.push(readFolder(entry as FileSystemDirectoryEntry, dropped));
    } else {
      dropped.folders.push(file);
    }
  }
  if (reading.length + dropped.folders.length === 0) return undefined;
  return Promise.all(reading).then(() => dropped);
}

async function withHandle(file: File, item: DataTransferItem): Promise<PickedFile> {
  try {
    const handle = await (item as HandleItem).getAsFileSystemHandle?.();
    return handle?.kind === 'file' ? { file, handle: handle as FileSystemFileHandle } : { file };
  } catch {
    // The file itself is there all the same.
    return { file };
  }
}

async function readFolder(folder: FileSystemDirectoryEntry, dropped: Dropped): Promise<void> {
  try {
    for (const entry of await entriesOf(folder)) {
      if (entry.isDirectory) await readFolder(entry as FileSystemDirectoryEntry, dropped);
      else await readFile(entry as FileSystemFileEntry, dropped);
    }
  } catch {
    dropped.unreadable.push(new File([], folder.name));
  }
}

async function readFile(entry: FileSystemFileEntry, { files, unreadable }: Dropped): Promise<void> {
  try {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ file: withPath(file, entry.fullPath.replace(/^\//, '')) });
  } catch {
    unreadable.push(new File([], entry.name));
  }
}

/** A reader gives a hundred at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

/** A dropped file does not know its folder; one that was picked with its folder does, by this property. */
function withPath(file: File, path: string): File {
  return Object.defineProperty(file, 'webkitRelativePath', { value: path });
}
