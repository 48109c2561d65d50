import { expect } from '@open-wc/testing';
import { openHandle } from '../../../src/adapters/browser/file-handles.js';

type Permission = { state: PermissionState; answer: PermissionState };

/** A real handle, of a file in the origin's own file system, which a person need not be asked for. */
async function makeHandle(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(`${crypto.randomUUID()}.txt`, { create: true });
  const writable = await handle.createWritable();
  await writable.write('content');
  await writable.close();
  return handle;
}

/** As of a file that was picked: the browser asks the person, who answers. */
function guard(handle: FileSystemFileHandle, { state, answer }: Permission): FileSystemFileHandle {
  return Object.assign(handle, {
    queryPermission: () => Promise.resolve(state),
    requestPermission: () => Promise.resolve(answer),
  });
}

describe('a file handle', () => {
  it('opens its file', async () => {
    const file = await openHandle(await makeHandle());
    expect(await file?.text()).to.equal('content');
  });

  it('opens its file when the person allows it', async () => {
    const file = await openHandle(guard(await makeHandle(), { state: 'prompt', answer: 'granted' }));
    expect(await file?.text()).to.equal('content');
  });

  it('opens nothing when the person does not', async () => {
    expect(await openHandle(guard(await makeHandle(), { state: 'prompt', answer: 'denied' }))).to.be
      .undefined;
  });

  it('asks nothing where it was allowed before', async () => {
    const file = await openHandle(guard(await makeHandle(), { state: 'granted', answer: 'denied' }));
    expect(await file?.text()).to.equal('content');
  });

  it('opens nothing where the file is gone', async () => {
    const handle = await makeHandle();
    await (await navigator.storage.getDirectory()).removeEntry(handle.name);
    expect(await openHandle(handle)).to.be.undefined;
  });

  for (const other of [undefined, null, 'film.mp4', {}]) {
    it(`is not ${JSON.stringify(other)}`, async () => {
      expect(await openHandle(other)).to.be.undefined;
    });
  }
});
