// What a page loads: the shell of the element at first, and everything else when it is needed.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ElementPage } from './support/element-page.js';
import { distPath, version } from './support/dist.js';
import { useFixture } from './support/fixture.js';
import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import type { PageVariant } from './support/site.js';

const fixture = useFixture();
const PANEL = distPath('uploads-panel');
const SDK = distPath('slim-sdk');
const shell = ['/dist/oss-resumable-upload.js', distPath('shell')];
const panelUrls = () => fixture.site.requestedScripts.filter((path) => path.startsWith(PANEL));

/** Resolves when the scripts of the page are idle, which is when the element reflects its status. */
async function settled({ page }: ElementPage): Promise<void> {
  await page.waitForSelector('oss-resumable-upload[status]');
}

/** Lets the page wait for a file until `release` is called. */
function hold(held: string): { requested: Promise<void>; release: () => void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const requested = new Promise<void>((resolve) => {
    fixture.site.beforeScript = async (path) => {
      if (path !== held) return;
      resolve();
      await released;
    };
  });
  return { requested, release };
}

/** Lets requests for the panel fail, all of them or as many as given. */
function failPanel(times = Infinity): void {
  fixture.site.beforeScript = async (path) => {
    if (path === PANEL && times-- > 0) throw new Error('unavailable');
  };
}

/** Adds a file as the file picker does, without waiting for the list. */
async function pick(element: ElementPage, path: string): Promise<void> {
  const host = await element.handle();
  const input = await host.evaluateHandle(({ shadowRoot }) =>
    shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!,
  );
  await input.uploadFile(path);
}

/** Lets the time limit for loading a file pass at once. It is set as two halves. Runs in the page. */
function shortenTimeLimits(): void {
  const original = setTimeout;
  const shortened = (callback: () => void, ms: number) => original(callback, ms === 15_000 ? 0 : ms);
  Object.assign(globalThis, { setTimeout: shortened });
}

const point = ({ page }: ElementPage): Promise<void> => page.hover('oss-resumable-upload');

describe('before the first file', { timeout: 600_000 }, () => {
  it('only the shell is loaded, and no database is created', async () => {
    const element = await fixture.open();
    await settled(element);
    const databases = await element.page.evaluate(() => indexedDB.databases());
    assert.deepEqual([fixture.site.requestedScripts, databases], [shell, []]);
  });

  it('everything else is loaded when the user points at the element, and the drop zone stays', async () => {
    const element = await fixture.open();
    await settled(element);
    const host = await element.handle();
    const zone = await host.evaluateHandle(({ shadowRoot }) => {
      const button = shadowRoot!.querySelector<HTMLElement>('[part~=browse-button]')!;
      button.focus();
      return { button, top: button.getBoundingClientRect().top };
    });
    await host.evaluate((target) => target.listResumable());
    const isSame = await host.evaluate(({ shadowRoot }, { button, top }) => {
      const isFocused = shadowRoot!.activeElement === button;
      return [button.isConnected, isFocused, button.getBoundingClientRect().top === top];
    }, zone);
    assert.deepEqual([isSame, panelUrls()], [[true, true, true], [PANEL]]);
  });

  it('a pointer over the element loads the list', async () => {
    const element = await fixture.open();
    await settled(element);
    const panel = hold(PANEL);
    await point(element);
    await panel.requested;
    panel.release();
  });

  it('an entry with a query shares the shell with the list', async () => {
    const element = await fixture.open();
    await element.page.evaluate((script) => import(script), '/dist/oss-resumable-upload.js?v=2');
    await (await element.handle()).evaluate((target) => target.listResumable());
    const loaded = fixture.site.requestedScripts.filter((path) => path.includes('shell'));
    assert.deepEqual(loaded, [shell[1]]);
  });

  it('commands and values are those of an empty list', async () => {
    const element = await fixture.open();
    await settled(element);
    const state = await (
      await element.handle()
    ).evaluate(async (target) => {
      target.start();
      target.pause();
      target.resume();
      target.retry();
      target.clear();
      target.forgetCredentials();
      await target.cancel();
      target.value = '';
      return [target.uploads, target.value, target.status, target.progress];
    });
    assert.deepEqual(state, [[], '', 'idle', { loaded: 0, stored: 0, total: 0, ratio: 0 }]);
    assert.deepEqual(panelUrls(), []);
  });

  it('a required element is invalid', async () => {
    const element = await fixture.open({ inForm: true, attributes: { name: 'film', required: '' } });
    const validity = await (
      await element.handle()
    ).evaluate(({ validity, validationMessage }) => [validity.valueMissing, validationMessage]);
    assert.deepEqual(validity, [true, 'Upload a file to continue.']);
  });

  it('a missing setting is shown once the page has loaded', async () => {
    const element = await fixture.open({ attributes: { region: undefined } });
    await element.waitForText(/Uploads aren’t set up correctly/);
  });

  it('an unfinished upload of an earlier visit is found and shown', async () => {
    const element = await fixture.open();
    const file = await fixture.createFile(2_000_000);
    await element.setAttribute('part-size', '200kB');
    await element.choose(file.path);
    await fixture.startAndStall(element);
    fixture.site.requestedScripts.length = 0;
    await element.reload();
    await element.waitForStatus('resumable');
    assert.deepEqual(panelUrls(), [PANEL]);
  });

  it('unfinished uploads to another bucket load nothing', async () => {
    const element = await fixture.open();
    const file = await fixture.createFile(2_000_000);
    await element.setAttribute('part-size', '200kB');
    await element.choose(file.path);
    await fixture.startAndStall(element);
    fixture.site.requestedScripts.length = 0;
    await element.page.goto(fixture.site.page({ attributes: { bucket: 'anotherbucket' } }));
    await settled(element);
    assert.deepEqual(fixture.site.requestedScripts, shell);
  });
});

describe('while the list is being loaded', { timeout: 600_000 }, () => {
  const inForm: PageVariant = { inForm: true, attributes: { name: 'film' } };

  it('a selected file waits, and the form can’t be submitted', async () => {
    const element = await fixture.open(inForm);
    const file = await fixture.createFile(1_000);
    const panel = hold(PANEL);
    await pick(element, file.path);
    await panel.requested;
    const host = await element.handle();
    const message = await host.evaluate(({ validationMessage }) => validationMessage);
    panel.release();
    await element.waitForStatus('ready');
    assert.equal(message, 'The upload isn’t complete yet. Wait for it to finish.');
    await element.press('upload');
    await element.waitForStatus('succeeded');
    await fixture.assertStored(file);
  });

  it('a dropped file waits', async () => {
    const element = await fixture.open();
    const panel = hold(PANEL);
    const host = await element.handle();
    await host.evaluate((target) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'dropped.txt'));
      target.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      dataTransfer.items.clear();
    });
    await panel.requested;
    panel.release();
    await element.waitForStatus('ready');
    assert.match(await element.text(), /dropped\.txt/);
  });

  it('cancel() drops a file that waits', async () => {
    const element = await fixture.open(inForm);
    const panel = hold(PANEL);
    const host = await element.handle();
    const adding = await host.evaluateHandle((target) => ({
      uploads: target.addFiles([new File(['x'], 'cancelled.txt')]),
    }));
    await panel.requested;
    const isValid = await host.evaluate(async (target) => {
      await target.cancel();
      return target.checkValidity();
    });
    panel.release();
    assert.deepEqual([isValid, await adding.evaluate(({ uploads }) => uploads)], [true, []]);
  });

  const changes: Record<string, (target: OssResumableUpload) => void> = {
    'resume-scope': (target) => (target.resumeScope = 'bob'),
    'credentials-url': (target) => (target.credentialsUrl = '/sts?user=bob'),
    'with-credentials': (target) => (target.withCredentials = true),
    credentialsInit: (target) => (target.credentialsInit = { headers: { authorization: 'bob' } }),
    getCredentials: (target) => (target.getCredentials = () => fetch('/bob').then((answer) => answer.json())),
  };
  for (const [setting, change] of Object.entries(changes)) {
    it(`a file that waits is dropped if another user is named by ${setting}`, async () => {
      const element = await fixture.open();
      const panel = hold(PANEL);
      const host = await element.handle();
      await host.evaluate((target) => (target.credentialsInit = { headers: { authorization: 'ada' } }));
      const adding = await host.evaluateHandle((target) => ({
        uploads: target.addFiles([new File(['x'], 'of-ada.txt')]),
      }));
      await panel.requested;
      await host.evaluate(change);
      panel.release();
      assert.deepEqual(await adding.evaluate(({ uploads }) => uploads), []);
    });
  }

  it('the form has the keys of stored files', async () => {
    const element = await fixture.open({ inForm: true, attributes: { name: 'film', multiple: '' } });
    const panel = hold(PANEL);
    await element.setAttribute('stored', JSON.stringify([{ key: 'a' }, { key: 'b' }, { key: 'a' }, {}]));
    await panel.requested;
    const values = () =>
      element.page.evaluate(() => new FormData(document.forms[0]).getAll('film') as string[]);
    const before = await values();
    panel.release();
    await element.waitForStatus('succeeded');
    assert.deepEqual(
      [before, await values()],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    );
  });

  it('start() starts a file that waits', async () => {
    const element = await fixture.open();
    const panel = hold(PANEL);
    const file = await fixture.createFile(1_000);
    await pick(element, file.path);
    await panel.requested;
    await (await element.handle()).evaluate((target) => target.start());
    panel.release();
    await element.waitForStatus('succeeded');
    await fixture.assertStored(file);
  });

  it('pause() keeps a file that waits from starting automatically', async () => {
    const element = await fixture.open({ attributes: { 'auto-start': '' } });
    const panel = hold(PANEL);
    const host = await element.handle();
    const adding = await host.evaluateHandle((target) => {
      const uploads = target.addFiles([new File(['x'], 'paused.txt')]);
      target.pause();
      return { uploads };
    });
    await panel.requested;
    panel.release();
    const states = await adding.evaluate(async ({ uploads }) =>
      (await uploads).map(({ state }) => state.status),
    );
    assert.deepEqual(states, ['ready']);
  });

  it('resume() lets a file that waits start automatically again', async () => {
    const element = await fixture.open({ attributes: { 'auto-start': '' } });
    const panel = hold(PANEL);
    const host = await element.handle();
    await host.evaluate((target) => {
      void target.addFiles([new File(['x'], 'resumed.txt')]);
      target.pause();
      target.resume();
    });
    await panel.requested;
    panel.release();
    await element.waitForStatus('succeeded');
  });

  it('nothing starts if the element is removed, until it is inserted again', async () => {
    const element = await fixture.open({ attributes: { 'auto-start': '' } });
    const panel = hold(PANEL);
    const host = await element.handle();
    const adding = await host.evaluateHandle((target) => {
      const uploads = target.addFiles([new File(['x'], 'removed.txt')]);
      const { parentElement } = target;
      target.remove();
      return { uploads, parentElement };
    });
    await panel.requested;
    panel.release();
    const status = await adding.evaluate(async ({ uploads }) => (await uploads)[0]!.state.status);
    await adding.evaluate(({ parentElement }, target) => parentElement!.append(target), host);
    await element.waitForStatus('succeeded');
    assert.equal(status, 'ready');
  });

  it('cancel() drops a checkpoint that waits', async () => {
    const element = await fixture.open(inForm);
    const panel = hold(PANEL);
    const host = await element.handle();
    const resuming = await host.evaluateHandle((target) => {
      const file = new File(['x'], 'cancelled.txt');
      const checkpoint = { file, name: file.name, fileSize: 1, partSize: 1, uploadId: '1', doneParts: [] };
      return { upload: target.resumeFrom(checkpoint) };
    });
    await panel.requested;
    await host.evaluate((target) => target.cancel());
    panel.release();
    const rest = await resuming.evaluate(
      async ({ upload }, target) => [(await upload) === undefined, target.uploads],
      host,
    );
    assert.deepEqual(rest, [true, []]);
  });

  it('stored files are dropped when the page names another user', async () => {
    const element = await fixture.open({ attributes: { 'resume-scope': 'ada' } });
    const panel = hold(PANEL);
    await element.setAttribute('stored', JSON.stringify([{ key: 'of-ada' }]));
    await panel.requested;
    await element.setAttribute('resume-scope', 'bob');
    const host = await element.handle();
    const before = await host.evaluate(({ value }) => value);
    panel.release();
    const after = await host.evaluate(async (target) => {
      await target.listResumable();
      return [target.value, target.uploads];
    });
    assert.deepEqual([before, after], ['', ['', []]]);
  });

  it('files that are set together with another user are shown', async () => {
    const element = await fixture.open({ attributes: { 'resume-scope': 'ada' } });
    const panel = hold(PANEL);
    await element.setAttribute('stored', JSON.stringify([{ key: 'of-ada' }]));
    await panel.requested;
    const host = await element.handle();
    const before = await host.evaluate(async (target) => {
      target.stored = [{ key: 'of-bob' }];
      target.resumeScope = 'bob';
      await target.updateComplete;
      return target.value;
    });
    panel.release();
    await element.waitForStatus('succeeded');
    assert.deepEqual([before, await host.evaluate(({ value }) => value)], ['of-bob', 'of-bob']);
  });

  it('files that the page sets after it has emptied the value are neither shown nor reported as removed', async () => {
    const element = await fixture.open();
    await settled(element);
    const host = await element.handle();
    const result = await host.evaluate(async (target) => {
      const removed: string[] = [];
      target.addEventListener('oss-file-remove', ({ detail }) => void removed.push(detail.key));
      target.value = '';
      target.stored = [{ key: 'new' }];
      await target.listResumable();
      await target.updateComplete;
      return [removed, target.value];
    });
    assert.deepEqual(result, [[], '']);
  });

  it('a value that was emptied for one user says nothing about the files of another', async () => {
    const element = await fixture.open({ attributes: { 'resume-scope': 'ada' } });
    await settled(element);
    const host = await element.handle();
    const values = await host.evaluate(async (target) => {
      target.value = '';
      target.resumeScope = 'bob';
      target.stored = [{ key: 'of-bob' }];
      await target.updateComplete;
      const before = target.value;
      await target.listResumable();
      return [before, target.value];
    });
    assert.deepEqual(values, ['of-bob', 'of-bob']);
  });

  it('stored files stay removed that the page removes meanwhile', async () => {
    const element = await fixture.open();
    const panel = hold(PANEL);
    await element.setAttribute('stored', JSON.stringify([{ key: 'a' }]));
    await panel.requested;
    const host = await element.handle();
    await host.evaluate((target) => (target.value = ''));
    panel.release();
    const rest = await host.evaluate(async (target) => {
      await target.listResumable();
      await target.updateComplete;
      return [target.uploads, target.value];
    });
    assert.deepEqual(rest, [[], '']);
  });
});

describe('when the list can’t be loaded', { timeout: 600_000 }, () => {
  it('another attempt follows', async () => {
    const element = await fixture.open();
    failPanel(1);
    await pick(element, (await fixture.createFile(1_000)).path);
    await element.waitForStatus('ready');
    assert.ok(panelUrls().length > 1);
  });

  it('the user can retry without selecting the file again, and the console names the file', async () => {
    const element = await fixture.open();
    failPanel();
    const file = await fixture.createFile(1_000);
    await pick(element, file.path);
    await element.waitForText(
      /Part of the uploader couldn’t be loaded\. Check your connection, or reload the page\./,
    );
    fixture.site.beforeScript = undefined;
    await element.press('retry');
    await element.waitForStatus('ready');
    const text = await element.text();
    const line = element.messages.find((message) => message.includes('Deploy all files'));
    assert.ok(text.includes(file.name));
    assert.match(line ?? '', /Can't load http:.*uploads-panel\S*\.js\. /);
  });

  it('a request for the list that gets no response is reported, and its module is used once it arrives', async () => {
    const element = await fixture.open();
    await element.page.evaluate(shortenTimeLimits);
    const panel = hold(PANEL);
    await pick(element, (await fixture.createFile(1_000)).path);
    await element.waitForText(/Part of the uploader couldn’t be loaded/);
    panel.release();
    await element.waitForStatus('ready');
    assert.ok(element.messages.some((message) => message.includes('"uploads-panel"')));
  });

  it('a request for the SDK that gets no response fails, and Retry uses its module once it arrives', async () => {
    const element = await fixture.open({ attributes: { retries: '0' } });
    await element.page.evaluate(shortenTimeLimits);
    const sdk = hold(SDK);
    const file = await fixture.createFile(300_000);
    await element.choose(file.path);
    await element.press('upload');
    await element.waitForStatus('failed');
    assert.equal((await element.failure())?.code, 'sdk-unavailable');
    assert.ok(element.messages.some((message) => message.includes('"slim-sdk"')));
    sdk.release();
    // The time limit still passes at once.
    await element.page.evaluate((url) => import(url).then(() => {}), SDK);
    await element.press('retry');
    await element.waitForStatus('succeeded');
    await fixture.assertStored(file);
  });

  it('no other URL is requested if an import map contains hashes, which are for one URL', async () => {
    const element = await fixture.open({ nonce: true, importMap: '{ "integrity": {} }' });
    failPanel();
    await pick(element, (await fixture.createFile(1_000)).path);
    await element.waitForText(/Part of the uploader couldn’t be loaded/);
    assert.deepEqual([...new Set(panelUrls())], [PANEL]);
  });

  it('nothing is shown to a user who only points at the element', async () => {
    const element = await fixture.open();
    failPanel();
    const reported = new Promise<void>((resolve) => {
      element.page.on('console', (message) => {
        if (message.text().includes("Can't load")) resolve();
      });
    });
    await point(element);
    await reported;
    assert.doesNotMatch(await element.text(), /loaded/);
  });
});

describe('an element outside of the page', { timeout: 600_000 }, () => {
  for (const lang of ['it', 'de', 'en']) {
    it(`has all texts once the list is loaded (${lang})`, async () => {
      const element = await fixture.open();
      const host = await element.handle();
      const names = await host.evaluate(async (target, language) => {
        const detached = document.createElement('oss-resumable-upload');
        for (const { name, value } of target.attributes) detached.setAttribute(name, value);
        detached.lang = language;
        const uploads = await detached.addFiles([new File(['x'], 'film.mp4')]);
        return uploads.map(({ fileName }) => fileName);
      }, lang);
      assert.deepEqual(names, ['film.mp4']);
    });
  }
});

describe('a form whose state is restored', { timeout: 600_000 }, () => {
  it('can’t be submitted until the list is loaded', async () => {
    const element = await fixture.open({ inForm: true });
    await settled(element);
    hold(PANEL);
    const host = await element.handle();
    const isInvalid = await host.evaluate((target) => {
      // A browser only calls this after a real navigation.
      const control = target as unknown as { formStateRestoreCallback(state: string, reason: string): void };
      control.formStateRestoreCallback('[]', 'restore');
      return target.matches(':invalid');
    });
    assert.equal(isInvalid, true);
  });
});

describe('after an update of the site', { timeout: 600_000 }, () => {
  const read = (path: string) => readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

  it('files of the former version, which a cache may have kept, are not used', async () => {
    const next = '99.0.0';
    const served = new Set<string>();
    fixture.site.beforeScript = async (path) => {
      served.add(path);
      return (await read(path.slice(1).replace(next, version))).replaceAll(version, next);
    };
    const element = await fixture.open({ attributes: { lang: 'de', retries: '0' } });
    const file = await fixture.createFile(300_000);
    await element.choose(file.path);
    await element.press('upload');
    await element.waitForStatus('succeeded');
    const unversioned = [...served].filter((path) => !path.includes(next));
    const missing = ['shell', 'uploads-panel', 'slim-sdk', 'crc64-worker']
      .map((name) => distPath(name).replace(version, next))
      .filter((path) => !served.has(path));
    const expected = ['/dist/oss-resumable-upload.de.js', '/dist/oss-resumable-upload.js'];
    assert.deepEqual([unversioned.sort(), missing], [expected, []]);
  });

  it('files that a page names itself are found under the same names', async () => {
    const names = await readdir(new URL('../../dist', import.meta.url));
    const unversioned = names.filter((name) => name.endsWith('.js') && !name.includes(version));
    const languages = ['ar', 'de', 'es', 'fr', 'ja', 'ko', 'pt', 'ru', 'zh-hans', 'zh-hant'];
    const expected = ['js', 'iife.js', ...languages.map((language) => `${language}.js`)];
    assert.deepEqual(unversioned.sort(), expected.map((end) => `oss-resumable-upload.${end}`).sort());
  });
});
