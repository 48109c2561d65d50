import { expect, fixture } from '@open-wc/testing';
import { toRestrictions, toUploaderOptions } from '../../src/config.js';
import { planParts, choosePartSize } from '../../src/core/transfer/part-plan.js';
import type { OssSdk } from '../../src/create-uploader.js';
import { fc } from '../support/properties.js';
import {
  createElement,
  makeFile,
  one,
  part,
  PART,
  pickOne,
  statusIs,
  TestUpload,
  textOf,
} from './support.js';

/** What is said below everything else. */
function notes(element: TestUpload): string[] {
  return [...(element.shadowRoot?.querySelectorAll('.notes [part~=error]') ?? [])].map(textOf);
}

/** What the console is told until the test is over. */
function listenToConsole(): string[] {
  const told: string[] = [];

  const original = console.error;

  console.error = (text: string) => told.push(text);
  after.push(() => {
    console.error = original;
  });
  return told;
}
const after: (() => void)[] = [];

describe('a set-up', () => {
  let told: string[];
  beforeEach(() => {
    told = listenToConsole();
  });
  afterEach(() => {
    for (const undo of after.splice(0)) undo();
  });

  it('that lacks everything is told what, before a file is picked', async () => {
    const element = await fixture<TestUpload>(new TestUpload());
    expect(notes(element)).to.deep.equal([
      'The upload has no region. Set the attribute region, for example region="oss-cn-hangzhou".',
      'The upload has no bucket. Set the attribute bucket to the name of the bucket.',
      'The upload does not know where to get credentials. Set credentials-url to an address that answers STS credentials, or the property getCredentials.',
    ]);
  });

  it('that is wrong is told to the console once a cause', async () => {
    const element = await createElement({ bucket: undefined });
    element.accept = 'video/*';
    await element.updateComplete;
    expect(told).to.deep.equal([
      '<test-upload> The upload has no bucket. Set the attribute bucket to the name of the bucket.',
    ]);
  });

  it('that is complete is told nothing', async () => {
    const element = await createElement();
    expect([...notes(element), ...told]).to.be.empty;
  });

  for (const [name, set] of Object.entries({
    'part-size': { partSize: '8 pounds' },
    'max-size': { maxSize: '-1' },
    'max-files': { maxFiles: 'few' },
    parallel: { parallel: 'many' },
    'concurrent-files': { concurrentFiles: 0 },
    retries: { retries: -1 },
  })) {
    it(`whose ${name} makes no sense is told so`, async () => {
      const element = await createElement(set);
      const value = String(Object.values(set)[0]);
      expect(notes(element)).to.deep.equal([`The value of ${name} can’t be used: ${value} Correct ${name}.`]);
    });
  }

  it('that is wrong keeps the file, and works once it is mended', async () => {
    const element = await createElement({ region: undefined });
    await pickOne(element, makeFile(PART));
    part(element, 'upload-button').click();
    await statusIs(element, 'failed');
    element.setAttribute('region', 'cn-hangzhou');
    part(element, 'retry-button').click();
    await statusIs(element, 'succeeded');
    expect(element.oss.objects.has('film.mp4')).to.be.true;
  });

  it('that failed an upload is told there alone', async () => {
    const element = await createElement({ region: undefined });
    await pickOne(element, makeFile(PART));
    part(element, 'upload-button').click();
    await statusIs(element, 'failed');
    expect([notes(element).length, one(element, '[role=alert]').textContent?.trim()]).to.deep.equal([
      0,
      'The upload has no region. Set the attribute region, for example region="oss-cn-hangzhou".',
    ]);
  });

  it('in attributes alone reaches the engine', async () => {
    const element = await fixture<TestUpload>(
      '<test-upload region="cn-hangzhou" bucket="b" credentials-url="/sts" object-key="in/{name}" part-size="100KiB" parallel="2" retries="0" path-style></test-upload>',
    );
    await pickOne(element, makeFile(3 * PART));
    element.start();
    await statusIs(element, 'succeeded');
    expect([element.oss.sentParts, [...element.oss.objects.keys()]]).to.deep.equal([
      [1, 2, 3],
      ['in/film.mp4'],
    ]);
  });

  it('that is taken back is told no more', async () => {
    const element = await createElement();
    element.setAttribute('part-size', '8 pounds');
    await element.updateComplete;
    element.removeAttribute('part-size');
    await element.updateComplete;
    expect(notes(element)).to.be.empty;
  });

  it('reaches the engine whole', async () => {
    const set = {
      region: 'cn-hangzhou',
      bucket: 'examplebucket',
      endpoint: 'https://upload.example.com',
      cname: true,
      pathStyle: true,
      objectKey: 'films/{name}',
      overwrite: true,
      credentialsUrl: '/sts',
      withCredentials: true,
      credentialsInit: { method: 'POST' },
      getCredentials: () => Promise.resolve({}),
      headers: { 'Cache-Control': 'no-cache' },
      meta: { who: 'me' },
      tags: { kind: 'film' },
      storageClass: 'IA',
      noResume: true,
      resumeScope: 'user 1',
      noVerify: true,
      callback: { url: 'https://example.com/', body: '' },
      sdk: class {} as unknown as OssSdk,
    };
    const element = await createElement({
      ...set,
      ...{ partSize: '8MB', parallel: '3', concurrentFiles: '4', retries: 0 },
    });
    expect(toUploaderOptions(element)).to.deep.equal({
      ...set,
      ...{ partSize: 8e6, parallel: 3, concurrentFiles: 4, retries: 0 },
    });
  });

  it('gives the engine numbers that it can use, whatever stands in attributes', async () => {
    const element = await createElement();
    const piece = fc.constantFrom(
      '0',
      '9',
      '1e',
      '.',
      '-',
      '+',
      ' ',
      'x',
      'MiB',
      'TB',
      'Infinity',
      '٣',
      'auto',
    );
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: piece, maxLength: 5 }));
    const names = ['part-size', 'max-size', 'parallel', 'retries'];
    fc.assert(
      fc.property(fc.tuple(value, value, value, value), (values) => {
        for (const [index, name] of names.entries()) element.setAttribute(name, values[index]!);
        const { partSize = 'auto', parallel = 1, retries = 0 } = toUploaderOptions(element);
        expect(planParts(1e9, choosePartSize(1e9, partSize)).at(-1)?.end).to.equal(1e9);
        expect([Number(parallel) >= 1, retries >= 0, toRestrictions(element).maxSize > 0]).to.deep.equal([
          true,
          true,
          true,
        ]);
      }),
    );
  });
});
