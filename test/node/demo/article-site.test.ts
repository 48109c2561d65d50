// The CMS example over HTTP: valid submissions, invalid ones and malicious ones.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import OSS from 'ali-oss';
import { startDemo } from '../../../demo/start.js';
import type { UploadCredentials } from '../../../dev/oss-emulator/credentials-endpoint.js';

type Fields = [name: string, value: string][];

const TITLE: Fields[number] = ['title', 'A harbour at dawn'];
let titleCount = 0;
/** Returns a title that no other article has. */
const uniqueTitle = (): Fields[number] => ['title', `Article ${++titleCount}`];

describe('the CMS example', async () => {
  const demo = await startDemo();
  after(() => demo.close());
  const { bucket, region, endpoints } = demo.settings;
  const address = new URL('examples/cms/', demo.url);

  async function store(key: string): Promise<string> {
    const target = demo.oss.bucket(bucket);
    const received = await target.receive(bytes(), true);
    await target.putObject(key, received, {
      headers: {},
      storageClass: 'Standard',
      acl: 'default',
      tags: {},
    });
    return key;
  }

  /** Opens the form as a new visitor. */
  async function openForm(): Promise<{ cookie: string; prefix: string; html: string }> {
    const response = await fetch(address);
    const html = await response.text();
    const [, prefix = ''] = /object-key="([^"{]+)\{/.exec(html) ?? [];
    return { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '', prefix, html };
  }

  const send = (cookie: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(address, { method: 'POST', body, headers: { Cookie: cookie, ...headers }, redirect: 'manual' });

  const submit = (cookie: string, ...fields: Fields): Promise<Response> =>
    send(cookie, new URLSearchParams(fields));

  const articleOf = async (response: Response): Promise<string> => {
    assert.equal(response.status, 303);
    return (await fetch(new URL(response.headers.get('location') ?? '', address))).text();
  };

  const credentialsOf = (cookie: string): Promise<Response> =>
    fetch(new URL('credentials', address), { headers: { Cookie: cookie } });

  it('gives each visitor a separate folder', async () => {
    const [one, other] = [await openForm(), await openForm()];
    assert.match(one.prefix, /^uploads\/articles\/[\da-f]+\/$/);
    assert.notEqual(one.prefix, other.prefix);
  });

  it('recognizes a returning visitor by the cookie', async () => {
    const { cookie, prefix } = await openForm();
    const again = await (await fetch(address, { headers: { Cookie: cookie } })).text();
    assert.ok(again.includes(`object-key="${prefix}`));
  });

  it('hides the cookie from scripts and from cross-site requests', async () => {
    const cookie = (await fetch(address)).headers.get('set-cookie') ?? '';
    assert.match(cookie, /; HttpOnly; SameSite=Lax$/);
  });

  it('doesn’t reveal the cookie in object keys', async () => {
    const { cookie, html } = await openForm();
    assert.ok(!html.includes(cookie.replace('visitor=', '')));
  });

  it('refuses credentials without a cookie', async () => {
    assert.equal((await credentialsOf('')).status, 401);
  });

  it('limits credentials to the visitor’s folder', async () => {
    const [one, other] = [await openForm(), await openForm()];
    const credentials = (await (await credentialsOf(one.cookie)).json()) as UploadCredentials;
    const client = new OSS({
      accessKeyId: credentials.AccessKeyId,
      accessKeySecret: credentials.AccessKeySecret,
      stsToken: credentials.SecurityToken,
      region,
      bucket,
      endpoint: endpoints.path!,
      sldEnable: true,
      authorizationV4: true,
    });
    await client.put(`${one.prefix}a.mp4`, Buffer.from('film'));
    await assert.rejects(client.put(`${other.prefix}a.mp4`, Buffer.from('film')), { status: 403 });
  });

  it('saves a URL-encoded form and shows the object keys', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const attachment = await store(`${prefix}2/script.pdf`);
    const saved = await submit(cookie, TITLE, ['film', film], ['attachments', attachment]);
    const article = await articleOf(saved);
    for (const text of [TITLE[1], film, attachment]) assert.ok(article.includes(text), text);
  });

  it('saves a multipart/form-data form', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const form = new FormData();
    for (const [name, value] of [uniqueTitle(), ['film', film]] as Fields) form.set(name, value);
    assert.ok((await articleOf(await send(cookie, form))).includes(film));
  });

  it('shows the form again with an error and the valid values when the title is missing', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const response = await submit(cookie, ['title', ' '], ['description', 'Boats & nets'], ['film', film]);
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /aria-describedby="title-error"[^]*id="title-error">Enter a title\.</);
    assert.match(html, />Boats &amp; nets<\/textarea>/);
    assert.ok(html.includes(`<input type="checkbox" name="film" value="${film}" checked /> film.mp4`));
  });

  it('doesn’t require a film again when one is uploaded', async () => {
    const { cookie, prefix, html } = await openForm();
    const isRequired = /name="film"\s+required/;
    assert.match(html, isRequired);
    const film = await store(`${prefix}1/film.mp4`);
    assert.doesNotMatch(await (await submit(cookie, ['film', film])).text(), isRequired);
  });

  it('rejects a title that is already used', async () => {
    const { cookie, prefix } = await openForm();
    const [title, film] = [uniqueTitle(), await store(`${prefix}1/film.mp4`)];
    await articleOf(await submit(cookie, title, ['film', film]));
    assert.match(await (await submit(cookie, title, ['film', film])).text(), /An article with this title/);
  });

  it('rejects an article without a film', async () => {
    const { cookie } = await openForm();
    const response = await submit(cookie, uniqueTitle());
    assert.equal(response.status, 422);
    assert.match(await response.text(), /id="film-error">Add a film\./);
  });

  it('rejects two films and offers both', async () => {
    const { cookie, prefix } = await openForm();
    const films = [await store(`${prefix}1/film.mp4`), await store(`${prefix}2/film.mp4`)];
    const response = await submit(
      cookie,
      uniqueTitle(),
      ...films.map((key): Fields[number] => ['film', key]),
    );
    assert.equal(response.status, 422);
    const html = await response.text();
    for (const film of films) assert.ok(html.includes(`value="${film}"`));
  });

  it('ignores a duplicate key', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    await articleOf(await submit(cookie, uniqueTitle(), ['film', film], ['film', film]));
  });

  it('rejects another visitor’s key and doesn’t echo it', async () => {
    const [{ cookie }, other] = [await openForm(), await openForm()];
    const film = await store(`${other.prefix}1/film.mp4`);
    const response = await submit(cookie, uniqueTitle(), ['film', film]);
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /id="film-error">One of these files isn’t among your uploads/);
    assert.ok(!html.includes(film));
  });

  it('rejects a key with a path traversal out of the visitor’s folder', async () => {
    const [{ cookie, prefix }, other] = [await openForm(), await openForm()];
    const film = await store(`${other.prefix}1/film.mp4`);
    const key = `${prefix}../${film.slice('uploads/articles/'.length)}`;
    assert.equal((await submit(cookie, uniqueTitle(), ['film', key])).status, 422);
  });

  it('rejects a key without a stored object', async () => {
    const { cookie, prefix } = await openForm();
    assert.equal((await submit(cookie, uniqueTitle(), ['film', `${prefix}1/film.mp4`])).status, 422);
  });

  it('escapes submitted values', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/"><script>alert(1)</script>.mp4`);
    const text = '"><script>alert(1)</script>{{ path }}';
    const fields: Fields = [['description', text]];
    const form = await (await submit(cookie, ['title', ''], ['film', film], ...fields)).text();
    const article = await articleOf(await submit(cookie, ['title', text], ['film', film], ...fields));
    for (const html of [form, article]) {
      assert.doesNotMatch(html, /<script>/);
      assert.ok(html.includes('&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ path }}'));
    }
  });

  it('rejects a submission without a cookie', async () => {
    assert.equal((await submit('', uniqueTitle())).status, 403);
  });

  it('rejects a body that isn’t form data', async () => {
    const { cookie } = await openForm();
    assert.equal((await send(cookie, '{}', { 'Content-Type': 'application/json' })).status, 400);
  });

  it('rejects a body that is too large', async () => {
    const { cookie } = await openForm();
    assert.equal((await submit(cookie, ['description', 'x'.repeat(100_000)])).status, 413);
  });

  it('responds with 404 for an unknown article', async () => {
    assert.equal((await fetch(new URL('articles/made-up', address))).status, 404);
  });
});

async function* bytes(): AsyncGenerator<Buffer> {
  yield Buffer.from('film');
}
