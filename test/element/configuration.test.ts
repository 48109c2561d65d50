import { expect, fixture, waitUntil } from '@open-wc/testing';
import { toRestrictions, toUploaderOptions } from '../../src/config.js';
import { parseOptions } from '../../src/core/options/parse-options.js';
import { planParts, choosePartSize } from '../../src/core/transfer/part-plan.js';
import type { OssSdk } from '../../src/create-uploader.js';
import { fc } from '../support/properties.js';
import {
  createElement,
  makeFile,
  query,
  part,
  PART,
  pickOne,
  waitForStatus,
  TestUpload,
  textOf,
} from './support.js';

const notConfigured = 'Uploads aren’t set up correctly on this site. Contact the site administrator.';

/** Returns the texts of the alerts below the list. */
function alerts(element: TestUpload): string[] {
  return [...(element.shadowRoot?.querySelectorAll('.alerts [part~=error]') ?? [])].map(textOf);
}

/** Collects the errors and warnings logged to the console until the test is over. */
function captureConsole(): string[] {
  const logged: string[] = [];
  const { error, warn } = console;
  console.error = console.warn = (text: string) => logged.push(text);
  after.push(() => {
    Object.assign(console, { error, warn });
  });
  return logged;
}
const after: (() => void)[] = [];

describe('the configuration', () => {
  let logged: string[];
  beforeEach(() => {
    logged = captureConsole();
  });
  afterEach(() => {
    for (const undo of after.splice(0)) undo();
  });

  it('shows one alert for all missing attributes before a file is picked', async () => {
    const element = await fixture<TestUpload>(new TestUpload());
    expect(alerts(element)).to.deep.equal([
      [
        `${notConfigured} Details`,
        'Set the region attribute, for example region="oss-cn-hangzhou". region-missing',
        'Set the bucket attribute to the name of the bucket. bucket-missing',
        'Set the credentials-url attribute to a URL that returns STS credentials, or set the getCredentials property. credentials-missing',
      ].join(' '),
    ]);
  });

  describe('of a tag that was in the page before the element was defined', () => {
    let element: TestUpload;
    beforeEach(async () => {
      const container = await fixture<HTMLElement>(document.createElement('div'));
      container.innerHTML = `<${new TestUpload().localName}></${new TestUpload().localName}>`;
      element = container.firstElementChild as TestUpload;
      await element.updateComplete;
    });

    it('is neither reported nor reflected before a framework can hydrate the tag', () => {
      expect([alerts(element).length, logged.length, element.getAttribute('status')]).to.deep.equal([
        0,
        0,
        null,
      ]);
    });

    it('is reported when the page has settled', async () => {
      await waitUntil(() => alerts(element).length > 0, 'no alert', { timeout: 5_000 });
      expect([logged.length, element.getAttribute('status')]).to.deep.equal([3, 'idle']);
    });

    for (const type of ['pointerover', 'focusin', 'dragenter']) {
      it(`is reported when the user turns to the element (${type})`, async () => {
        element.dispatchEvent(new Event(type));
        await element.updateComplete;
        expect([alerts(element).length, element.getAttribute('status')]).to.deep.equal([1, 'idle']);
      });
    }

    it('doesn’t delay another status than the initial one', async () => {
      await element.addFiles([makeFile(1)]);
      await element.updateComplete;
      expect(element.getAttribute('status')).to.equal('ready');
    });
  });

  it('logs each error to the console once', async () => {
    const element = await createElement({ bucket: undefined });
    element.accept = 'video/*';
    await element.updateComplete;
    element.partSize = '8 pounds';
    await element.updateComplete;
    expect(logged).to.deep.equal([
      `<test-upload> ${notConfigured} Set the bucket attribute to the name of the bucket.`,
      `<test-upload> ${notConfigured} The value of part-size is invalid: "8 pounds". Use bytes or a unit, such as 500MB or 2 GiB.`,
    ]);
  });

  it('logs a warning if other credentials remove uploads, because only a token may have changed', async () => {
    const element = await createElement({ credentialsInit: { headers: { authorization: 'old' } } });
    await pickOne(element, makeFile(PART));
    element.credentialsInit = { headers: { authorization: 'new' } };
    await waitForStatus(element, 'idle');
    expect(logged.map((line) => line.includes('set resume-scope'))).to.deep.equal([true]);
  });

  it('logs nothing if another user removes uploads', async () => {
    const element = await createElement({ resumeScope: 'ada' });
    await pickOne(element, makeFile(PART));
    element.resumeScope = 'bob';
    await waitForStatus(element, 'idle');
    expect(logged).to.deep.equal([]);
  });

  it('shows and logs nothing when it is complete', async () => {
    const element = await createElement();
    await pickOne(element, makeFile(PART));
    element.start();
    await waitForStatus(element, 'succeeded');
    const before = [...alerts(element), ...logged];
    // The first error is shown and logged in the next update.
    element.partSize = '8 pounds';
    await element.updateComplete;
    expect([before, alerts(element).length, logged.length]).to.deep.equal([[], 1, 1]);
  });

  for (const [name, set] of Object.entries({
    'part-size': { partSize: '8 pounds' },
    'max-size': { maxSize: '-1' },
    'max-files': { maxFiles: 'few' },
    parallel: { parallel: 'many' },
    'concurrent-files': { concurrentFiles: 0 },
    retries: { retries: -1 },
    'object-key': { objectKey: 'uploads/{filename}' },
    endpoint: { endpoint: 'https://oss.example.com/films' },
    accept: { accept: 'undefined' },
  })) {
    it(`shows one error with the value for an invalid ${name}`, async () => {
      const element = await createElement(set);
      const value = JSON.stringify(Object.values(set)[0]);
      expect(alerts(element)).to.have.length(1);
      expect(alerts(element)[0]).to.include(
        `${notConfigured} Details The value of ${name} is invalid: ${value}. `,
      );
      expect(logged).to.have.length(1);
    });
  }

  const warnings: [set: Partial<TestUpload>, option: string, value: string][] = [
    [{ accept: '.png,images/' }, 'accept', 'images/'],
    [{ objectKey: 'uploads/film.mp4', multiple: true }, 'object-key', 'uploads/film.mp4'],
    [{ objectKey: '{date}.{ext}', directory: true }, 'object-key', '{date}.{ext}'],
    [{ objectKey: 'a//{name}' }, 'object-key', 'a//{name}'],
  ];
  for (const [set, option, value] of warnings) {
    it(`logs ${option} ${value}, and uploads the file`, async () => {
      const element = await createElement(set);
      await element.addFiles([makeFile(PART, 'film.png')]);
      element.start();
      await waitForStatus(element, 'succeeded');
      expect(alerts(element)).to.deep.equal([]);
      expect(logged).to.have.length(1);
      expect(logged[0]).to.include(`The value of ${option} is invalid: "${value}".`);
    });
  }

  const unknownAttributes: [attribute: string, fix: string][] = [
    ['storage-class', 'Set the property storageClass with JavaScript.'],
    ['headers', 'Set the property headers with JavaScript.'],
    ['credentialsinit', 'Set the property credentialsInit with JavaScript.'],
    ['objectkey', 'Use the attribute object-key.'],
  ];
  for (const [attribute, fix] of unknownAttributes) {
    it(`logs the attribute ${attribute}, which has no effect, without its value`, async () => {
      const element = await fixture<TestUpload>(
        `<test-upload region="cn-hangzhou" bucket="examplebucket" credentials-url="/sts" ${attribute}="secret"></test-upload>`,
      );
      element.dispatchEvent(new Event('focusin'));
      await element.updateComplete;
      expect(logged).to.deep.equal([
        `<test-upload> The value of ${attribute} is invalid: an attribute. ${fix}`,
      ]);
    });
  }

  for (const attribute of ['overwrite="false"', 'warn-on-leave="0"', 'cname="undefined"']) {
    it(`logs the boolean attribute ${attribute}, which is on`, async () => {
      const element = await fixture<TestUpload>(
        `<test-upload region="cn-hangzhou" bucket="examplebucket" credentials-url="/sts" endpoint="files.example.com" ${attribute}></test-upload>`,
      );
      element.dispatchEvent(new Event('focusin'));
      await element.updateComplete;
      const [name, value] = attribute.split('=');
      expect(logged).to.deep.equal([
        `<test-upload> The value of ${name} is invalid: ${value}. The attribute is on with any value. Remove it to turn it off.`,
      ]);
    });
  }

  it('logs a strings attribute that is not JSON', async () => {
    const element = await createElement();
    element.setAttribute('strings', '{chooseFile: "x"}');
    await element.updateComplete;
    expect(logged).to.deep.equal([
      '<test-upload> The value of strings is invalid: "{chooseFile: \\"x\\"}". Use JSON.',
    ]);
  });

  it('fails an upload while a setting is invalid, and logs the setting once', async () => {
    const element = await createElement({ meta: { user_name: 'Ada' } });
    await pickOne(element, makeFile(PART));
    element.start();
    await waitForStatus(element, 'failed');
    expect(element.oss.calls).to.deep.equal([]);
    expect(textOf(query(element, '[part~=item] [part~=error]'))).to.include(notConfigured);
    expect(logged).to.have.length(1);
    element.meta = { 'user-name': 'Ada' };
    element.retry();
    await waitForStatus(element, 'succeeded');
  });

  it('is logged if it is invalid because the page has modified an object', async () => {
    const meta: Record<string, string> = {};
    const element = await createElement({ meta });
    await pickOne(element, makeFile(PART));
    meta['user_name'] = 'Ada';
    element.start();
    await waitForStatus(element, 'failed');
    expect(logged).to.have.length(1);
    expect(logged[0]).to.include('The value of meta is invalid: "user_name".');
  });

  it('is validated again only when it changes', async () => {
    let reads = 0;
    const meta = {
      get author() {
        reads++;
        return 'Ada';
      },
    };
    const element = await createElement({ meta });
    const before = reads;
    for (let update = 0; update < 3; update++) {
      element.requestUpdate();
      await element.updateComplete;
    }
    element.meta = { ...meta };
    await element.updateComplete;
    expect([before > 0, reads - before]).to.deep.equal([true, 1]);
  });

  describe('of a key function', () => {
    const functions: Record<string, () => string> = {
      'returns nothing': (() => undefined) as unknown as () => string,
      'returns a number': (() => 7) as unknown as () => string,
    };
    for (const [name, objectKey] of Object.entries(functions)) {
      it(`shows and logs one error if it ${name}`, async () => {
        const element = await createElement({ objectKey, multiple: true });
        const rejected: string[] = [];
        element.addEventListener('oss-file-reject', ({ detail }) => rejected.push(detail.reason));
        await element.addFiles([makeFile(PART, 'a'), makeFile(PART, 'b')]);
        await element.updateComplete;
        expect(rejected).to.deep.equal(['empty-key', 'empty-key']);
        expect(alerts(element)).to.have.length(1);
        expect(alerts(element)[0]).to.match(
          /^Uploads aren’t set up correctly.*objectKey is invalid: (undefined|7)\. /,
        );
        expect(query(element, '.alerts [role=alert]').textContent).to.equal(notConfigured);
        expect(logged).to.have.length(1);
      });
    }
  });

  it('keeps the file and uploads it once a missing attribute is set', async () => {
    const element = await createElement({ region: undefined });
    await pickOne(element, makeFile(PART));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'failed');
    element.setAttribute('region', 'cn-hangzhou');
    part(element, 'retry-button').click();
    await waitForStatus(element, 'succeeded');
    expect(element.oss.objects.has('film.mp4')).to.be.true;
  });

  it('does not repeat an error that has failed an upload', async () => {
    const element = await createElement({ region: undefined });
    await pickOne(element, makeFile(PART));
    part(element, 'upload-button').click();
    await waitForStatus(element, 'failed');
    expect([alerts(element).length, query(element, '[role=alert]').textContent.trim()]).to.deep.equal([
      0,
      notConfigured,
    ]);
  });

  it('is passed to the engine from attributes alone', async () => {
    const element = await fixture<TestUpload>(
      '<test-upload region="cn-hangzhou" bucket="examplebucket" credentials-url="/sts" object-key="in/{name}" part-size="100KiB" parallel="2" retries="0" path-style></test-upload>',
    );
    await pickOne(element, makeFile(3 * PART));
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([element.oss.sentParts, [...element.oss.objects.keys()]]).to.deep.equal([
      [1, 2, 3],
      ['in/film.mp4'],
    ]);
  });

  it('shows no error after an invalid attribute is removed', async () => {
    const element = await createElement();
    element.setAttribute('part-size', '8 pounds');
    await element.updateComplete;
    const before = alerts(element).length;
    element.removeAttribute('part-size');
    await pickOne(element, makeFile(PART));
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([before, alerts(element)]).to.deep.equal([1, []]);
  });

  it('is passed to the engine completely', async () => {
    const set = {
      region: 'cn-hangzhou',
      bucket: 'examplebucket',
      endpoint: 'https://upload.example.com',
      cname: true,
      pathStyle: true,
      objectKey: 'films/{name}',
      onCollision: 'rename' as const,
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
      objectOptions: () => undefined,
      sdk: class {} as unknown as OssSdk,
    };
    const element = await createElement({
      ...set,
      ...{ partSize: '8MB', parallel: '3', concurrentFiles: '4', retries: 0 },
    });
    expect(toUploaderOptions(element)).to.deep.equal({
      ...set,
      ...{ partSize: '8MB', parallel: '3', concurrentFiles: '4', retries: 0 },
    });
  });

  it('passes usable numbers to the engine for any attribute values', async () => {
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
        const {
          partSize = 1,
          parallel = 1,
          retries = 0,
        } = parseOptions(toUploaderOptions(element), undefined);
        expect(planParts(1e9, choosePartSize(1e9, partSize)).at(-1)?.end).to.equal(1e9);
        expect([parallel >= 1, retries >= 0, toRestrictions(element).maxSize > 0]).to.deep.equal([
          true,
          true,
          true,
        ]);
      }),
    );
  });
});
