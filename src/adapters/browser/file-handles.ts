/**
 * Opens files again by their handles (File System Access), where the browser has such.
 */

/** The part of a handle that TypeScript's DOM library does not know yet. */
interface PermissionHandle extends FileSystemFileHandle {
  queryPermission?(): Promise<PermissionState>;
  requestPermission?(): Promise<PermissionState>;
}

/**
 * Asks the person for permission where it is needed: to be called from a click.
 *
 * @returns `undefined` where it is not given, or the file is gone
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
    // A file of the origin's own file system needs no permission, and has no such methods in some browsers.
    return handle.queryPermission ? undefined : await handle.getFile();
  } catch {
    return undefined;
  }
}

function isHandle(handle: unknown): handle is PermissionHandle {
  return typeof FileSystemFileHandle === 'function' && handle instanceof FileSystemFileHandle;
}
