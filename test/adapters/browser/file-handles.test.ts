import { expect } from '@open-wc/testing';
import { openHandle } from '../../../src/adapters/browser/file-handles.js';

interface Permissions {
  /** Result of `queryPermission`. */
  query: PermissionState;
  /** Result of `requestPermission`. */
  request: PermissionState;
}

/** Creates a handle of a file in the origin private file system, which needs no permission. */
async function createHandle(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(`${crypto.randomUUID()}.txt`, { create: true });
  const writable = await handle.createWritable();
  await writable.write('content');
  await writable.close();
  return handle;
}

/** Adds the permission methods that handles of picked files have. */
function withPermissions(
  handle: FileSystemFileHandle,
  { query, request }: Permissions,
): FileSystemFileHandle {
  return Object.assign(handle, {
    queryPermission: () => Promise.resolve(query),
    requestPermission: () => Promise.resolve(request),
  });
}

describe('openHandle', () => {
  it('opens the file of a handle', async () => {
    const file = await openHandle(await createHandle());
    expect(await file?.text()).to.equal('content');
  });

  it('opens the file if the user grants permission', async () => {
    const file = await openHandle(
      withPermissions(await createHandle(), { query: 'prompt', request: 'granted' }),
    );
    expect(await file?.text()).to.equal('content');
  });

  it('returns undefined if the user denies permission', async () => {
    expect(await openHandle(withPermissions(await createHandle(), { query: 'prompt', request: 'denied' }))).to
      .be.undefined;
  });

  it('doesn’t request permission that is already granted', async () => {
    const file = await openHandle(
      withPermissions(await createHandle(), { query: 'granted', request: 'denied' }),
    );
    expect(await file?.text()).to.equal('content');
  });

  it('returns undefined if the file no longer exists', async () => {
    const handle = await createHandle();
    await (await navigator.storage.getDirectory()).removeEntry(handle.name);
    expect(await openHandle(handle)).to.be.undefined;
  });

  it('requests permission if the browser doesn’t tell whether it is granted', async () => {
    const handle = withPermissions(await createHandle(), { query: 'prompt', request: 'granted' });
    const silent = Object.assign(handle, { queryPermission: () => new Promise(() => {}) });
    let prompts = 0;
    const file = await openHandle(silent, () => prompts++);
    expect([await file?.text(), prompts]).to.deep.equal(['content', 1]);
  });

  it('reports no prompt for permission that is already granted', async () => {
    let prompts = 0;
    await openHandle(
      withPermissions(await createHandle(), { query: 'granted', request: 'granted' }),
      () => prompts++,
    );
    expect(prompts).to.equal(0);
  });

  for (const value of [undefined, null, 'film.mp4', {}]) {
    it(`returns undefined for ${JSON.stringify(value)}, which is no handle`, async () => {
      expect(await openHandle(value)).to.be.undefined;
    });
  }
});
