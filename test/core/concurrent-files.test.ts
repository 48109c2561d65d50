// How many files are uploaded in parallel, if that is chosen automatically.
import { expect } from '@open-wc/testing';
import { isActive } from '../../src/core/upload-state.js';
import type { Uploader } from '../../src/core/uploader.js';
import { createTestUploader, makeFile, PART } from '../support/uploads.js';

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
  it('uploads as many small files at once as browsers open connections', () => {
    expect(startAll(Array.from({ length: 8 }, () => PART))).to.deep.equal(['0', '1', '2', '3', '4', '5']);
  });

  it('uploads two large files at once', () => {
    expect(startAll([VERY_LARGE, VERY_LARGE, VERY_LARGE])).to.deep.equal(['0', '1']);
  });

  it('uploads three small files beside a large one', () => {
    expect(startAll([VERY_LARGE, PART, PART, PART, PART])).to.deep.equal(['0', '1', '2', '3']);
  });

  it('counts files without bytes', () => {
    expect(startAll(Array.from({ length: 8 }, () => 0))).to.have.length(6);
  });

  it('counts a file of two parts as two small ones', () => {
    expect(startAll([LARGE, LARGE, LARGE, LARGE])).to.deep.equal(['0', '1', '2']);
  });

  it('starts the next file while the last part of a large one is sent', async () => {
    const { uploader, oss } = createTestUploader({ partSize: MEDIUM, parallel: 1 });
    for (const key of ['a', 'b', 'c']) uploader.add(makeFile(3 * MEDIUM), key);
    const held = [oss.hold('uploadPart', 3), oss.hold('uploadPart', 3)];
    uploader.start();
    const before = activeKeys(uploader);
    await Promise.all(held.map(({ reached }) => reached));
    const after = activeKeys(uploader);
    uploader.pause();
    expect([before, after]).to.deep.equal([
      ['a', 'b'],
      ['a', 'b', 'c'],
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
