// Files, blobs and dates that another realm created, such as an iframe: `instanceof` is false for them.
import { expect } from '@open-wc/testing';
import { lifetimeOf } from '../../src/adapters/browser/token-lifetime.js';
import { PART, succeeded, TestBucket } from './bucket.js';

type Realm = Window & Pick<typeof globalThis, 'Blob' | 'Date' | 'File' | 'Uint8Array'>;

const checkpointOf = (file: Blob) => ({
  file,
  name: 'films/1',
  fileSize: file.size,
  partSize: PART,
  uploadId: 'id',
  doneParts: [],
});

describe('values of another realm', () => {
  let bucket: TestBucket;
  let frame: HTMLIFrameElement;
  let realm: Realm;

  before(async () => {
    bucket = await TestBucket.create();
    frame = document.createElement('iframe');
    document.body.append(frame);
    realm = frame.contentWindow as Realm;
  });

  after(() => {
    frame.remove();
  });

  for (const [name, size] of Object.entries({
    'an empty file': 0,
    'a small file': 1_000,
    'a file of three parts': 3 * PART,
  })) {
    it(`${name} is stored and verified`, async () => {
      const file = new realm.File([new realm.Uint8Array(size).fill(7)], 'film.mp4');
      expect(file).not.to.be.instanceOf(File);
      const uploader = bucket.uploader();
      const upload = uploader.add(file, `${size}.mp4`);
      upload.start();
      expect(await succeeded(uploader, upload)).to.deep.include({ verified: true });
      await bucket.expectStored(`${size}.mp4`, file);
    });
  }

  it('a checkpoint’s file keeps its name', () => {
    const file = new realm.File([new realm.Uint8Array(3 * PART)], 'film.mp4');
    const upload = bucket.uploader().addFrom(checkpointOf(file));
    expect([upload.file, upload.fileName]).to.deep.equal([file, 'film.mp4']);
  });

  it('a checkpoint’s blob is accepted as the content', () => {
    const file = new realm.Blob([new realm.Uint8Array(3 * PART)]);
    expect(bucket.uploader().addFrom(checkpointOf(file)).fileSize).to.equal(3 * PART);
  });

  it('a date is read as the expiration of credentials', () => {
    const now = Date.UTC(2026, 0, 31, 11);
    const lifetime = lifetimeOf(new realm.Date('2026-01-31T12:00:00Z'), now);
    expect(lifetime).to.deep.equal({ remaining: 3_600_000, isExact: true });
  });
});
