// The examples and themes as the server sends them: template values, policies and unknown paths.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, describe, it } from 'node:test';
import { startDemo } from '../../../demo/start.js';
import { send } from '../../oss-emulator/support/raw.js';

const pagesIn = async (folder: string): Promise<string[]> =>
  (await readdir(new URL(`../../../demo/${folder}/`, import.meta.url))).filter((name) =>
    name.endsWith('.html'),
  );
const pages = await pagesIn('examples');
const themes = (await pagesIn('themes')).map((name) => `../themes/${name}`);

describe('the examples', async () => {
  const demo = await startDemo();
  after(() => demo.close());
  const get = (path: string): Promise<Response> => fetch(new URL(`examples/${path}`, demo.url));
  const policyOf = async (path: string): Promise<string> =>
    (await get(path)).headers.get('content-security-policy') ?? '';

  for (const name of [...pages, ...themes]) {
    it(`serve ${name} with all template values filled in`, async () => {
      const response = await get(name);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
      assert.doesNotMatch(await response.text(), /\{[{%]/);
    });
  }

  it('are all listed, with working links', async () => {
    const links = [...(await (await get('')).text()).matchAll(/href="\/examples\/([\w-]+(?:\.html|\/))"/g)];
    const listed = links.map(([, path = '']) => path);
    const framed = 'iframe-upload.html';
    assert.deepEqual(
      listed.filter((path) => path.endsWith('.html')).sort(),
      pages.filter((name) => name !== 'index.html' && name !== framed).sort(),
    );
    const themed = [...(await (await get('')).text()).matchAll(/href="\/(themes\/[\w-]+\.html)"/g)];
    assert.deepEqual(themed.map(([, path]) => `../${path}`).sort(), themes.sort());
    for (const path of listed) assert.equal((await get(path)).status, 200, path);
  });

  it('have a policy without unsafe sources', async () => {
    for (const path of [...pages, ...themes, 'cms/']) {
      assert.doesNotMatch(await policyOf(path), /unsafe|data:|blob:|\s\*[\s;]/, path);
    }
  });

  it('serve csp.html with the minimal policy', async () => {
    const bucket = `http://${demo.settings.bucket}.localhost:${demo.oss.port}`;
    assert.equal(await policyOf('csp.html'), `default-src 'self'; connect-src 'self' ${bucket}`);
  });

  it('allow only the iframe example to be framed, and only by its parent page', async () => {
    const { port } = new URL(demo.url);
    for (const path of [...pages.filter((name) => name !== 'csp.html'), 'cms/']) {
      const ancestors = path === 'iframe-upload.html' ? `http://127.0.0.1:${port}` : "'none'";
      assert.match(await policyOf(path), new RegExp(`frame-ancestors ${ancestors}$`), path);
    }
  });

  it('frame a page of another loopback name, whichever name the browser uses', async () => {
    const { port } = new URL(demo.url);
    const others = { localhost: '127.0.0.1', '127.0.0.1': 'localhost', '[::1]': 'localhost' };
    for (const [name, other] of Object.entries(others)) {
      const headers = { host: `${name}:${port}` };
      const request = { method: 'GET', target: '/examples/iframe.html', headers };
      const { text } = await send({ port: Number(port) }, request);
      assert.match(text, new RegExp(`<iframe src="http://${other}:${port}/`), name);
    }
  });

  it('allow form submission only on the page with the form', async () => {
    for (const path of [...pages.filter((name) => name !== 'csp.html'), 'cms/']) {
      const formAction = path === 'cms/' ? "'self'" : "'none'";
      assert.match(await policyOf(path), new RegExp(`form-action ${formAction};`), path);
    }
  });

  it('serve credentials for the second bucket', async () => {
    const { AccessKeyId, SecurityToken } = (await (await get('credentials/other')).json()) as Record<
      string,
      string
    >;
    assert.doesNotThrow(() => demo.oss.tokens.verify(AccessKeyId ?? '', SecurityToken ?? ''));
  });

  for (const path of [
    'cms/form.liquid',
    'cms/submission.ts',
    'nothing.html',
    '%2e%2e/start.ts',
    'index',
    'cms/../../start.ts',
  ]) {
    it(`respond with 404 for ${path}`, async () => {
      assert.equal((await get(path)).status, 404);
    });
  }
});
