import { expect } from '@open-wc/testing';
import { numberedKey } from '../../src/core/object-key.js';
import { UploadError } from '../../src/core/errors.js';
import type { Upload } from '../../src/core/upload.js';
import type { Uploader, UploaderOptions } from '../../src/core/uploader.js';
import { MemoryStore } from '../support/memory-store.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

let lastSize = PART;
/** A file that differs from all others. */
const file = (name = 'photo.jpg') => makeFile(++lastSize, name);

const codeOf = (action: () => unknown): string | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as UploadError).code;
  }
};

const addAll = (uploader: Uploader, ...names: string[]) =>
  names.map((name) => uploader.add(file(name), name).key);

describe('numberedKey', () => {
  const long = (bytes: number, character = 'x') => character.repeat(bytes / new Blob([character]).size);
  for (const [key, expected] of [
    ['photo.jpg', 'photo (2).jpg'],
    ['a/b.c/photo.jpg', 'a/b.c/photo (2).jpg'],
    ['archive.tar.gz', 'archive (2).tar.gz'],
    ['README', 'README (2)'],
    ['.gitignore', '.gitignore (2)'],
    ['a/.env', 'a/.env (2)'],
    ['v1.2 final report', 'v1.2 final report (2)'],
    ['照片.jpg', '照片 (2).jpg'],
    ['photo (2).jpg', 'photo (2) (2).jpg'],
    [`a/${long(1_017)}.jpg`, `a/${long(1_013)} (2).jpg`],
    [`${long(1_020, '照')}.js`, `${long(1_014, '照')} (2).js`],
    [`${long(1_020, '😀')}.js`, `${long(1_016, '😀')} (2).js`],
    [`${long(1_020)}/a`, undefined],
    ['folder/', undefined],
  ] as const) {
    it(`turns ${key.slice(0, 30)} (${new Blob([key]).size} bytes) into ${expected?.slice(-30)}`, () => {
      expect(numberedKey(key, 2)).to.equal(expected);
    });
  }
});

describe('Uploader.add with a key that another file has', () => {
  it('throws duplicate-key with the name of the file', () => {
    const { uploader } = createTestUploader();
    uploader.add(file(), 'photo.jpg');
    const add = () => uploader.add(file('b.jpg'), 'photo.jpg');
    expect(add).to.throw(UploadError).with.property('code', 'duplicate-key');
    expect(add).to.throw(/“b\.jpg” would replace another file/);
    expect(uploader.uploads).to.have.length(1);
  });

  it('throws with `overwrite`, too', () => {
    const { uploader } = createTestUploader({ overwrite: true });
    uploader.add(file(), 'photo.jpg');
    expect(codeOf(() => uploader.add(file(), 'photo.jpg'))).to.equal('duplicate-key');
  });

  it('adds a number with `rename`', () => {
    const { uploader } = createTestUploader({ onCollision: 'rename' });
    expect(addAll(uploader, 'photo.jpg', 'photo (3).jpg', 'photo.jpg', 'photo.jpg')).to.deep.equal([
      'photo.jpg',
      'photo (3).jpg',
      'photo (2).jpg',
      'photo (4).jpg',
    ]);
  });

  for (const removed of [0, 1]) {
    it(`throws if the file was added twice and row ${removed} was removed`, async () => {
      const { uploader } = createTestUploader({ overwrite: true });
      const same = file();
      const rows = [uploader.add(same, 'photo.jpg'), uploader.add(same, 'photo.jpg')];
      await uploader.remove([rows[removed]!.id]);
      expect(codeOf(() => uploader.add(file(), 'photo.jpg'))).to.equal('duplicate-key');
      await uploader.remove([rows[1 - removed]!.id]);
      expect(codeOf(() => uploader.add(file(), 'photo.jpg'))).to.equal(undefined);
    });
  }

  it('throws if the file was added twice and the second upload was cancelled', async () => {
    const { uploader } = createTestUploader();
    const same = file();
    uploader.add(same, 'photo.jpg');
    await uploader.add(same, 'photo.jpg').cancel();
    expect(codeOf(() => uploader.add(file(), 'photo.jpg'))).to.equal('duplicate-key');
  });

  it('compares keys in Unicode normal form', () => {
    const { uploader } = createTestUploader({ onCollision: 'rename' });
    const [first, second] = addAll(uploader, 'café.jpg'.normalize('NFC'), 'café.jpg'.normalize('NFD'));
    expect([first, second]).to.deep.equal(['café.jpg'.normalize('NFC'), 'café (2).jpg'.normalize('NFD')]);
  });

  it('distinguishes upper and lower case, as OSS does', () => {
    const { uploader } = createTestUploader();
    expect(addAll(uploader, 'photo.jpg', 'Photo.jpg')).to.deep.equal(['photo.jpg', 'Photo.jpg']);
  });

  it('accepts the same file again', () => {
    const { uploader } = createTestUploader();
    const same = file();
    uploader.add(same, 'photo.jpg');
    expect(uploader.add(same, 'photo.jpg').key).to.equal('photo.jpg');
  });

  it('finds the number of the same file again', () => {
    const { uploader } = createTestUploader({ onCollision: 'rename' });
    const second = file();
    uploader.add(file(), 'photo.jpg');
    uploader.add(second, 'photo.jpg');
    expect(uploader.uniqueKey(second, 'photo.jpg')).to.equal('photo (2).jpg');
  });

  const states: Record<
    string,
    (test: ReturnType<typeof createTestUploader>, upload: Upload) => Promise<void>
  > = {
    running: async ({ uploader, oss }) => {
      const held = oss.hold('createUpload');
      uploader.start();
      await held.reached;
    },
    paused: async ({ uploader, oss }) => {
      const held = oss.hold('createUpload');
      uploader.start();
      await held.reached;
      uploader.pause();
    },
    failed: async ({ uploader, oss }, upload) => {
      oss.fail('createUpload', () => new UploadError('access-denied'));
      uploader.start();
      await reached(uploader, upload, 'failed');
    },
    succeeded: async ({ uploader }, upload) => {
      uploader.start();
      await reached(uploader, upload, 'succeeded');
    },
  };
  for (const [state, bring] of Object.entries(states)) {
    it(`counts an upload that is ${state}`, async () => {
      const test = createTestUploader({ overwrite: true });
      const upload = test.uploader.add(makeFile(3 * PART, 'photo.jpg'), 'photo.jpg');
      await bring(test, upload);
      expect(upload.state.status).to.match(new RegExp(`${state}|preparing`));
      expect(codeOf(() => test.uploader.add(file(), 'photo.jpg'))).to.equal('duplicate-key');
    });
  }

  it('counts a stored file of a restored form', () => {
    const { uploader } = createTestUploader();
    const result = { bucket: 'bucket', key: 'photo.jpg', etag: '"1"', url: '', verified: true };
    uploader.addStored({ fileName: 'photo.jpg', fileSize: 1, result });
    expect(codeOf(() => uploader.add(file(), 'photo.jpg'))).to.equal('duplicate-key');
  });

  for (const [way, free] of Object.entries<(uploader: Uploader, upload: Upload) => Promise<void>>({
    cancelled: (uploader, { id }) => uploader.cancel([id]),
    removed: (uploader, { id }) => uploader.remove([id]),
  })) {
    it(`accepts the key of an upload that was ${way}`, async () => {
      const { uploader } = createTestUploader();
      await free(uploader, uploader.add(file(), 'photo.jpg'));
      expect(uploader.add(file(), 'photo.jpg').key).to.equal('photo.jpg');
    });
  }

  it('fails a cancelled upload that is started over, and stores the other file', async () => {
    const { uploader, oss } = createTestUploader({ overwrite: true });
    const cancelled = uploader.add(makeFile(PART, 'photo.jpg'), 'photo.jpg');
    await uploader.cancel();
    const other = uploader.add(makeFile(PART + 1, 'photo.jpg'), 'photo.jpg');
    cancelled.retry();
    await reached(uploader, cancelled, 'failed');
    expect(cancelled.state).to.have.nested.property('error.code', 'duplicate-key');
    other.start();
    await reached(uploader, other, 'succeeded');
    expect(oss.objects.get('photo.jpg')?.bytes).to.have.length(PART + 1);
    await uploader.remove([other.id]);
    cancelled.retry();
    await reached(uploader, cancelled, 'succeeded');
  });
});

describe('a file whose key got a number, at the next visit,', () => {
  const photo = () => new File([makeFile(4 * PART)], 'photo.jpg', { lastModified: 1 });
  const otherPhoto = () => new File([makeFile(5 * PART)], 'photo.jpg', { lastModified: 2 });

  /** Leaves the second of two files with one key unfinished. */
  async function leaveUnfinished(options: UploaderOptions) {
    const store = new MemoryStore();
    const { uploader, oss } = createTestUploader({ ...options, parallel: 1 }, { store });
    uploader.add(otherPhoto(), 'photo.jpg');
    const upload = uploader.add(photo(), 'photo.jpg');
    expect(upload.key).to.equal('photo (2).jpg');
    const held = oss.hold('uploadPart', 3);
    upload.start();
    await held.reached;
    upload.pause();
    await upload.atRest;
    return { store, oss };
  }

  for (const [kind, objectKey] of [
    ['template', '{name}'],
    ['function', (file: File) => file.name],
  ] as const) {
    it(`continues under that key, with a ${kind} for keys`, async () => {
      const options: UploaderOptions = { objectKey, onCollision: 'rename', parallel: 1 };
      const { store, oss } = await leaveUnfinished(options);
      const { uploader } = createTestUploader(options, { store, openGateway: oss.open });
      await uploader.restore();
      const upload = uploader.add(photo(), await uploader.keyFor(photo()));
      expect([upload.key, uploader.uploads.length]).to.deep.equal(['photo (2).jpg', 1]);
      const sent = oss.count('uploadPart');
      upload.resume();
      await reached(uploader, upload, 'succeeded');
      expect(oss.count('uploadPart') - sent).to.equal(2);
      expect(await store.list()).to.deep.equal([]);
    });
  }

  it('does not take the key of another file in the list', async () => {
    const options: UploaderOptions = { onCollision: 'rename', overwrite: true };
    const { store, oss } = await leaveUnfinished(options);
    const { uploader } = createTestUploader(options, { store, openGateway: oss.open });
    // In the opposite order, and before the earlier uploads are restored.
    const first = uploader.add(photo(), 'photo.jpg');
    const second = uploader.add(otherPhoto(), 'photo.jpg');
    expect(second.key).to.equal('photo (2).jpg');
    uploader.start();
    await Promise.all([first, second].map((upload) => reached(uploader, upload, 'succeeded')));
    const sizes = ['photo.jpg', 'photo (2).jpg'].map((key) => oss.objects.get(key)?.bytes.length);
    expect(sizes).to.deep.equal([4 * PART, 5 * PART]);
  });

  it('counts as resumable for other files, and fails rather than replace one of them', async () => {
    const options: UploaderOptions = { onCollision: 'rename' };
    const { store, oss } = await leaveUnfinished(options);
    const { uploader } = createTestUploader({ overwrite: true }, { store, openGateway: oss.open });
    const stored = uploader.add(file('photo (2).jpg'), 'photo (2).jpg');
    const [resumable] = await uploader.restore();
    expect(codeOf(() => uploader.add(file(), 'photo (2).jpg'))).to.equal('duplicate-key');
    resumable!.attach(photo());
    resumable!.resume();
    await reached(uploader, resumable!, 'failed');
    expect(resumable!.state).to.have.nested.property('error.code', 'duplicate-key');
    await uploader.remove([stored.id]);
    resumable!.retry();
    await reached(uploader, resumable!, 'succeeded');
  });
});
