// The examples and themes in a real browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locale } from '../../src/index.js';
import type { ElementDriver } from './support/element-driver.js';
import type { ExamplePage } from './support/example-page.js';
import { waitForText, waitForElement } from './support/wait-for.js';
import { listThemes } from '../support/themes.js';
import { useFixture } from './support/fixture.js';

const MiB = 1024 * 1024;
const OTHER_BUCKET = 'demo-pictures';

/** The global that the classic script defines. */
type Global = typeof import('../../src/index.js');
type LocaleImport = () => Promise<{ default: Locale }>;

const fixture = useFixture();

/** Uploads a file in several parts, compares the stored object, and returns its key. */
async function uploadWith(element: ElementDriver, folder: string, bucket?: string): Promise<string> {
  const file = await fixture.createFile(3 * MiB + 7);
  const key = fixture.site.keyOf(`${folder}/${file.name}`);
  await element.setAttribute('part-size', '1MiB');
  await element.choose(file.path);
  await element.press('upload');
  await element.waitForStatus('succeeded');
  await fixture.assertStored(file, key, bucket);
  return key;
}

/** Returns the element in the cross-origin frame. */
async function elementInFrame(example: ExamplePage): Promise<ElementDriver> {
  const { page } = example;
  const frame = await page.waitForFrame((candidate) => candidate.url().endsWith('/iframe-upload.html'));
  assert.notEqual(new URL(frame.url()).origin, new URL(page.url()).origin);
  return example.element(undefined, frame);
}

/** Records the state changes of an element. Returns a function that reads them. */
async function watchStates(element: ElementDriver): Promise<() => Promise<{ to: string; id: string }[]>> {
  const handle = await element.handle();
  const states = await handle.evaluateHandle((target) => {
    const changes: { to: string; id: string }[] = [];
    target.addEventListener('oss-state-change', ({ detail }) => {
      changes.push({ to: detail.to, id: detail.upload.id });
    });
    return changes;
  });
  return () => states.jsonValue();
}

const uploadIds = async (element: ElementDriver): Promise<string[]> =>
  (await element.handle()).evaluate(({ uploads }) => uploads.map(({ id }) => id));

/** Records the validation message of the element. Returns a function that waits for it. */
async function watchValidationMessage(element: ElementDriver): Promise<() => Promise<string>> {
  const handle = await element.handle();
  const result = await handle.evaluateHandle((target) => ({
    message: new Promise<string>((resolve) => {
      target.addEventListener('invalid', () => resolve(target.validationMessage), { once: true });
    }),
  }));
  return () => result.evaluate(({ message }) => message);
}

/** Fills in the title, submits the form and waits for the next page. */
async function save({ page }: ExamplePage, title: string): Promise<void> {
  await page.$eval('#title', (input, text) => ((input as HTMLInputElement).value = text), title);
  await Promise.all([page.waitForNavigation(), page.click('form .primary')]);
}

/** Returns the object keys that an article shows for the film or the attachments. */
const keysIn = ({ page }: ExamplePage, kind: 'film' | 'attachments'): Promise<string[]> =>
  page.$$eval(`#${kind} code`, (codes) => codes.map(({ innerText }) => innerText));

/** Navigates to the target of a link. */
async function followLink({ page }: ExamplePage, address: string): Promise<void> {
  const link = await waitForElement<HTMLAnchorElement>(page.mainFrame(), `a[href="${address}"]`);
  await page.goto(await link.evaluate(({ href }) => href));
}

describe('the examples', { timeout: 180_000 }, () => {
  for (const name of ['plain', 'classic']) {
    it(`${name}.html uploads`, async () => {
      const page = await fixture.openExample(`${name}.html`);
      await uploadWith(await page.element(), name);
    });
  }

  it('classic.html uses a locale that the page registers through the script’s global', async () => {
    const page = await fixture.openExample('classic.html');
    const element = await page.element();
    await page.page.evaluate((address) => {
      const { registerLocale } = (globalThis as unknown as { OssResumableUpload: Global }).OssResumableUpload;
      registerLocale('de', () => import(address) as ReturnType<LocaleImport>);
      document.documentElement.lang = 'de';
    }, '/dist/oss-resumable-upload.de.js');
    await element.waitForBrowseLabel('Datei auswählen');
  });

  it('csp.html uploads under a policy of two directives without violations', async () => {
    const page = await fixture.openExample('csp.html');
    await uploadWith(await page.element(), 'csp');
    const policy = await page.page.evaluate(async () => {
      const { headers } = await fetch(location.href);
      return headers.get('content-security-policy');
    });
    const { port } = fixture.site.demo.oss;
    assert.equal(policy, `default-src 'self'; connect-src 'self' http://demo-bucket.localhost:${port}`);
  });

  it('shadow-root.html uploads inside another component, and the page receives the event', async () => {
    const page = await fixture.openExample('shadow-root.html');
    const key = await uploadWith(await page.elementWithin('film-field'), 'shadow-root');
    assert.equal(await waitForText(page.page, '#stored', /./), `Stored as ${key}`);
  });

  it('iframe.html uploads in its frame, and the parent page receives the message', async () => {
    const page = await fixture.openExample('iframe.html');
    const key = await uploadWith(await elementInFrame(page), 'iframe');
    assert.equal(await waitForText(page.page, '#stored', /./), `Stored as ${key}`);
  });

  it('iframe.html resumes after a reload in its cross-origin frame', async () => {
    const page = await fixture.openExample('iframe.html');
    const file = await fixture.createFile(4 * MiB);
    const first = await elementInFrame(page);
    await first.setAttribute('part-size', '1MiB');
    await first.choose(file.path);
    await fixture.startAndStall(first);
    await page.page.reload();
    const element = await elementInFrame(page);
    await element.waitForStatus('resumable');
    fixture.releaseParts();
    await element.choose(file.path, 'paused');
    await element.press('resume');
    await element.waitForStatus('succeeded');
    const key = fixture.site.keyOf(`iframe/${file.name}`);
    await fixture.assertStored(file, key);
    assert.equal(fixture.site.demo.oss.requests.all({ operation: 'UploadPart', key, status: 200 }).length, 4);
  });

  it('dialog.html continues the upload while the dialog is closed', async () => {
    const page = await fixture.openExample('dialog.html');
    const element = await page.element();
    const file = await fixture.createFile(4 * MiB);
    const key = fixture.site.keyOf(`dialog/${file.name}`);
    await page.page.click('#open');
    await element.setAttribute('part-size', '1MiB');
    await element.choose(file.path);
    await fixture.startAndStall(element, 1);
    await page.page.click('#dialog form button');
    assert.equal(await page.page.$('#dialog[open]'), null);
    assert.equal(await element.status(), 'uploading');
    fixture.releaseParts();
    await element.waitForStatus('succeeded');
    await fixture.assertStored(file, key);
  });

  it('two.html uploads with both elements at once, each to its own bucket', async () => {
    const page = await fixture.openExample('two.html');
    const [films, pictures] = [await page.element('#films'), await page.element('#pictures')];
    const [film, picture] = [await fixture.createFile(3 * MiB), await fixture.createFile(3 * MiB)];
    await films.choose(film.path);
    await pictures.choose(picture.path);
    fixture.stallPartsAfter(0);
    await films.press('upload');
    await pictures.press('upload');
    await Promise.all([films.waitForStatus('uploading'), pictures.waitForStatus('uploading')]);
    assert.equal(await films.status(), 'uploading');
    fixture.releaseParts();
    await Promise.all([films.waitForStatus('succeeded'), pictures.waitForStatus('succeeded')]);
    await fixture.assertStored(film, fixture.site.keyOf(`two/${film.name}`));
    await fixture.assertStored(picture, fixture.site.keyOf(`two/${picture.name}`), OTHER_BUCKET);
  });

  it('two.html keeps the uploads and events of the elements separate', async () => {
    const page = await fixture.openExample('two.html');
    const [films, pictures] = [await page.element('#films'), await page.element('#pictures')];
    const [film, picture] = [await fixture.createFile(4 * MiB), await fixture.createFile(4 * MiB)];
    await films.choose(film.path);
    await pictures.choose(picture.path);
    const [statesOfFilms, statesOfPictures] = [await watchStates(films), await watchStates(pictures)];
    fixture.stallPartsAfter(0);
    await films.press('upload');
    await pictures.press('upload');
    await Promise.all([films.waitForStatus('uploading'), pictures.waitForStatus('uploading')]);
    await films.press('pause');
    await films.waitForStatus('paused');
    fixture.releaseParts();
    await pictures.waitForStatus('succeeded');

    const [filmId, pictureId] = [await uploadIds(films), await uploadIds(pictures)];
    assert.notDeepEqual(filmId, pictureId);
    assert.equal(await films.status(), 'paused');
    assert.deepEqual([...new Set((await statesOfFilms()).map(({ id }) => id))], filmId);
    assert.deepEqual([...new Set((await statesOfPictures()).map(({ id }) => id))], pictureId);
    assert.ok((await statesOfPictures()).every(({ to }) => to !== 'paused'));
  });

  it('two.html shows each element in its own language', async () => {
    const page = await fixture.openExample('two.html');
    const [films, pictures] = [await page.element('#films'), await page.element('#pictures')];
    await Promise.all([films.waitForBrowseLabel('Datei auswählen'), pictures.waitForBrowseLabel('选择文件')]);
  });

  for (const when of ['before', 'after']) {
    it(`created.html uploads with the element created ${when} the definition, with its own object key`, async () => {
      const page = await fixture.openExample('created.html');
      const element = await page.element(`#${when} oss-resumable-upload`);
      await uploadWith(element, `created-${when}`);
    });
  }

  it('moved.html re-sends no completed part after the element is moved, removed and put back', async () => {
    const { oss } = fixture.site.demo;
    const page = await fixture.openExample('moved.html');
    const element = await page.element();
    const file = await fixture.createFile(8 * MiB);
    const key = fixture.site.keyOf(`moved/${file.name}`);
    const stored = { operation: 'UploadPart', key, status: 200 } as const;
    await element.setAttribute('part-size', '1MiB');
    await element.setAttribute('parallel', '2');
    await element.choose(file.path);
    const states = await watchStates(element);
    await fixture.startAndStall(element);

    await page.page.click('#move');
    fixture.stallPartsAfter(0);
    await element.waitForDoneParts(3);
    assert.ok((await states()).every(({ to }) => to !== 'paused'));

    await page.page.click('#remove');
    await element.waitForStatus('paused');
    const kept = await element.doneParts();
    await page.page.click('#put-back');
    fixture.releaseParts();
    await element.waitForStatus('succeeded');

    assert.notEqual(kept.length, 0);
    for (const partNumber of kept) assert.equal(oss.requests.all({ ...stored, partNumber }).length, 1);
    await fixture.assertStored(file, key);
  });
});

describe('the CMS example', { timeout: 180_000 }, () => {
  it('saves an article with the object keys of the film and the attachments', async () => {
    const page = await fixture.openExample('cms/');
    const [film, script, poster] = [
      await fixture.createFile(3 * MiB),
      await fixture.createFile(10),
      await fixture.createFile(20),
    ];
    await (await page.element('#film')).choose(film.path, 'succeeded');
    await (await page.element('#attachments')).choose([script.path, poster.path], 'succeeded');
    await save(page, 'A harbour at dawn');

    const [filmKey] = await keysIn(page, 'film');
    const [scriptKey, posterKey] = await keysIn(page, 'attachments');
    await fixture.assertStored(film, filmKey);
    await fixture.assertStored(script, scriptKey);
    await fixture.assertStored(poster, posterKey);
  });

  it('blocks the form until the film is uploaded', async () => {
    const page = await fixture.openExample('cms/');
    const element = await page.element('#film');
    const file = await fixture.createFile(4 * MiB);
    await element.setAttribute('part-size', '1MiB');
    fixture.stallPartsAfter(0);
    await element.choose(file.path, 'uploading');
    const validationMessage = await watchValidationMessage(element);
    await page.page.$eval('#title', (input) => ((input as HTMLInputElement).value = 'Too early'));
    await page.page.click('form .primary');
    assert.match(await validationMessage(), /upload/i);

    fixture.releaseParts();
    await element.waitForStatus('succeeded');
    await save(page, 'In time');
    assert.equal((await keysIn(page, 'film')).length, 1);
  });

  it('keeps the uploaded film when server-side validation fails', async () => {
    const page = await fixture.openExample('cms/');
    const [first, second] = [await fixture.createFile(10), await fixture.createFile(20)];
    await (await page.element('#film')).choose(first.path, 'succeeded');
    await save(page, 'Tides');

    await page.page.goto(`${fixture.site.demo.url}examples/cms/`);
    await (await page.element('#film')).choose(second.path, 'succeeded');
    const countSent = () =>
      fixture.site.demo.oss.requests.all({ operation: ['PutObject', 'PostObject'] }).length;
    const sent = countSent();
    await save(page, 'Tides');
    assert.match(
      await waitForText(page.page, '#title-error', /./),
      /An article with this title already exists/,
    );
    const element = await page.element('#film');
    await element.waitForStatus('succeeded');
    assert.ok((await element.text()).includes(second.name));
    await save(page, 'Tides, second part');
    const [key] = await keysIn(page, 'film');
    await fixture.assertStored(second, key);
    assert.equal(countSent(), sent);
  });
});

describe('editing in the CMS example', { timeout: 180_000 }, () => {
  it('shows the accepted film, which a new one replaces', async () => {
    const page = await fixture.openExample('cms/');
    const [film, other] = [await fixture.createFile(10), await fixture.createFile(20)];
    await (await page.element('#film')).choose(film.path, 'succeeded');
    await save(page, 'Spring tide');
    const [filmKey] = await keysIn(page, 'film');

    await Promise.all([page.page.waitForNavigation(), page.page.click('a[href$="/edit"]')]);
    const element = await page.element('#film');
    await element.waitForStatus('succeeded');
    assert.ok((await element.text()).includes(film.name));
    await element.chooseAndUpload(other.path);
    await save(page, 'Spring tide, revised');
    const [otherKey, ...more] = await keysIn(page, 'film');
    assert.deepEqual(more, []);
    assert.notEqual(otherKey, filmKey);
    await fixture.assertStored(other, otherKey);
  });

  it('keeps the accepted film and adds an attachment', async () => {
    const page = await fixture.openExample('cms/');
    const [film, script] = [await fixture.createFile(10), await fixture.createFile(20)];
    await (await page.element('#film')).choose(film.path, 'succeeded');
    await save(page, 'Low tide');
    const [filmKey] = await keysIn(page, 'film');

    await Promise.all([page.page.waitForNavigation(), page.page.click('a[href$="/edit"]')]);
    await (await page.element('#attachments')).choose(script.path, 'succeeded');
    await save(page, 'Low tide, revised');
    assert.deepEqual(await keysIn(page, 'film'), [filmKey]);
    await fixture.assertStored(film, filmKey);
    const [scriptKey] = await keysIn(page, 'attachments');
    await fixture.assertStored(script, scriptKey);
  });
});

describe('the credentials endpoint of the demo', { timeout: 180_000 }, () => {
  for (const [from, host, status] of [
    ['its own origin', 'localhost', 200],
    ['another site', '127.0.0.1', 403],
  ] as const) {
    it(`responds with ${status} to a page of ${from}`, async () => {
      const { page } = await fixture.openExample('plain.html');
      const url = new URL('/credentials', fixture.site.demo.url);
      url.hostname = host;
      const [response] = await Promise.all([
        page.waitForNavigation(),
        page.evaluate((address) => location.assign(address), url.href),
      ]);
      assert.equal(response?.status(), status);
    });
  }
});

describe('the themes', { timeout: 180_000 }, async () => {
  for (const name of await listThemes()) {
    it(`${name}.html shows a succeeded, a paused, a failed and a ready upload`, async () => {
      const page = await fixture.openExample(`../themes/${name}.html`);
      const element = await (await page.element('#several')).handle();
      const statuses = await element.evaluate(
        (target) =>
          new Promise<string[]>((resolve) => {
            const check = () => {
              const current = target.uploads.map(({ state }) => state.status);
              if (
                current.length < 4 ||
                current.some((status) => ['preparing', 'uploading', 'completing'].includes(status))
              )
                return;
              if (current.every((status) => status === 'ready')) return;
              target.removeEventListener('oss-state-change', check);
              resolve(current);
            };
            target.addEventListener('oss-state-change', check);
            check();
          }),
      );
      assert.deepEqual(statuses, ['succeeded', 'paused', 'failed', 'ready']);
    });
  }
});

describe('the list of examples', { timeout: 180_000 }, () => {
  it('is linked from the demo and links to a working example', async () => {
    const page = await fixture.openExample('../');
    await followLink(page, '/examples/');
    await followLink(page, '/examples/plain.html');
    await uploadWith(await page.element(), 'plain');
  });
});
