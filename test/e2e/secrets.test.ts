// Credentials stay in memory: at the end of an upload, nothing that a script, a log or a server other than OSS can see
// contains the secret or the security token.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerResponse } from 'node:http';
import type { ElementPage } from './support/element-page.js';
import type { PageVariant } from './support/site.js';
import { useFixture } from './support/fixture.js';
import { watchForSecrets, type SecretSearch } from './support/secret-search.js';

const MiB = 1024 * 1024;
/** Milliseconds. */
const TOKEN_LIFETIME = 60_000;
const fixture = useFixture();

interface WatchedPage {
  page: ElementPage;
  search: SecretSearch;
  /** All secrets that the page has received. */
  secrets: string[];
}

/** Opens a page whose credentials endpoint keeps the secrets that it issues. */
async function open({ attributes, ...variant }: PageVariant = {}): Promise<WatchedPage> {
  const secrets: string[] = [];
  fixture.site.credentials = (_, response) => {
    const credentials = fixture.site.demo.oss.tokens.issue(TOKEN_LIFETIME);
    secrets.push(credentials.AccessKeySecret, credentials.SecurityToken);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(credentials));
  };
  const page = await fixture.open({
    ...variant,
    inForm: true,
    attributes: { name: 'film', 'part-size': '1MiB', parallel: '2', retries: '0', ...attributes },
  });
  return { page, secrets, search: await watchForSecrets(page) };
}

async function assertSecret({ search, secrets }: WatchedPage): Promise<void> {
  assert.ok(secrets.length >= 2, 'no credentials were requested');
  assert.deepEqual(await search.find(secrets), []);
}

async function uploadInto(page: ElementPage, status: 'succeeded' | 'failed'): Promise<void> {
  const file = await fixture.createFile(3 * MiB);
  await page.choose(file.path);
  await page.press('upload');
  await page.waitForStatus(status);
}

/** Answers with an error that repeats everything that OSS has received, as OSS does for a wrong signature. */
function echoError(
  response: ServerResponse,
  headers: Record<string, unknown>,
  status: number,
  code: string,
): void {
  const all = JSON.stringify(headers).replace(/[<>&]/g, ' ');
  const fields = [
    'Message',
    'StringToSign',
    'CanonicalRequest',
    'SignatureProvided',
    'RequestId',
    'HostId',
    'Unknown',
  ];
  response.writeHead(status, {
    'Content-Type': 'application/xml',
    'x-oss-err': Buffer.from(all).toString('base64'),
  });
  response.end(
    `<Error><Code>${code}</Code>${fields.map((field) => `<${field}>${all}</${field}>`).join('')}</Error>`,
  );
}

describe('no secret can be found in the page', { timeout: 300_000 }, () => {
  for (const script of ['module', 'classic', 'react'] as const) {
    it(`after an upload (${script})`, async () => {
      const opened = await open({ script });
      await uploadInto(opened.page, 'succeeded');
      await assertSecret(opened);
    });
  }

  it('after a failed upload', async () => {
    const opened = await open();
    fixture.site.demo.oss.faults.add({
      match: { operation: 'UploadPart' },
      times: null,
      fault: { kind: 'status', status: 403, code: 'AccessDenied' },
    });
    await uploadInto(opened.page, 'failed');
    await assertSecret(opened);
  });

  it('while an upload is paused, and after it is resumed', async () => {
    const opened = await open();
    const file = await fixture.createFile(6 * MiB);
    await opened.page.choose(file.path);
    await fixture.startAndStall(opened.page);
    await opened.page.press('pause');
    await opened.page.waitForStatus('paused');
    await assertSecret(opened);
    await fixture.finish(opened.page, file);
    await assertSecret(opened);
  });

  it('after an upload is resumed in another visit', async () => {
    const opened = await open();
    const file = await fixture.createFile(6 * MiB);
    await opened.page.choose(file.path);
    await fixture.startAndStall(opened.page);
    await opened.page.reload();
    opened.search = await watchForSecrets(opened.page);
    fixture.releaseParts();
    await opened.page.waitForStatus('resumable');
    await assertSecret(opened);
    await opened.page.choose(file.path, 'paused');
    await opened.page.press('resume');
    await opened.page.waitForStatus('succeeded');
    await assertSecret(opened);
  });

  it('after the token is renewed', async () => {
    const opened = await open();
    const file = await fixture.createFile(6 * MiB);
    await opened.page.choose(file.path);
    await fixture.startAndStall(opened.page);
    fixture.site.demo.oss.setClockOffset(2 * TOKEN_LIFETIME);
    fixture.releaseParts();
    await opened.page.waitForStatus('succeeded');
    assert.equal(opened.secrets.length, 4);
    await assertSecret(opened);
  });

  it('after the upload is cancelled', async () => {
    const opened = await open();
    const file = await fixture.createFile(6 * MiB);
    await opened.page.choose(file.path);
    await fixture.startAndStall(opened.page);
    const aborted = fixture.site.demo.oss.requests.waitForNext({ operation: 'AbortMultipartUpload' });
    await opened.page.discard();
    await aborted;
    await assertSecret(opened);
  });

  const errors = [
    [403, 'SignatureDoesNotMatch'],
    [403, 'AccessDenied'],
    [403, 'InvalidAccessKeyId'],
    [400, 'InvalidArgument'],
    [503, 'ServiceUnavailable'],
    [200, 'InternalError'],
  ] as const;
  for (const [status, code] of errors) {
    it(`after ${code} (${status}) from a server that repeats the signed request`, async () => {
      const opened = await open({ attributes: fixture.site.storageAttributes });
      fixture.site.storage = (request, response) => echoError(response, request.headers, status, code);
      await uploadInto(opened.page, 'failed');
      await assertSecret(opened);
    });
  }

  it('after an answer of the credentials endpoint that lacks a field', async () => {
    const opened = await open();
    const secret = 'secret-of-an-incomplete-answer';
    opened.secrets.push(secret, 'token of an incomplete answer\u00e9');
    fixture.site.credentials = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ AccessKeySecret: secret, SecurityToken: opened.secrets[1] }));
    };
    await uploadInto(opened.page, 'failed');
    await assertSecret(opened);
  });
});

describe('the search for secrets', { timeout: 60_000 }, () => {
  const SECRET = 'pl4nted/s3cret+value==';
  const plants: Record<string, string> = {
    document: `root.querySelector('[part=base]').append('${SECRET}')`,
    'form values': `const input = document.createElement('input'); input.name = 'x'; input.value = '${SECRET}'; document.forms[0].append(input)`,
    'properties of the element': `element.deep = { list: [new Map([['x', new Error('x', { cause: { token: '${SECRET}' } })]])] }`,
    'JSON of the uploads': `Object.defineProperty(element, 'progress', { value: { x: '${SECRET}' } })`,
    IndexedDB: `await new Promise((resolve) => {
      const request = indexedDB.open('other', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('x').put({ x: ['${SECRET}'] }, 1);
      request.onsuccess = () => { request.result.close(); resolve(); };
    })`,
    localStorage: `localStorage.setItem('x', '${SECRET}')`,
    sessionStorage: `sessionStorage.setItem('x', JSON.stringify(['${SECRET}']))`,
    cookies: `document.cookie = 'x=' + encodeURIComponent('${SECRET}')`,
    caches: `await (await caches.open('x')).put('/x', new Response('${SECRET}'))`,
    'console calls': `console.log('%o', { x: '${SECRET}' })`,
    events: `element.dispatchEvent(new CustomEvent('oss-upload-error', { detail: { error: new Error('${SECRET}') } }))`,
    broadcasts: `const channel = new BroadcastChannel('oss-resumable-upload');
      const received = new Promise((resolve) => { new BroadcastChannel('oss-resumable-upload').onmessage = resolve; });
      channel.postMessage({ x: '${SECRET}' });
      await received`,
    locks: `navigator.locks.request('${SECRET}', () => new Promise(() => {}))`,
    'performance entries': `performance.mark('${SECRET}')`,
    history: `history.replaceState({ x: '${SECRET}' }, '')`,
    globals: `globalThis.ossCredentials = { x: '${SECRET}' }`,
    'request URLs': `await fetch('/missing.js?x=' + encodeURIComponent('${SECRET}'))`,
    'console messages': `await new Promise((resolve) => setTimeout(resolve)); console.log('${SECRET}')`,
  };
  for (const [channel, plant] of Object.entries(plants)) {
    it(`finds one in: ${channel}`, async () => {
      const { page, search } = await open();
      await page.page.evaluate(`(async () => {
        const element = document.querySelector('oss-resumable-upload');
        const root = element.shadowRoot;
        ${plant};
      })()`);
      // Messages of the page arrive in order.
      const arrived = new Promise((resolve) => {
        page.page.on('console', (message) => message.text() === 'end' && resolve(undefined));
      });
      await page.page.evaluate(() => console.log('end'));
      await arrived;
      const found = await search.find([SECRET]);
      assert.ok(found.includes(channel), found.join(', '));
    });
  }

  it('finds nothing in an untouched page', async () => {
    const { search } = await open();
    assert.deepEqual(await search.find([SECRET]), []);
  });
});
