// The CMS example over HTTP, as a browser without scripts would use it; and as someone would who means no good.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import OSS from 'ali-oss';
import { startDemo } from '../../../demo/start.js';
import type { UploadCredentials } from '../../../dev/oss-emulator/credentials-endpoint.js';

type Fields = [name: string, value: string][];

const TITLE: Fields[number] = ['title', 'A harbour at dawn'];
let titles = 0;
/** Titles are taken once. */
const someTitle = (): Fields[number] => ['title', `Article ${++titles}`];

describe('the CMS example', async () => {
  const demo = await startDemo();
  after(() => demo.close());
  const { bucket, region, endpoints } = demo.settings;
  const address = new URL('examples/cms/', demo.url);

  async function store(key: string): Promise<string> {
    const place = demo.oss.bucket(bucket);
    const received = await place.receive(bytes(), true);
    await place.putObject(key, received, { headers: {}, storageClass: 'Standard', acl: 'default', tags: {} });
    return key;
  }

  /** A person in front of the form, with a cookie of their own. */
  async function visit(): Promise<{ cookie: string; prefix: string; html: string }> {
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

  it('gives each visitor a folder of their own', async () => {
    const [one, other] = [await visit(), await visit()];
    assert.match(one.prefix, /^uploads\/articles\/[\da-f]+\/$/);
    assert.notEqual(one.prefix, other.prefix);
  });

  it('knows a visitor again by the cookie', async () => {
    const { cookie, prefix } = await visit();
    const again = await (await fetch(address, { headers: { Cookie: cookie } })).text();
    assert.ok(again.includes(`object-key="${prefix}`));
  });

  it('keeps the cookie from scripts, and from forms of other sites', async () => {
    const cookie = (await fetch(address)).headers.get('set-cookie') ?? '';
    assert.match(cookie, /; HttpOnly; SameSite=Lax$/);
  });

  it('does not show in a key what the cookie is', async () => {
    const { cookie, html } = await visit();
    assert.ok(!html.includes(cookie.replace('visitor=', '')));
  });

  it('gives credentials to visitors alone', async () => {
    assert.equal((await credentialsOf('')).status, 401);
  });

  it('gives credentials that open the folder of the visitor, and no other', async () => {
    const [one, other] = [await visit(), await visit()];
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

  it('saves what an urlencoded form holds, and shows the object keys', async () => {
    const { cookie, prefix } = await visit();
    const film = await store(`${prefix}1/film.mp4`);
    const attachment = await store(`${prefix}2/script.pdf`);
    const saved = await submit(cookie, TITLE, ['film', film], ['attachments', attachment]);
    const article = await articleOf(saved);
    for (const text of [TITLE[1], film, attachment]) assert.ok(article.includes(text), text);
  });

  it('saves what a form of multipart/form-data holds', async () => {
    const { cookie, prefix } = await visit();
    const film = await store(`${prefix}1/film.mp4`);
    const form = new FormData();
    for (const [name, value] of [someTitle(), ['film', film]] as Fields) form.set(name, value);
    assert.ok((await articleOf(await send(cookie, form))).includes(film));
  });

  it('answers a form without a title by the form, with what was right kept and the mistake named', async () => {
    const { cookie, prefix } = await visit();
    const film = await store(`${prefix}1/film.mp4`);
    const response = await submit(cookie, ['title', ' '], ['description', 'Boats & nets'], ['film', film]);
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /aria-describedby="title-error"[^]*id="title-error">Enter a title\.</);
    assert.match(html, />Boats &amp; nets<\/textarea>/);
    assert.ok(html.includes(`<input type="checkbox" name="film" value="${film}" checked /> film.mp4`));
  });

  it('requires no film to be uploaded again that is there', async () => {
    const { cookie, prefix, html } = await visit();
    const isRequired = /name="film"\s+required/;
    assert.match(html, isRequired);
    const film = await store(`${prefix}1/film.mp4`);
    assert.doesNotMatch(await (await submit(cookie, ['film', film])).text(), isRequired);
  });

  it('refuses a title that is taken', async () => {
    const { cookie, prefix } = await visit();
    const [title, film] = [someTitle(), await store(`${prefix}1/film.mp4`)];
    await articleOf(await submit(cookie, title, ['film', film]));
    assert.match(await (await submit(cookie, title, ['film', film])).text(), /There is an article of this/);
  });

  it('refuses an article without a film', async () => {
    const { cookie } = await visit();
    const response = await submit(cookie, someTitle());
    assert.equal(response.status, 422);
    assert.match(await response.text(), /id="film-error">Add a film\./);
  });

  it('refuses two films, and keeps both to choose from', async () => {
    const { cookie, prefix } = await visit();
    const films = [await store(`${prefix}1/film.mp4`), await store(`${prefix}2/film.mp4`)];
    const response = await submit(cookie, someTitle(), ...films.map((key): Fields[number] => ['film', key]));
    assert.equal(response.status, 422);
    const html = await response.text();
    for (const film of films) assert.ok(html.includes(`value="${film}"`));
  });

  it('takes a key once that comes twice', async () => {
    const { cookie, prefix } = await visit();
    const film = await store(`${prefix}1/film.mp4`);
    await articleOf(await submit(cookie, someTitle(), ['film', film], ['film', film]));
  });

  it('refuses a key of another visitor, and does not hand it back', async () => {
    const [{ cookie }, other] = [await visit(), await visit()];
    const film = await store(`${other.prefix}1/film.mp4`);
    const response = await submit(cookie, someTitle(), ['film', film]);
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /id="film-error">One of these files is not among your uploads/);
    assert.ok(!html.includes(film));
  });

  it('refuses a key that leads out of the folder of the visitor', async () => {
    const [{ cookie, prefix }, other] = [await visit(), await visit()];
    const film = await store(`${other.prefix}1/film.mp4`);
    const key = `${prefix}../${film.slice('uploads/articles/'.length)}`;
    assert.equal((await submit(cookie, someTitle(), ['film', key])).status, 422);
  });

  it('refuses a key under which nothing is stored', async () => {
    const { cookie, prefix } = await visit();
    assert.equal((await submit(cookie, someTitle(), ['film', `${prefix}1/film.mp4`])).status, 422);
  });

  it('writes what it was sent as text, never as HTML', async () => {
    const { cookie, prefix } = await visit();
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

  it('refuses a form of someone who has never opened it', async () => {
    assert.equal((await submit('', someTitle())).status, 403);
  });

  it('refuses what is no form', async () => {
    const { cookie } = await visit();
    assert.equal((await send(cookie, '{}', { 'Content-Type': 'application/json' })).status, 400);
  });

  it('refuses a form that is too large', async () => {
    const { cookie } = await visit();
    assert.equal((await submit(cookie, ['description', 'x'.repeat(100_000)])).status, 413);
  });

  it('knows no article that was not written', async () => {
    assert.equal((await fetch(new URL('articles/made-up', address))).status, 404);
  });
});

async function* bytes(): AsyncGenerator<Buffer> {
  yield Buffer.from('film');
}
