// Values from users, servers, storage and the page itself are text: they never become code, markup, requests to other
// origins or members of built-in prototypes. One test per channel; each places all payloads that the channel can carry.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerResponse } from 'node:http';
import { isETag } from '../../src/core/guards.js';
import english from '../../src/i18n/locales/en.js';
import type { ElementPage } from './support/element-page.js';
import type { PageVariant } from './support/site.js';
import {
  allPayloads,
  assertHarmless,
  effectsIn,
  headerPayloads,
  keyPayloads,
  payloads,
  shown,
  textIn,
  watch,
  watchOrigins,
  xmlPayloads,
} from './support/injection.js';
import { useFixture } from './support/fixture.js';

const MiB = 1024 * 1024;
/** Milliseconds. */
const limit = { timeout: 60_000 };
const fixture = useFixture();

interface PageFile {
  name: string;
  /** Path inside a selected folder. */
  path?: string;
  type?: string;
  /** Bytes. */
  size?: number;
}

interface Outcome {
  name: string;
  status: string;
  code?: string | undefined;
  ossCode?: string | undefined;
  /** JSON of the result. */
  result?: string | undefined;
}

interface AttackedPage {
  page: ElementPage;
  origins: ReadonlySet<string>;
}

/** Opens a page that accepts several files and doesn't retry. */
async function open({ attributes, ...variant }: PageVariant = {}): Promise<AttackedPage> {
  const page = await fixture.open({ ...variant, attributes: { multiple: '', retries: '0', ...attributes } });
  const origins = watchOrigins(page);
  await watch(page);
  return { page, origins };
}

/** Opens a page whose bucket is `fixture.site.storage`. */
const openHostile = (attributes: Record<string, string> = {}) =>
  open({ attributes: { ...fixture.site.storageAttributes, ...attributes } });

/** Adds files. Returns the names of those that were added. */
async function add({ page }: AttackedPage, files: readonly PageFile[]): Promise<string[]> {
  return (await page.handle()).evaluate(async (element, descriptions) => {
    const created = descriptions.map(({ name, path, type = '', size = 1 }) => {
      const file = new File([new Uint8Array(size)], name, { type });
      if (path !== undefined) Object.defineProperty(file, 'webkitRelativePath', { value: path });
      return file;
    });
    const uploads = await element.addFiles(created);
    await element.updateComplete;
    return uploads.map(({ fileName }) => fileName);
  }, files);
}

/** Starts all files, and waits until each is stored or has failed. */
async function settle({ page }: AttackedPage): Promise<Outcome[]> {
  return (await page.handle()).evaluate(async (element) => {
    const pending = new Set(element.uploads.filter(({ state }) => /^(?:ready|failed)$/.test(state.status)));
    const settled = new Promise<void>((resolve) => {
      element.addEventListener('oss-state-change', ({ detail: { upload, to } }) => {
        if (to === 'succeeded' || to === 'failed') pending.delete(upload);
        if (pending.size === 0) resolve();
      });
    });
    element.start();
    element.retry();
    await settled;
    await element.updateComplete;
    const uploads = element.uploads.filter(({ state }) => state.status !== 'cancelled');
    return uploads.map(({ fileName, state }) => ({
      name: fileName,
      status: state.status,
      ...(state.status === 'failed' && { code: state.error.code, ossCode: state.error.ossCode }),
      ...(state.status === 'succeeded' && { result: JSON.stringify(state.result) }),
    }));
  });
}

const send = (
  response: ServerResponse,
  status: number,
  body = '',
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'Content-Type': 'application/xml', 'x-oss-request-id': '0123', ...headers });
  response.end(body);
};

const escapeXml = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Assigns one payload to each file, by the number in its name. */
const numbered = (list: readonly string[]): PageFile[] =>
  list.map((_, index) => ({ name: `file-${index}.txt` }));
const payloadFor = (list: readonly string[], url = ''): string =>
  list[Number(/file-(\d+)/.exec(url)?.[1])] ?? '';

async function assertShown(page: ElementPage, texts: readonly string[]): Promise<void> {
  const text = await textIn(page);
  assert.deepEqual(
    texts.filter((payload) => !text.includes(shown(payload))),
    [],
  );
}

/** Shows the uploaded files, which long lists collapse into one line. */
async function expandUploaded(page: ElementPage): Promise<void> {
  await (
    await page.handle()
  ).evaluate((element) => {
    element.shadowRoot!.querySelector<HTMLElement>('[part~=expand-button]')!.click();
  });
}

/** What servers send is shown without the queries of URLs, which may contain credentials. */
const withoutQueries = (texts: readonly string[]): string[] =>
  texts.map((text) => (text === payloads.foreignUrl ? text.replace('?x=1#y', '?…') : text));

describe('a value that looks like code or markup is only text', { timeout: 600_000 }, () => {
  it('as the name of an uploaded file', async () => {
    const opened = await open();
    const names = allPayloads.map((payload) => `${payload}.txt`);
    // Browsers replace unpaired surrogates in the names of files.
    const added = await add(opened, [
      ...names.map((name) => ({ name })),
      ...allPayloads.map((name) => ({ name })),
    ]);
    assert.equal(added.length, 2 * keyPayloads.length);
    await assertShown(opened.page, added);
    const outcomes = await settle(opened);
    await expandUploaded(opened.page);
    await assertShown(opened.page, added);
    const refused = outcomes
      .filter(({ status }) => status === 'failed')
      .map(({ name, code }) => [name, code]);
    for (const [name, code] of refused)
      assert.ok(code === 'key-invalid' || code === 'request-refused', `${name}: ${code}`);
    for (const payload of [payloads.html, payloads.placeholders, payloads.prototype, payloads.foreignUrl])
      assert.ok(await fixture.site.control.object(fixture.site.bucket, fixture.site.keyOf(payload)), payload);
    await assertHarmless(opened.page, opened.origins);
  });

  it('as the path of a file in a folder', async () => {
    const opened = await open({
      attributes: { 'object-key': fixture.site.keyOf('{path}'), directory: '' },
    });
    await add(
      opened,
      allPayloads.map((payload) => ({ name: 'file.txt', path: `${payload}/file.txt` })),
    );
    const outcomes = await settle(opened);
    assert.equal(outcomes.length, keyPayloads.length);
    const key = fixture.site.keyOf(`${payloads.html}/file.txt`);
    assert.ok(await fixture.site.control.object(fixture.site.bucket, key));
    await assertHarmless(opened.page, opened.origins);
  });

  it('as the name and path of a rejected file', async () => {
    const opened = await open({ attributes: { 'max-size': '2' } });
    // Up to 20 files that were rejected for the same reason are named.
    for (let index = 0; index < allPayloads.length; index += 5) {
      const names = allPayloads.slice(index, index + 5);
      await add(
        opened,
        names.map((name, at) => ({ name, size: 3, ...(at % 2 && { path: `${name}/${name}` }) })),
      );
      assert.deepEqual(await effectsIn(opened.page), []);
      const stored = names.filter((name) => !/[\ud800-\udfff]/.test(name));
      await assertShown(opened.page, stored);
    }
    await assertHarmless(opened.page, opened.origins);
  });

  it('as the type of a file', async () => {
    const opened = await open({ attributes: { accept: 'image/*,.txt' } });
    await add(
      opened,
      allPayloads.map((type, index) => ({ name: `file-${index}.txt`, type })),
    );
    const outcomes = await settle(opened);
    assert.equal(outcomes.length, allPayloads.length);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in dropped and pasted files', async () => {
    const opened = await open();
    await (
      await opened.page.handle()
    ).evaluate(async (element, names) => {
      for (const type of ['drop', 'paste'] as const) {
        const data = new DataTransfer();
        for (const name of names) data.items.add(new File(['x'], `${type} ${name}`));
        const init = { bubbles: true, cancelable: true, composed: true };
        element.dispatchEvent(
          type === 'drop'
            ? new DragEvent(type, { ...init, dataTransfer: data })
            : // Firefox ignores the data of the constructor.
              Object.defineProperty(new ClipboardEvent(type, init), 'clipboardData', { value: data }),
        );
      }
      element.dispatchEvent(new Event('change'));
    }, keyPayloads);
    await opened.page.waitForFiles(2 * keyPayloads.length);
    await assertShown(
      opened.page,
      keyPayloads.filter((name) => name !== payloads.surrogate).map((name) => `drop ${name}`),
    );
    await assertHarmless(opened.page, opened.origins);
  });

  it('in `strings`', async () => {
    const opened = await open();
    await add(opened, numbered(['', '']));
    const handle = await opened.page.handle();
    const names = Object.keys(english);
    const codes = Object.keys(english.errors);
    for (const payload of allPayloads) {
      await handle.evaluate(
        async (element, text, messages, errors) => {
          const all: Record<string, string> = Object.fromEntries(messages.map((name) => [name, text]));
          const texts = errors.map((code) => [code, { message: text, hint: text }]);
          element.strings = { ...all, errors: Object.fromEntries(texts) as object };
          await element.updateComplete;
        },
        payload,
        names,
        codes,
      );
      assert.deepEqual(await effectsIn(opened.page), []);
      // Placeholders are filled, and unknown ones removed.
      if (payload !== payloads.placeholders) assert.ok((await textIn(opened.page)).includes(payload));
      else assert.doesNotMatch(await textIn(opened.page), /\[native code\]/);
    }
    for (const strings of [
      '"text"',
      '[]',
      '7',
      '{"errors":"x"}',
      '{"errors":{"network":null}}',
      '{"__proto__":{"upload":"x","polluted":"x"},"constructor":{"prototype":{"polluted":"x"}}}',
      '{',
    ])
      await handle.evaluate(async (element, json) => {
        element.setAttribute('strings', json);
        await element.updateComplete;
      }, strings);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in a registered locale, which may also lack texts', async () => {
    const opened = await open({ attributes: { bucket: 'Invalid' } });
    await add(opened, numbered(['', '']));
    const shapes: object[] = [
      {},
      { errors: null },
      { upload: 7, errors: { network: null } },
      JSON.parse('{"__proto__":{"polluted":1}}') as object,
    ];
    const texts = allPayloads.map((text) => ({
      ...Object.fromEntries(Object.keys(english).map((name) => [name, text])),
      errors: Object.fromEntries(
        Object.keys(english.errors).map((code) => [code, { message: text, hint: text }]),
      ),
    }));
    for (const [index, locale] of [...shapes, ...texts].entries()) {
      await (
        await opened.page.handle()
      ).evaluate(
        async (element, given, tag) => {
          const url = '/dist/oss-resumable-upload.js';
          const { registerLocale } = (await import(url)) as typeof import('../../src/index.js');
          registerLocale(tag, given as never);
          element.lang = tag;
          // The language is read in a mutation observer.
          await new Promise((resolve) => requestAnimationFrame(resolve));
          await element.updateComplete;
        },
        locale,
        `x${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`,
      );
      assert.deepEqual(await effectsIn(opened.page), [], `locale ${index}`);
      const payload = allPayloads[index - shapes.length];
      if (payload && payload !== payloads.placeholders)
        assert.ok((await textIn(opened.page)).includes(payload));
    }
    await opened.page.setAttribute('bucket', fixture.site.bucket);
    await settle(opened);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in any attribute', async () => {
    const opened = await open();
    const handle = await opened.page.handle();
    const names = await handle.evaluate(
      (element) => (element.constructor as unknown as { observedAttributes: string[] }).observedAttributes,
    );
    assert.ok(names.length > 20);
    for (const name of [...names, 'lang', 'id', 'title', 'dir']) {
      const failed = await handle.evaluate(
        async (element, attribute, values) => {
          const previous = element.getAttribute(attribute);
          for (const value of values) {
            element.setAttribute(attribute, value);
            await element.updateComplete;
            await element.addFiles([new File(['x'], 'file.txt')]);
            await element.updateComplete;
            element.start();
            await element.cancel();
          }
          if (previous === null) element.removeAttribute(attribute);
          else element.setAttribute(attribute, previous);
          await element.updateComplete;
          element.clear();
          return element.uploads.filter(({ state }) => state.status === 'failed').length;
        },
        name,
        allPayloads,
      );
      assert.deepEqual(await effectsIn(opened.page), [], name);
      assert.equal(failed >= 0, true);
      await handle.evaluate(async (element) => {
        for (const { id } of element.uploads) await element.discardResumable(id);
        await element.cancel();
        element.clear();
      });
    }
    await assertHarmless(opened.page, opened.origins);
  });

  it('in slots and labels', async () => {
    const opened = await open({ inForm: true });
    await (
      await opened.page.handle()
    ).evaluate(async (element, values) => {
      for (const [index, value] of values.entries()) {
        const child = document.createElement('div');
        child.slot = ['', 'label', 'hint', 'icon', value][index % 5]!;
        child.textContent = value;
        element.append(child);
        element.labels[0]!.append(value);
      }
      element.requestUpdate();
      await element.updateComplete;
    }, allPayloads);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in headers, metadata, tags and callbacks that the page sets', async () => {
    const opened = await open();
    for (const property of [
      'headers',
      'meta',
      'tags',
      'callback',
      'storageClass',
      'objectKey',
      'credentialsInit',
    ]) {
      for (const payload of allPayloads) {
        const json = JSON.stringify(payload);
        const values = [
          json,
          `{"author":${json},"a":"b"}`,
          `{${json}:"b"}`,
          `{"__proto__":{"polluted":${json}},"constructor":{"prototype":{"polluted":1}}}`,
          `{"url":${json},"body":${json},"customValue":{${json}:${json},"__proto__":"x"}}`,
          `{"url":"https://example.com","body":${json},"customValue":{${json}:${json},"__proto__":"x"}}`,
        ];
        await (
          await opened.page.handle()
        ).evaluate(
          async (element, name, texts) => {
            const settings = element as unknown as Record<string, unknown>;
            const previous = settings[name];
            for (const text of texts) {
              settings[name] = JSON.parse(text);
              await element.updateComplete;
            }
            settings[name] = previous;
          },
          property,
          values,
        );
      }
      assert.deepEqual(await effectsIn(opened.page), [], property);
    }
    await add(opened, numbered(['']));
    await (
      await opened.page.handle()
    ).evaluate((element) => {
      element.meta = JSON.parse('{"a":"<b>","constructor":"c"}') as Record<string, string>;
    });
    assert.deepEqual(
      (await settle(opened)).map(({ status, code, ossCode }) => [status, code, ossCode]),
      [['succeeded', undefined, undefined]],
    );
    await assertHarmless(opened.page, opened.origins);
  });

  const encodings: Record<string, (text: string) => string> = {
    entities: escapeXml,
    CDATA: (text) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
    'raw text': (text) => text,
  };
  for (const [name, encode] of Object.entries(encodings)) {
    it(`in an error of OSS, as ${name}`, limit, async () => {
      const opened = await openHostile();
      fixture.site.storage = (request, response) => {
        const value = encode(payloadFor(xmlPayloads, request.url));
        const fields = ['Code', 'Message', 'RequestId', 'HostId', 'EC', 'Bucket', 'ServerTime'];
        send(
          response,
          400,
          `<?xml version="1.0"?><Error>${fields.map((field) => `<${field}>${value}</${field}>`).join('')}</Error>`,
        );
      };
      await add(opened, numbered(xmlPayloads));
      for (const { status, code } of await settle(opened))
        assert.deepEqual([status, code], ['failed', 'request-refused']);
      if (name !== 'raw text') {
        const short = xmlPayloads.filter((text) => text !== payloads.long);
        await assertShown(opened.page, withoutQueries(short));
      }
      await assertHarmless(opened.page, opened.origins);
    });
  }

  it('in an answer that isn’t an error of OSS', async () => {
    const entities =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "https://attacker.example/x">]>';
    const bodies = [
      ...allPayloads,
      `${entities}<Error><Code>&b;&x;</Code></Error>`,
      '<Error><Code><b>x</b></Code><Code>y</Code><__proto__><polluted>x</polluted></__proto__></Error>',
      '<Error><constructor><prototype><polluted>x</polluted></prototype></constructor></Error>',
      `<?xml-stylesheet href="https://attacker.example/x.xsl"?><Error xmlns="${payloads.scriptUrl}"/>`,
      `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>attacked()</script></body></html>`,
    ];
    for (const status of [200, 203, 403, 500]) {
      const opened = await openHostile();
      fixture.site.storage = (request, response) => send(response, status, payloadFor(bodies, request.url));
      await add(opened, numbered(bodies));
      assert.equal((await settle(opened)).length, bodies.length);
      await assertHarmless(opened.page, opened.origins);
    }
  });

  it('in the headers of an answer', async () => {
    const names = [
      'ETag',
      'x-oss-request-id',
      'x-oss-hash-crc64ecma',
      'x-oss-version-id',
      'x-oss-err',
      'Retry-After',
      'Date',
      'Last-Modified',
      'Link',
      'Server',
    ];
    for (const status of [200, 400, 503]) {
      const opened = await openHostile({ 'no-verify': '' });
      fixture.site.storage = (request, response) => {
        const value = payloadFor(headerPayloads, request.url);
        // A `Link` header would preload its URL without any script.
        const headers = names.filter((name) => name !== 'Link').map((name) => [name, value]);
        send(response, status, '', Object.fromEntries(headers) as Record<string, string>);
      };
      await add(opened, numbered(headerPayloads));
      const outcomes = await settle(opened);
      for (const [index, { status: end, result = '{}' }] of outcomes.entries()) {
        // OSS returns no ETag of another form.
        const isStored = status === 200 && isETag(headerPayloads[index]);
        assert.equal(end, isStored ? 'succeeded' : 'failed');
        if (isStored) assert.equal((JSON.parse(result) as { etag: string }).etag, headerPayloads[index]);
      }
      if (status !== 200) await assertShown(opened.page, withoutQueries(headerPayloads));
      await assertHarmless(opened.page, opened.origins);
    }
  });

  it('in the answer of a callback', async () => {
    const bodies = [
      ...allPayloads.map((payload) => JSON.stringify({ html: payload, [payload]: payload })),
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      '"text"',
      'null',
    ];
    const opened = await openHostile({ 'no-verify': '' });
    await (
      await opened.page.handle()
    ).evaluate((element) => {
      element.callback = { url: 'https://example.com/stored', body: 'key=${object}' };
    });
    fixture.site.storage = (request, response) =>
      send(response, 200, payloadFor(bodies, request.url), {
        ETag: '"0"',
        'Content-Type': 'application/json',
      });
    await add(opened, numbered(bodies));
    const outcomes = await settle(opened);
    for (const [index, { status, result = '{}' }] of outcomes.entries()) {
      assert.equal(status, 'succeeded');
      const { callback } = JSON.parse(result) as { callback: unknown };
      assert.deepEqual(callback, JSON.parse(bodies[index]!));
    }
    await assertHarmless(opened.page, opened.origins);
  });

  it('in the facts about an object that exists already', async () => {
    const opened = await openHostile();
    fixture.site.storage = (request, response) => {
      const value = payloadFor(headerPayloads, request.url);
      if (request.method !== 'HEAD')
        return send(response, 409, '<Error><Code>FileAlreadyExists</Code><Message>x</Message></Error>');
      send(response, 200, '', {
        'Content-Length': '1',
        ETag: value,
        'Last-Modified': value,
        'x-oss-hash-crc64ecma': value,
        'x-oss-object-type': value,
      });
    };
    await add(opened, numbered(headerPayloads));
    for (const { status } of await settle(opened)) assert.equal(status, 'failed');
    await assertHarmless(opened.page, opened.origins);
  });

  it('in upload IDs, listed parts and ETags of a multipart upload', async () => {
    const opened = await openHostile({ 'part-size': '100KiB', 'no-verify': '' });
    const requested: URL[] = [];
    const completed: string[] = [];
    fixture.site.storage = async (request, response) => {
      const value = payloadFor(headerPayloads, request.url);
      const url = new URL(request.url ?? '', 'http://localhost');
      requested.push(url);
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      if (request.method === 'PUT') return send(response, 200, '', { ETag: '"0"' });
      if (url.searchParams.has('uploads')) {
        return send(
          response,
          200,
          `<InitiateMultipartUploadResult><UploadId>${escapeXml(value)}</UploadId></InitiateMultipartUploadResult>`,
        );
      }
      completed.push(Buffer.concat(chunks).toString());
      send(
        response,
        200,
        `<CompleteMultipartUploadResult><ETag>${escapeXml(value)}</ETag><Location>${escapeXml(value)}</Location></CompleteMultipartUploadResult>`,
        { ETag: '"1"' },
      );
    };
    await add(
      opened,
      numbered(headerPayloads).map((file) => ({ ...file, size: 250_000 })),
    );
    const outcomes = await settle(opened);
    for (const [index, { status, code }] of outcomes.entries()) {
      const payload = headerPayloads[index]!;
      const isId = /^[\w./-]+$/.test(payload);
      assert.deepEqual([status, code], isId ? ['succeeded', undefined] : ['failed', 'server-error'], payload);
      const isSent = requested.some(({ searchParams }) => searchParams.get('uploadId') === payload);
      assert.equal(isSent, isId, payload);
    }
    assert.ok(completed.length > 0);
    for (const body of completed) assert.equal(body.split('<Part>').length, 4);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in an answer of the credentials endpoint', async () => {
    const valid = {
      AccessKeyId: 'a',
      AccessKeySecret: 'b',
      SecurityToken: 'c',
      Expiration: '2099-01-01T00:00:00Z',
    };
    const fields = ['AccessKeyId', 'AccessKeySecret', 'SecurityToken', 'Expiration'] as const;
    const answers = [
      ...allPayloads,
      ...allPayloads.flatMap((payload) => [
        JSON.stringify(payload),
        JSON.stringify({ error: payload, code: payload, message: payload }),
        ...fields.map((field) => JSON.stringify({ ...valid, [field]: payload })),
      ]),
      ...[null, 7, true, [], {}, [null], [[[]]], { Credentials: null }, { Credentials: [] }].map((value) =>
        JSON.stringify(value),
      ),
      ...fields.flatMap((field) =>
        ['null', '7', '{}', '[]', 'true', '""'].map((value) =>
          JSON.stringify(valid).replace(/("\w+":)"[^"]*"/g, (all, name: string) =>
            name.includes(field) ? name + value : all,
          ),
        ),
      ),
      `{"__proto__":${JSON.stringify({ ...valid, polluted: 1 })}}`,
      `{"constructor":{"prototype":{"polluted":1}},"toString":"x","valueOf":1}`,
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    ];
    const opened = await open();
    await add(opened, numbered(['']));
    for (const answer of answers) {
      let isRequested = false;
      fixture.site.credentials = (_, response) => {
        isRequested = true;
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(answer);
      };
      const [outcome] = await settle(opened);
      assert.deepEqual([outcome?.status, isRequested], ['failed', true], answer.slice(0, 200));
    }
    fixture.site.credentials = undefined;
    const [last] = await settle(opened);
    assert.equal(last?.status, 'succeeded', last?.code);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in what a function of the page returns or throws instead of credentials', async () => {
    const opened = await open();
    // Another source of credentials removes the files of the previous one.
    await (
      await opened.page.handle()
    ).evaluate((element) => {
      element.getCredentials = () => (globalThis as unknown as { answer: () => Promise<never> }).answer();
    });
    await add(opened, numbered(['']));
    for (const payload of allPayloads) {
      for (const isThrown of [true, false]) {
        await opened.page.page.evaluate(
          (text, throws) => {
            (globalThis as unknown as { answer: () => Promise<unknown> }).answer = () => {
              if (throws) throw new Error(text);
              return Promise.resolve({ error: text, AccessKeyId: text });
            };
          },
          payload,
          isThrown,
        );
        assert.equal((await settle(opened))[0]?.status, 'failed');
        assert.deepEqual(await effectsIn(opened.page), []);
      }
    }
    await (await opened.page.handle()).evaluate((element) => void (element.getCredentials = undefined));
    await assertHarmless(opened.page, opened.origins);
  });

  it('in a checkpoint', async () => {
    const opened = await open({ attributes: { 'part-size': '100KiB' } });
    const base = {
      name: 'uploads/x',
      fileSize: 1,
      partSize: 102_400,
      uploadId: 'u',
      doneParts: [{ number: 1, etag: '"0"' }],
    };
    const values = [
      ...allPayloads.flatMap((text) => [
        { ...base, name: text },
        { ...base, uploadId: text },
        { ...base, doneParts: [{ number: 1, etag: text }] },
        { ...base, [text]: text },
        { ...base, file: text, fileSize: text, partSize: text, doneParts: text },
        text,
      ]),
      ...[
        null,
        7,
        [],
        {},
        { ...base, fileSize: -1 },
        { ...base, partSize: 0 },
        { ...base, doneParts: [null] },
        { ...base, doneParts: [{ number: 1e9, etag: 'x' }] },
      ],
    ].map((value) => JSON.stringify(value));
    values.push(JSON.stringify(base).replace('{', '{"__proto__":{"polluted":1},'));
    for (const value of values) {
      const error = await (
        await opened.page.handle()
      ).evaluate(async (element, json) => {
        try {
          await element.resumeFrom(JSON.parse(json) as never, new File(['x'], 'x'));
          return undefined;
        } catch (thrown) {
          const { name, code } = thrown as { name: string; code?: string };
          return `${name} ${code}`;
        } finally {
          await element.updateComplete;
        }
      }, value);
      if (error !== undefined) assert.equal(error, 'UploadError checkpoint-mismatch', value.slice(0, 200));
    }
    await settle(opened);
    assert.deepEqual(await effectsIn(opened.page), []);
    await (
      await opened.page.handle()
    ).evaluate(async (element) => {
      await element.cancel();
      element.clear();
    });
    await assertHarmless(opened.page, opened.origins);
  });

  it('cannot add elements to the list of parts through the ETags of a checkpoint', async () => {
    const opened = await openHostile({ 'part-size': '100KiB', 'no-verify': '' });
    const bodies: string[] = [];
    fixture.site.storage = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      if (request.method === 'POST') bodies.push(Buffer.concat(chunks).toString());
      send(response, request.method === 'GET' ? 403 : 200, '<CompleteMultipartUploadResult/>', {
        ETag: '"1"',
      });
    };
    const etags = ['"0"</ETag></Part><Part><PartNumber>9</PartNumber><ETag>"1"', '"0"&quot;', '<ETag>'];
    for (const etag of etags) {
      const error = await (
        await opened.page.handle()
      ).evaluate(async (element, text) => {
        try {
          const checkpoint = {
            name: 'uploads/x',
            fileSize: 1,
            partSize: 102_400,
            uploadId: 'u',
            doneParts: [{ number: 1, etag: text }],
          };
          await element.resumeFrom(checkpoint, new File(['x'], 'x'));
          return undefined;
        } catch (error) {
          return (error as { code: string }).code;
        }
      }, etag);
      assert.equal(error, 'checkpoint-mismatch');
    }
    assert.deepEqual(bodies, []);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in the records of the browser’s database', async () => {
    const opened = await open({ attributes: { 'part-size': '100KiB', parallel: '1' } });
    const { page } = opened;
    await add(opened, [{ name: 'left.bin', size: MiB }]);
    await fixture.startAndStall(page);
    await page.press('pause');
    await page.waitForStatus('paused');
    fixture.releaseParts();
    const written = await page.page.evaluate(async (texts) => {
      const resultOf = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error!);
        });
      const database = await resultOf(indexedDB.open('oss-resumable-upload'));
      const transaction = database.transaction(['uploads', 'parts'], 'readwrite');
      const uploads = transaction.objectStore('uploads');
      const parts = transaction.objectStore('parts');
      const [record] = (await resultOf(uploads.getAll())) as Record<string, unknown>[];
      if (!record) throw new Error('No record.');
      let count = 0;
      const put = (changes: object) => {
        const id = `record-${++count}`;
        // Fingerprints tell uploads apart.
        const changed = {
          ...record,
          id,
          fingerprint: `${String(record['fingerprint'])}${count}`,
          ...changes,
        };
        void uploads.put(changed);
        // Uploads without a stored part are not listed.
        if (typeof changed.id === 'string') void parts.put({ number: 1, etag: '"0"' }, [changed.id, 1]);
        return id;
      };
      const wrong = [
        null,
        undefined,
        0,
        -1,
        NaN,
        Infinity,
        1e300,
        '',
        [],
        {},
        new Date(NaN),
        new Blob(['x']),
        new Map([[1, 2]]),
        true,
      ];
      for (const name of Object.keys(record)) {
        if (name !== 'id') for (const value of wrong) put({ [name]: value });
      }
      for (const text of texts) {
        put({ fileName: text });
        put({ fileType: text });
        put({ key: text });
        put({ uploadId: text });
        put({ field: text, fieldName: text });
        put({
          foreign: text,
          [text]: text,
          handle: { kind: 'file', name: text, getFile: text, queryPermission: text },
        });
        put({ id: text });
        const id = put({});
        void parts.put({ number: 1, etag: text, crc64: text, [text]: text }, [id, 1]);
        void parts.put(text, [id, 2]);
        void parts.put({ number: text, etag: 7 }, [id, 3]);
        void parts.put({ number: 1e9, etag: 'x' }, [id, 4]);
      }
      put(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') as object);
      void uploads.put({ id: 'only-an-id' });
      void uploads.put({ id: 7, fileName: 'wrong key' });
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error!);
      });
      database.close();
      return count;
    }, allPayloads);
    assert.ok(written > 8 * allPayloads.length);
    await page.reload();
    await watch(page);
    await page.waitForStatus('resumable');
    const states = await (
      await page.handle()
    ).evaluate(async (element) => {
      await element.listResumable();
      await element.updateComplete;
      return element.uploads.map(({ fileName, state }) => [fileName, state.status]);
    });
    const names = new Set(states.map(([name]) => name));
    for (const payload of allPayloads) assert.ok(names.has(payload), payload);
    assert.deepEqual([...new Set(states.map(([, status]) => status))], ['resumable']);
    // Long lists are rendered in part, so all are scrolled into view.
    const visible = await (
      await page.handle()
    ).evaluate(async ({ shadowRoot, updateComplete }) => {
      await updateComplete;
      const list = shadowRoot!.querySelector('[part=list]')!;
      const texts = new Set<string>();
      for (let top = 0; top <= list.scrollHeight; top += 400) {
        list.scrollTop = top;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        for (const name of list.querySelectorAll('[part=file-name]')) texts.add(name.textContent);
      }
      return [...texts];
    });
    assert.deepEqual(await effectsIn(page), []);
    assert.ok(visible.includes(payloads.html));
    assert.ok(visible.includes(shown(payloads.bidi)));
    await assertHarmless(page, opened.origins);
  });

  it('in the state of a restored form', async () => {
    const opened = await open({ inForm: true, attributes: { name: 'film' } });
    const { bucket } = fixture.site;
    const base = {
      fileName: 'a',
      fileSize: 1,
      bucket,
      key: 'k',
      etag: '"0"',
      url: 'https://example.com/k',
      verified: true,
    };
    const strange = [
      null,
      7,
      [],
      {},
      { ...base, fileSize: -1 },
      { ...base, bucket: {} },
      { ...base, verified: 'true' },
    ];
    const scripts = [payloads.scriptUrl, payloads.dataUrl, ' JavaScript:alert(1)'].map((url) => ({
      ...base,
      url,
      fileName: 'script',
    }));
    const named = allPayloads.map((text) => ({
      ...base,
      fileName: text,
      key: text,
      etag: text,
      unverifiedReason: text,
      [text]: text,
    }));
    const list = JSON.stringify([...strange, ...scripts, ...named]).replace(
      '{"fileName"',
      '{"__proto__":{"polluted":1},"fileName"',
    );
    const states = [...allPayloads, 'null', '{}', '7', list];
    const result = await (
      await opened.page.handle()
    ).evaluate(async (element, all) => {
      const restorable = element as unknown as {
        formStateRestoreCallback(state: unknown, reason: string): void;
      };
      for (const state of [...all, null, undefined, 7, new FormData(), new File(['x'], 'x')])
        restorable.formStateRestoreCallback(state, 'restore');
      // The state is restored once the list is loaded.
      await element.listResumable();
      await element.updateComplete;
      const stored = element.uploads.map(({ state }) =>
        state.status === 'succeeded' ? state.result.url : state.status,
      );
      return {
        stored,
        names: element.uploads.map(({ fileName }) => fileName),
        values: new FormData(element.form!).getAll('film'),
      };
    }, states);
    assert.deepEqual(result.names, allPayloads);
    assert.deepEqual([...new Set(result.stored)], [base.url]);
    assert.equal(result.values.length, allPayloads.length);
    await assertShown(opened.page, allPayloads);
    await assertHarmless(opened.page, opened.origins);
  });

  it('in messages and locks of other scripts', async () => {
    const opened = await open({ attributes: { 'part-size': '100KiB', parallel: '1' } });
    await opened.page.page.evaluate((texts) => {
      const channel = new BroadcastChannel('oss-resumable-upload');
      for (const text of texts) {
        for (const message of [text, { type: text, [text]: text }, null, [text]])
          channel.postMessage(message);
        const name = `oss-resumable-upload-claim:${text}`;
        void navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => {}));
        postMessage({ type: text, data: text }, '*');
      }
    }, allPayloads);
    await add(opened, numbered(['', '']));
    for (const { status } of await settle(opened)) assert.equal(status, 'succeeded');
    await assertHarmless(opened.page, opened.origins);
  });
});

describe('the search for what payloads have caused', { timeout: 60_000 }, () => {
  const plants: Record<string, [plant: string, finding: RegExp]> = {
    'executed code': ['attacked()', /code was executed/],
    'an error': ['setTimeout(() => { throw new Error("x"); })', /error:/],
    'a rejection': ['Promise.reject(new Error("x"))', /rejection:/],
    'an element in the shadow root': [
      'root.querySelector("[part=base]").append(document.createElement("img"))',
      /element img/,
    ],
    'an element in the page': ['document.body.append(document.createElement("svg"))', /element svg/],
    'an attribute in the shadow root': [
      'root.querySelector("button").setAttribute("autofocus", "")',
      /attribute autofocus/,
    ],
    'a link': ['root.querySelector("button").setAttribute("href", "javascript:x")', /attribute href/],
    'a style': ['root.querySelector("div").style.setProperty("background", "red")', /style/],
    'a member of a prototype': ['Object.prototype.polluted = 1', /prototype member polluted/],
  };
  for (const [name, [plant, finding]] of Object.entries(plants)) {
    it(`finds ${name}`, limit, async () => {
      const { page } = await open();
      await page.page.evaluate(`(async () => {
        const { shadowRoot: root } = document.querySelector('oss-resumable-upload');
        ${plant};
        await new Promise((resolve) => setTimeout(resolve));
      })()`);
      assert.match((await effectsIn(page)).join('\n'), finding);
      // The policy reports some of them as well.
      await page.violations();
    });
  }

  it('finds nothing in an untouched page', async () => {
    const { page } = await open();
    assert.deepEqual(await effectsIn(page), []);
  });

  it('finds that the page was left', async () => {
    const { page } = await open();
    await page.page.goto(fixture.site.page());
    assert.deepEqual(await effectsIn(page), ['the page was left']);
  });

  it('finds a request to another origin', async () => {
    const { page } = await open();
    await page.page.evaluate(() => void (new Image().src = 'https://attacker.example/'));
    assert.match((await page.violations()).join('\n'), /img-src: https:\/\/attacker\.example/);
  });

  it('finds a navigation to another origin', async () => {
    const { page, origins } = await open();
    const requested = page.page.waitForRequest((request) => request.url().includes('attacker'));
    await page.page.evaluate(() => location.assign('http://attacker.invalid/'));
    await requested;
    assert.deepEqual([...origins].at(-1), 'http://attacker.invalid');
    await page.page.close();
  });
});
