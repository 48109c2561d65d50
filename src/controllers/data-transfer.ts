/** What a drop or a paste contains. transferred-files.ts reads the files. */

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

/** A dropped or pasted file or folder. */
export interface TransferredFile {
  file: File;
  /** Reads a folder. */
  entry: FileSystemEntry | null;
  /** Opens the file again after a reload, in browsers with File System Access. */
  handle?: Promise<FileSystemHandle | null | undefined>;
}

/** Takes the files and folders. Call it in the event listener, because the data is unavailable afterwards. */
export function takeFiles(data: DataTransfer | null): TransferredFile[] {
  return [...(data?.items ?? [])].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (!file) return [];
    const entry = item.webkitGetAsEntry();
    return entry?.isDirectory ? { file, entry } : { file, entry, handle: handleOf(item) };
  });
}

/** The upload works without a handle. */
async function handleOf(item: HandleItem): Promise<FileSystemHandle | null | undefined> {
  try {
    return await item.getAsFileSystemHandle?.();
  } catch {
    return undefined;
  }
}
