// The examples, as a visitor uses them: each uploads a file.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locale } from '../../src/index.js';
import type { ElementDriver } from './support/element-driver.js';
import type { ExamplePage } from './support/example-page.js';
import { untilText, untilThere } from './support/until.js';
import { useWorkbench } from './support/fixture.js';

const MiB = 1024 * 1024;
const OTHER_BUCKET = 'demo-pictures';

/** What the classic script leaves in the page. */
type Global = typeof import('../../src/index.js');
type LocaleImport = () => Promise<{ default: Locale }>;

const bench = useWorkbench();

/** Uploads a file of a few parts, and compares what is stored. */
async function uploadThrough(element: ElementDriver, folder: string, bucket?: string): Promise<string> {
  const file = await bench.file(3 * MiB + 7);
  const key = bench.site.keyOf(`${folder}/${file.name}`);
  await element.setAttribute('part-size', '1MiB');
  await element.choose(file.path);
  await element.press('upload');
  await element.until('succeeded');
  await bench.expectStored(file, key, bucket);
  return key;
}

/** The element in the frame of another origin. */
async function elementInFrame(example: ExamplePage): Promise<ElementDriver> {
  const { page } = example;
  const frame = await page.waitForFrame((candidate) => candidate.url().endsWith('/iframe-upload.html'));
  assert.notEqual(new URL(frame.url()).origin, new URL(page.url()).origin);
  return example.element(undefined, frame);
}

/** Notes from now on in the page through which statuses an element goes, and with which uploads. */
async function watchStates(element: ElementDriver): Promise<() => Promise<{ to: string; id: string }[]>> {
  const handle = await element.handle();
  const states = await handle.evaluateHandle((target) => {
    const seen: { to: string; id: string }[] = [];
    target.addEventListener('oss-state-change', ({ detail }) => {
      seen.push({ to: detail.to, id: detail.upload.id });
    });
    return seen;
  });
  return () => states.jsonValue();
}

const uploadIds = async (element: ElementDriver): Promise<string[]> =>
  (await element.handle()).evaluate(({ uploads }) => uploads.map(({ id }) => id));

/** Resolves, once the form has been sent in vain, with what the element says against it. */
async function watchRefusal(element: ElementDriver): Promise<() => Promise<string>> {
  const handle = await element.handle();
  const refusal = await handle.evaluateHandle((target) => ({
    told: new Promise<string>((resolve) => {
      target.addEventListener('invalid', () => resolve(target.validationMessage), { once: true });
    }),
  }));
  return () => refusal.evaluate(({ told }) => told);
}

/** Fills the title in and saves, as far as the page lets it. */
async function save({ page }: ExamplePage, title: string): Promise<void> {
  await page.$eval('#title', (input, text) => ((input as HTMLInputElement).value = text), title);
  await Promise.all([page.waitForNavigation(), page.click('form .primary')]);
}

/** Of the files of one kind that an article shows. */
const keysIn = ({ page }: ExamplePage, kind: 'film' | 'attachments'): Promise<string[]> =>
  page.$$eval(`#${kind} code`, (codes) => codes.map(({ innerText }) => innerText));

/** Goes where a link leads. */
async function follow({ page }: ExamplePage, address: string): Promise<void> {
  const link = await untilThere<HTMLAnchorElement>(page.mainFrame(), `a[href="${address}"]`);
  await page.goto(await link.evaluate(({ href }) => href));
}

describe('the example', { timeout: 180_000 }, () => {
  for (const name of ['plain', 'classic']) {
    it(`${name}.html uploads`, async () => {
      const page = await bench.openExample(`${name}.html`);
      await uploadThrough(await page.element(), name);
    });
  }

  it('classic.html speaks a language that the page brings along by the script’s global', async () => {
    const page = await bench.openExample('classic.html');
    const element = await page.element();
    await page.page.evaluate((address) => {
      const { registerLocale } = (globalThis as unknown as { OssResumableUpload: Global }).OssResumableUpload;
      registerLocale('de', () => import(address) as ReturnType<LocaleImport>);
      document.documentElement.lang = 'de';
    }, '/dist/oss-resumable-upload.de.js');
    await element.untilInvites('Datei auswählen');
  });

  it('csp.html uploads under a policy of two directives, and breaks it nowhere', async () => {
    const page = await bench.openExample('csp.html');
    await uploadThrough(await page.element(), 'csp');
    const policy = await page.page.evaluate(async () => {
      const { headers } = await fetch(location.href);
      return headers.get('content-security-policy');
    });
    const { port } = bench.site.demo.oss;
    assert.equal(policy, `default-src 'self'; connect-src 'self' http://demo-bucket.localhost:${port}`);
    assert.deepEqual(await page.violations(), []);
  });

  it('shadow-root.html uploads from within a component, whose page hears of it', async () => {
    const page = await bench.openExample('shadow-root.html');
    const key = await uploadThrough(await page.elementWithin('film-field'), 'shadow-root');
    assert.equal(await untilText(page.page, '#stored', /./), `Stored as ${key}`);
  });

  it('iframe.html uploads from within its frame, and hears of it', async () => {
    const page = await bench.openExample('iframe.html');
    const key = await uploadThrough(await elementInFrame(page), 'iframe');
    assert.equal(await untilText(page.page, '#stored', /./), `Stored as ${key}`);
  });

  it('iframe.html goes on after a reload, though its frame is of another origin', async () => {
    const page = await bench.openExample('iframe.html');
    const file = await bench.file(4 * MiB);
    const first = await elementInFrame(page);
    await first.setAttribute('part-size', '1MiB');
    await first.choose(file.path);
    bench.letThrough(2);
    await first.press('upload');
    await first.untilDoneParts(2);
    await page.page.reload();
    const element = await elementInFrame(page);
    await element.until('resumable');
    bench.letThrough();
    await element.choose(file.path, 'paused');
    await element.press('resume');
    await element.until('succeeded');
    const key = bench.site.keyOf(`iframe/${file.name}`);
    await bench.expectStored(file, key);
    assert.equal(bench.site.demo.oss.requests.all({ operation: 'UploadPart', key, status: 200 }).length, 4);
  });

  it('dialog.html goes on with its upload while the dialog is closed', async () => {
    const page = await bench.openExample('dialog.html');
    const element = await page.element();
    const file = await bench.file(4 * MiB);
    const key = bench.site.keyOf(`dialog/${file.name}`);
    await page.page.click('#open');
    await element.setAttribute('part-size', '1MiB');
    await element.choose(file.path);
    bench.letThrough(1);
    await element.press('upload');
    await element.untilDoneParts(1);
    await page.page.click('#dialog form button');
    assert.equal(await page.page.$('#dialog[open]'), null);
    assert.equal(await element.status(), 'uploading');
    bench.letThrough();
    await element.until('succeeded');
    await bench.expectStored(file, key);
    assert.deepEqual(await page.violations(), []);
  });

  it('two.html uploads from both at once, each to its own bucket', async () => {
    const page = await bench.openExample('two.html');
    const [films, pictures] = [await page.element('#films'), await page.element('#pictures')];
    const [film, picture] = [await bench.file(3 * MiB), await bench.file(3 * MiB)];
    await films.choose(film.path);
    await pictures.choose(picture.path);
    bench.letThrough(0);
    await films.press('upload');
    await pictures.press('upload');
    await Promise.all([films.until('uploading'), pictures.until('uploading')]);
    assert.equal(await films.status(), 'uploading');
    bench.letThrough();
    await Promise.all([films.until('succeeded'), pictures.until('succeeded')]);
    await bench.expectStored(film, bench.site.keyOf(`two/${film.name}`));
    await bench.expectStored(picture, bench.site.keyOf(`two/${picture.name}`), OTHER_BUCKET);
  });

  it('two.html lets neither element hear of the other’s upload', async () => {
    const page = await bench.openExample('two.html');
    const [films, pictures] = [await page.element('#films'), await page.element('#pictures')];
    const [film, picture] = [await bench.file(4 * MiB), await bench.file(4 * MiB)];
    await films.choose(film.path);
    await pictures.choose(picture.path);
    const [statesOfFilms, statesOfPictures] = [await watchStates(films), await watchStates(pictures)];
    bench.letThrough(0);
    await films.press('upload');
    await pictures.press('upload');
    await Promise.all([films.until('uploading'), pictures.until('uploading')]);
    await films.press('pause');
    await films.until('paused');
    bench.letThrough();
    await pictures.until('succeeded');

    const [filmId, pictureId] = [await uploadIds(films), await uploadIds(pictures)];
    assert.notDeepEqual(filmId, pictureId);
    assert.equal(await films.status(), 'paused');
    assert.deepEqual([...new Set((await statesOfFilms()).map(({ id }) => id))], filmId);
    assert.deepEqual([...new Set((await statesOfPictures()).map(({ id }) => id))], pictureId);
    assert.ok((await statesOfPictures()).every(({ to }) => to !== 'paused'));
  });

  it('two.html speaks the language of each', async () => {
    const page = await bench.openExample('two.html');
    const [films, pictures] = [await page.element('#films'), await page.element('#pictures')];
    await Promise.all([films.untilInvites('Datei auswählen'), pictures.untilInvites('选择文件')]);
  });

  for (const when of ['before', 'after']) {
    it(`created.html uploads with the element that was created ${when} the definition, by its own object key`, async () => {
      const page = await bench.openExample('created.html');
      const element = await page.element(`#${when} oss-resumable-upload`);
      await uploadThrough(element, `created-${when}`);
    });
  }

  it('moved.html sends no finished part again after its element was moved, removed and put back', async () => {
    const { oss } = bench.site.demo;
    const page = await bench.openExample('moved.html');
    const element = await page.element();
    const file = await bench.file(8 * MiB);
    const key = bench.site.keyOf(`moved/${file.name}`);
    const arrived = { operation: 'UploadPart', key, status: 200 } as const;
    await element.setAttribute('part-size', '1MiB');
    await element.setAttribute('parallel', '2');
    await element.choose(file.path);
    const states = await watchStates(element);
    bench.letThrough(2);
    await element.press('upload');
    await element.untilDoneParts(2);

    await page.page.click('#move');
    bench.letThrough(0);
    await element.untilDoneParts(3);
    assert.ok((await states()).every(({ to }) => to !== 'paused'));

    await page.page.click('#remove');
    await element.until('paused');
    const kept = await element.doneParts();
    await page.page.click('#put-back');
    bench.letThrough();
    await element.press('resume');
    await element.until('succeeded');

    assert.notEqual(kept.length, 0);
    for (const partNumber of kept) assert.equal(oss.requests.all({ ...arrived, partNumber }).length, 1);
    await bench.expectStored(file, key);
  });
});

describe('the CMS example', { timeout: 180_000 }, () => {
  it('saves an article with the keys of its film and of each attachment', async () => {
    const page = await bench.openExample('cms/');
    const [film, script, poster] = [await bench.file(3 * MiB), await bench.file(10), await bench.file(20)];
    await (await page.element('#film')).choose(film.path, 'succeeded');
    await (await page.element('#attachments')).choose([script.path, poster.path], 'succeeded');
    await save(page, 'A harbour at dawn');

    const [filmKey] = await keysIn(page, 'film');
    const [scriptKey, posterKey] = await keysIn(page, 'attachments');
    await bench.expectStored(film, filmKey);
    await bench.expectStored(script, scriptKey);
    await bench.expectStored(poster, posterKey);
    assert.deepEqual(await page.violations(), []);
  });

  it('holds the form back until the film is stored', async () => {
    const page = await bench.openExample('cms/');
    const element = await page.element('#film');
    const file = await bench.file(4 * MiB);
    await element.setAttribute('part-size', '1MiB');
    bench.letThrough(0);
    await element.choose(file.path, 'uploading');
    const refused = await watchRefusal(element);
    await page.page.$eval('#title', (input) => ((input as HTMLInputElement).value = 'Too early'));
    await page.page.click('form .primary');
    assert.match(await refused(), /upload/i);

    bench.letThrough();
    await element.until('succeeded');
    await save(page, 'In time');
    assert.equal((await keysIn(page, 'film')).length, 1);
  });

  it('uploads no film again after a mistake that only the server finds', async () => {
    const page = await bench.openExample('cms/');
    const [first, second] = [await bench.file(10), await bench.file(20)];
    await (await page.element('#film')).choose(first.path, 'succeeded');
    await save(page, 'Tides');

    await page.page.goto(`${bench.site.demo.url}examples/cms/`);
    await (await page.element('#film')).choose(second.path, 'succeeded');
    const stored = bench.site.demo.oss.requests.all({ operation: 'PutObject' }).length;
    await save(page, 'Tides');
    assert.match(await untilText(page.page, '#title-error', /./), /There is an article of this title/);
    await save(page, 'Tides, second part');
    const [key] = await keysIn(page, 'film');
    await bench.expectStored(second, key);
    assert.equal(bench.site.demo.oss.requests.all({ operation: 'PutObject' }).length, stored);
  });
});

describe('the theme', { timeout: 180_000 }, () => {
  for (const name of ['form', 'admin', 'consumer']) {
    it(`${name}.html dresses a file that is stored, one that is paused, one that has failed and one that waits`, async () => {
      const page = await bench.openExample(`../themes/${name}.html`);
      const element = await (await page.element('#several')).handle();
      const statuses = await element.evaluate(
        (target) =>
          new Promise<string[]>((resolve) => {
            const check = () => {
              const seen = target.uploads.map(({ state }) => state.status);
              if (
                seen.length < 4 ||
                seen.some((status) => ['preparing', 'uploading', 'completing'].includes(status))
              )
                return;
              if (seen.every((status) => status === 'ready')) return;
              target.removeEventListener('oss-state-change', check);
              resolve(seen);
            };
            target.addEventListener('oss-state-change', check);
            check();
          }),
      );
      assert.deepEqual(statuses, ['succeeded', 'paused', 'failed', 'ready']);
      assert.deepEqual(await page.violations(), []);
    });
  }
});

describe('the list of examples', { timeout: 180_000 }, () => {
  it('is reached from the demo, and leads to an example that uploads', async () => {
    const page = await bench.openExample('../');
    await follow(page, '/examples/');
    await follow(page, '/examples/plain.html');
    await uploadThrough(await page.element(), 'plain');
  });
});
