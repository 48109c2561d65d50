// How many files are uploaded in parallel, if that is chosen automatically.
import { expect } from '@open-wc/testing';
import { isActive } from '../../src/core/upload-state.js';
import type { Uploader } from '../../src/core/uploader.js';
import { createTestUploader, makeFile, PART, reached } from '../support/uploads.js';

/** One part and two parts, of the size that parts have while nothing is known about the network. */
const MEDIUM = 4 * 2 ** 20;
const LARGE = 2 * MEDIUM;
const VERY_LARGE = 4 * MEDIUM;

const activeKeys = (uploader: Uploader): string[] =>
  uploader.uploads.filter(({ state }) => isActive(state)).map(({ key }) => key);

/** Starts files of these sizes in bytes, and returns the indexes of those that are uploaded at once. */
function startAll(sizes: readonly number[]): string[] {
  const { uploader } = createTestUploader();
  for (const [index, size] of sizes.entries()) uploader.add(makeFile(size), String(index));
  uploader.start();
  const active = activeKeys(uploader);
  uploader.pause();
  return active;
}

describe('concurrentFiles: auto', () => {
  it('uploads as many files of one part at once as browsers open connections', () => {
    expect(startAll(Array.from({ length: 8 }, () => MEDIUM))).to.deep.equal(['0', '1', '2', '3', '4', '5']);
  });

  it('starts three more small files than browsers open connections', () => {
    expect(startAll(Array.from({ length: 12 }, () => PART))).to.have.length(9);
  });

  it('starts no file of one part while small files take all connections', () => {
    expect(startAll([PART, PART, PART, PART, PART, PART, MEDIUM])).to.have.length(6);
  });

  it('reads small files while others are sent', async () => {
    let reads = 0;
    let onRead = () => {};
    const allRead = new Promise<void>((resolve) => (onRead = resolve));
    const checksum = {
      crc64: () => {
        if (++reads === 9) onRead();
        return Promise.resolve(0n);
      },
    };
    const { uploader, oss } = createTestUploader({}, { checksum });
    for (let index = 0; index < 9; index++) {
      oss.hold('put');
      uploader.add(makeFile(PART), String(index));
    }
    uploader.start();
    await allRead;
    const sent = oss.count('put');
    uploader.pause();
    expect(sent).to.be.below(9);
  });

  it('uploads two large files at once', () => {
    expect(startAll([VERY_LARGE, VERY_LARGE, VERY_LARGE])).to.deep.equal(['0', '1']);
  });

  it('uploads three files of one part beside a large one', () => {
    expect(startAll([VERY_LARGE, MEDIUM, MEDIUM, MEDIUM, MEDIUM])).to.deep.equal(['0', '1', '2', '3']);
  });

  it('counts files without bytes', () => {
    expect(startAll(Array.from({ length: 12 }, () => 0))).to.have.length(9);
  });

  it('counts a file of two parts as two small ones', () => {
    expect(startAll([LARGE, LARGE, LARGE, LARGE])).to.deep.equal(['0', '1', '2']);
  });

  it('starts a large file only when there are connections for it', () => {
    expect(startAll([PART, PART, PART, PART, PART, VERY_LARGE])).to.deep.equal(['0', '1', '2', '3', '4']);
  });

  it('starts the next large file while the last parts of two others are sent', async () => {
    const { uploader, oss } = createTestUploader({ partSize: MEDIUM, parallel: 1 });
    for (const key of ['a', 'b', 'c']) uploader.add(makeFile(3 * MEDIUM), key);
    const second = [oss.hold('uploadPart', 2), oss.hold('uploadPart', 2)];
    uploader.start();
    await Promise.all(second.map(({ reached }) => reached));
    const before = activeKeys(uploader);
    const third = [oss.hold('uploadPart', 3), oss.hold('uploadPart', 3)];
    for (const { release } of second) release();
    await Promise.all(third.map(({ reached }) => reached));
    const after = activeKeys(uploader);
    uploader.pause();
    expect([before, after]).to.deep.equal([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });

  it('counts the parts of the size that the page sets', async () => {
    const { uploader, oss } = createTestUploader({ partSize: VERY_LARGE });
    oss.hold('put');
    oss.hold('put');
    const uploads = ['a', 'b', 'c', 'd'].map((key) => uploader.add(makeFile(VERY_LARGE), key));
    uploader.start();
    const before = activeKeys(uploader);
    await Promise.all(uploads.map((upload) => reached(uploader, upload, 'uploading')));
    const after = activeKeys(uploader);
    uploader.pause();
    expect([before, after]).to.deep.equal([
      ['a', 'b'],
      ['a', 'b', 'c', 'd'],
    ]);
  });

  it('is replaced by a number', () => {
    const { uploader } = createTestUploader({ concurrentFiles: '3' });
    for (const key of ['a', 'b', 'c', 'd']) uploader.add(makeFile(PART), key);
    uploader.start();
    const active = activeKeys(uploader);
    uploader.pause();
    expect(active).to.deep.equal(['a', 'b', 'c']);
  });
});
