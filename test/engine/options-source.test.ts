// The shapes in which a page may pass the options of an uploader.
import { expect } from '@open-wc/testing';
import { Uploader, type UploaderOptions } from '../../src/create-uploader.js';
import { randomFile, succeeded, TestBucket } from './bucket.js';

/** Has accessors on its prototype, as reactive classes of Svelte and MobX do. */
function accessorsFor(options: UploaderOptions): UploaderOptions {
  const prototype = {};
  for (const name of Object.keys(options) as (keyof UploaderOptions)[]) {
    Object.defineProperty(prototype, name, { get: () => options[name] });
  }
  return Object.create(prototype) as UploaderOptions;
}

describe('an uploader', () => {
  for (const [what, toSource] of Object.entries<(options: UploaderOptions) => UploaderOptions>({
    'with accessors': accessorsFor,
    'that inherit from defaults': (options) => Object.create(options) as UploaderOptions,
    'without a prototype': (options) => Object.assign(Object.create(null), options) as UploaderOptions,
    'that are frozen': (options) => Object.freeze({ ...options }),
  })) {
    it(`uploads with options ${what}`, async () => {
      const bucket = await TestBucket.create();
      const uploader = bucket.watch(new Uploader(toSource(bucket.options())));
      const upload = uploader.add(randomFile(10), 'film.mp4');
      upload.start();
      expect(await succeeded(uploader, upload)).to.deep.include({ key: 'film.mp4' });
    });
  }
});
