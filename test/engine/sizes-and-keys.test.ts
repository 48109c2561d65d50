import { expect } from '@open-wc/testing';
import { PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KiB = 1024;
const partSize = 256 * KiB;

describe('a file with', () => {
  let bucket: TestBucket;
  before(async () => (bucket = await TestBucket.create()));

  const sizes: Record<string, number> = {
    'no bytes': 0,
    'one byte': 1,
    'one byte less than the minimum part size': PART - 1,
    'the minimum part size': PART,
    'exactly one part': partSize,
    'one byte more than one part': partSize + 1,
    'exactly three parts': 3 * partSize,
  };
  for (const [name, size] of Object.entries(sizes)) {
    it(`${name} is stored completely`, async () => {
      const key = `${size}.bin`;
      const uploader = bucket.uploader({ partSize });
      const upload = uploader.add(randomFile(size), key);
      upload.start();
      const result = await succeeded(uploader, upload);
      expect(result.key).to.equal(key);
      await bucket.expectStored(key, upload.file!);
    });
  }
});

describe('an object key with', () => {
  let bucket: TestBucket;
  before(async () => (bucket = await TestBucket.create()));

  const keys: Record<string, string> = {
    spaces: 'a folder/two  spaces .mp4',
    'a plus': 'C++/1+1.mp4',
    'a percent sign': '100%/%25%2F.mp4',
    'unreserved URL characters': "it's (the) best!*~.mp4",
    'reserved URL characters': 'a?b&c=d#e;f,g:h@i$j[k].mp4',
    Chinese: '影片/二〇二六年终版.mp4',
    emoji: '🎬👩‍👩‍👧/🇨🇳.mp4',
    '1,023 bytes': `${'长'.repeat(339)}ab.mp4`,
  };
  const methods: Record<string, number> = { 'a single request': PART, parts: 2 * PART };
  for (const [name, key] of Object.entries(keys)) {
    for (const [method, size] of Object.entries(methods)) {
      it(`${name} is preserved by an upload in ${method}`, async () => {
        const uploader = bucket.uploader({ overwrite: true });
        const upload = uploader.add(randomFile(size), key);
        upload.start();
        await succeeded(uploader, upload);
        await bucket.expectStored(key, upload.file!);
      });
    }
  }
});
