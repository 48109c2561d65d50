/**
 * Reopens files from stored handles, in browsers that support the File System Access API.
 */
import { isRecord } from '../../core/guards.js';

/** Permission methods that TypeScript's DOM types don't include yet. */
interface PermissionHandle extends FileSystemFileHandle {
  queryPermission?(): Promise<PermissionState>;
  requestPermission?(): Promise<PermissionState>;
}

/**
 * Opens the file of a handle. May show a permission prompt, so call it from a click handler.
 *
 * @returns `undefined` if permission is denied or the file can't be opened
 */
export async function openHandle(handle: unknown): Promise<File | undefined> {
  if (!isHandle(handle)) return undefined;
  try {
    if (
      (await handle.queryPermission?.()) === 'granted' ||
      (await handle.requestPermission?.()) === 'granted'
    ) {
      return await handle.getFile();
    }
    // Files in the origin private file system need no permission. In some browsers their handles lack these methods.
    return handle.queryPermission ? undefined : await handle.getFile();
  } catch {
    return undefined;
  }
}

function isHandle(handle: unknown): handle is PermissionHandle {
  return isRecord(handle) && handle['kind'] === 'file';
}
