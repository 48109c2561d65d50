import { expect } from '@open-wc/testing';
import { PART, randomFile, succeeded, TestBucket } from './bucket.js';

const KiB = 1024;
const partSize = 256 * KiB;

describe('a file of', () => {
  let bucket: TestBucket;
  before(async () => (bucket = await TestBucket.make()));

  const sizes: Record<string, number> = {
    'no byte': 0,
    'one byte': 1,
    'one byte less than the smallest part': PART - 1,
    'the smallest part': PART,
    'exactly one part': partSize,
    'one byte more than one part': partSize + 1,
    'exactly three parts': 3 * partSize,
  };
  for (const [name, size] of Object.entries(sizes)) {
    it(`${name} arrives whole`, async () => {
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
  before(async () => (bucket = await TestBucket.make()));

  const keys: Record<string, string> = {
    spaces: 'a folder/two  spaces .mp4',
    'a plus': 'C++/1+1.mp4',
    'a percent sign': '100%/%25%2F.mp4',
    'marks that addresses leave alone': "it's (the) best!*~.mp4",
    'marks that mean something in addresses': 'a?b&c=d#e;f,g:h@i$j[k].mp4',
    Chinese: '影片/二〇二六年终版.mp4',
    emoji: '🎬👩‍👩‍👧/🇨🇳.mp4',
    '1,023 bytes': `${'长'.repeat(339)}ab.mp4`,
  };
  const ways: Record<string, number> = { 'in one request': PART, 'in parts': 2 * PART };
  for (const [name, key] of Object.entries(keys)) {
    for (const [way, size] of Object.entries(ways)) {
      it(`${name} is the name under which the file arrives ${way}`, async () => {
        const uploader = bucket.uploader({ overwrite: true });
        const upload = uploader.add(randomFile(size), key);
        upload.start();
        await succeeded(uploader, upload);
        await bucket.expectStored(key, upload.file!);
      });
    }
  }
});
