/**
 * Reopens files from stored handles, in browsers that support the File System Access API.
 */
import { isRecord } from '../../core/guards.js';
import { withinTime } from '../../core/time-limit.js';

/** How long a handle may take to tell its permission before the user is asked, in milliseconds. */
const QUERY_TIME_LIMIT = 1_000;

/** Permission methods that TypeScript's DOM types don't include yet. */
interface PermissionHandle extends FileSystemFileHandle {
  queryPermission?(): Promise<PermissionState>;
  requestPermission?(): Promise<PermissionState>;
}

/**
 * Opens the file of a handle. May show a permission prompt, so call it from a click handler.
 *
 * @param onPrompt called before the user is asked for permission
 * @returns `undefined` if permission is denied or the file can't be opened
 */
export async function openHandle(handle: unknown, onPrompt = () => {}): Promise<File | undefined> {
  if (!isHandle(handle)) return undefined;
  try {
    return (await mayRead(handle, onPrompt)) ? await handle.getFile() : undefined;
  } catch {
    return undefined;
  }
}

async function mayRead(handle: PermissionHandle, onPrompt: () => void): Promise<boolean> {
  // Files in the origin private file system need no permission. In some browsers their handles lack these methods.
  if (!handle.queryPermission) return true;
  const permission = await withinTime(handle.queryPermission(), QUERY_TIME_LIMIT).catch(() => 'prompt');
  if (permission === 'granted') return true;
  onPrompt();
  return (await handle.requestPermission?.()) === 'granted';
}

function isHandle(handle: unknown): handle is PermissionHandle {
  return isRecord(handle) && handle['kind'] === 'file';
}
