// The CMS example over HTTP: valid submissions, invalid ones and malicious ones.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { Readable } from 'node:stream';
import OSS, { type OssClient } from 'ali-oss';
import { startDemo } from '../../../demo/start.js';
import type { UploadCredentials } from '../../../dev/oss-emulator/credentials-endpoint.js';
import type { StoredObject } from '../../../dev/oss-emulator/store.js';

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

  const objects = demo.oss.bucket(bucket).objects as Map<string, StoredObject>;

  /** Stores an object as the browser of a visitor does. */
  async function store(
    key: string,
    { type = typeOf(key), content = 'film' }: { type?: string; content?: string } = {},
  ): Promise<string> {
    const target = demo.oss.bucket(bucket);
    const received = await target.receive(bytes(content), true);
    await target.putObject(key, received, {
      headers: { 'content-type': type, 'cache-control': 'max-age=1', 'x-oss-meta-a': 'b' },
      storageClass: 'Standard',
      acl: 'public-read',
      tags: {},
    });
    return key;
  }

  const contentOf = async (key: string): Promise<string> => {
    const object = objects.get(key);
    assert.ok(object, `${key} is stored`);
    return (await Readable.from(demo.oss.bucket(bucket).read(object)).toArray()).join('');
  };

  /** Changes what the emulator responds about an object, without storing gigabytes. */
  const pretend = (key: string, changes: object): void => void Object.assign(objects.get(key) ?? {}, changes);

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

  /** Returns the object keys in an article. */
  const keysIn = (html: string): string[] =>
    [...html.matchAll(/<code>([^<]*)<\/code>/g)].map(([, key = '']) => key);

  /** Returns the files that a form lists as stored, as a browser parses the attribute. */
  const storedIn = (
    html: string,
    field: string,
  ): { key: string; name: string; size: number; type: string }[] => {
    const [, json = ''] = new RegExp(`name="${field}"[^>]*? stored="([^"]*)"`).exec(html) ?? [];
    const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', '#34': '"', '#39': "'" };
    return JSON.parse(json.replace(/&([^;]+);/g, (_, name: string) => entities[name] ?? '')) as never;
  };

  const storedKeysIn = (html: string, field: string): string[] => storedIn(html, field).map(({ key }) => key);

  /** Submits an article and returns the keys of its accepted files. */
  const accept = async (cookie: string, ...fields: Fields): Promise<string[]> =>
    keysIn(await articleOf(await submit(cookie, uniqueTitle(), ...fields)));

  /** Submits one file as the film and returns the text of the error. */
  const filmError = async (cookie: string, key: string): Promise<string | undefined> => {
    const response = await submit(cookie, uniqueTitle(), ['film', key]);
    assert.equal(response.status, 422);
    return /id="film-error">([^<]*)</.exec(await response.text())?.[1];
  };

  const credentialsOf = (cookie: string): Promise<Response> =>
    fetch(new URL('credentials', address), { headers: { Cookie: cookie } });

  it('gives each visitor a separate folder', async () => {
    const [one, other] = [await openForm(), await openForm()];
    assert.match(one.prefix, /^uploads\/cms\/articles\/[\da-f]+\/$/);
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

  const clientWith = (credentials: UploadCredentials): OssClient =>
    new OSS({
      accessKeyId: credentials.AccessKeyId,
      accessKeySecret: credentials.AccessKeySecret,
      stsToken: credentials.SecurityToken,
      refreshSTSTokenInterval: Infinity,
      region,
      bucket,
      endpoint: endpoints.path!,
      sldEnable: true,
      authorizationV4: true,
    });

  it('limits credentials to the visitor’s folder', async () => {
    const [one, other] = [await openForm(), await openForm()];
    const credentials = (await (await credentialsOf(one.cookie)).json()) as UploadCredentials;
    const client = clientWith(credentials);
    await client.put(`${one.prefix}a.mp4`, Buffer.from('film'));
    await assert.rejects(client.put(`${other.prefix}a.mp4`, Buffer.from('film')), { status: 403 });
  });

  it('saves a URL-encoded form and shows the object keys', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const attachment = await store(`${prefix}2/script.pdf`);
    const saved = await submit(cookie, TITLE, ['film', film], ['attachments', attachment]);
    const article = await articleOf(saved);
    assert.ok(article.includes(TITLE[1]));
    assert.deepEqual(
      keysIn(article).map((key) => key.replace(/^.*\//, '')),
      ['film.mp4', 'script.pdf'],
    );
  });

  it('saves a multipart/form-data form', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const form = new FormData();
    for (const [name, value] of [uniqueTitle(), ['film', film]] as Fields) form.set(name, value);
    assert.equal(keysIn(await articleOf(await send(cookie, form))).length, 1);
  });

  it('counts a line break in the description once, as the browser does', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const description = `${'x'.repeat(999)}\r\n${'y'.repeat(1000)}`;
    await articleOf(await submit(cookie, uniqueTitle(), ['description', description], ['film', film]));
  });

  it('shows the form again with an error and the valid values when the title is missing', async () => {
    const { cookie, prefix } = await openForm();
    const film = await store(`${prefix}1/film.mp4`);
    const response = await submit(cookie, ['title', ' '], ['description', 'Boats & nets'], ['film', film]);
    assert.equal(response.status, 422);
    const html = await response.text();
    assert.match(html, /aria-describedby="title-error"[^]*id="title-error">Enter a title\.</);
    assert.match(html, />Boats &amp; nets<\/textarea>/);
    assert.deepEqual(storedIn(html, 'film'), [{ key: film, name: 'film.mp4', size: 4, type: 'video/mp4' }]);
  });

  it('lists no file in a new form', async () => {
    const { html } = await openForm();
    assert.deepEqual([storedIn(html, 'film'), storedIn(html, 'attachments')], [[], []]);
  });

  it('rejects a title that is already used', async () => {
    const { cookie, prefix } = await openForm();
    const [title, film] = [uniqueTitle(), await store(`${prefix}1/film.mp4`)];
    await articleOf(await submit(cookie, title, ['film', film]));
    const other = await store(`${prefix}2/film.mp4`);
    assert.match(await (await submit(cookie, title, ['film', other])).text(), /An article with this title/);
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
    assert.deepEqual(storedKeysIn(await response.text(), 'film'), films);
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
    const key = `${prefix}../${film.slice('uploads/cms/articles/'.length)}`;
    assert.equal((await submit(cookie, uniqueTitle(), ['film', key])).status, 422);
  });

  it('rejects a key without a stored object', async () => {
    const { cookie, prefix } = await openForm();
    assert.equal((await submit(cookie, uniqueTitle(), ['film', `${prefix}1/film.mp4`])).status, 422);
  });

  it('escapes submitted values', async () => {
    const { cookie, prefix } = await openForm();
    const name = `"><script>alert('1')</script>&quot;{{ path }}.mp4`;
    const film = await store(`${prefix}1/${name}`);
    const text = '"><script>alert(1)</script>{{ path }}';
    const fields: Fields = [['description', text]];
    const form = await (await submit(cookie, ['title', ''], ['film', film], ...fields)).text();
    const article = await articleOf(await submit(cookie, ['title', text], ['film', film], ...fields));
    for (const html of [form, article]) {
      assert.doesNotMatch(html, /<script>/);
      assert.ok(html.includes('&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ path }}'));
    }
    assert.deepEqual(storedKeysIn(form, 'film'), [film]);
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

  describe('moves accepted files', () => {
    it('out of the visitor’s prefix', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`, { content: 'A' });
      const [accepted = ''] = await accept(cookie, ['film', film]);
      const folder = prefix.replace('/articles/', '/accepted/');
      assert.match(accepted, new RegExp(`^${folder}[\\da-f]{32}/film\\.mp4$`));
      assert.equal(await contentOf(accepted), 'A');
      assert.equal(objects.has(film), false);
    });

    it('where the visitor’s credentials can’t change them', async () => {
      const { cookie, prefix } = await openForm();
      const credentials = (await (await credentialsOf(cookie)).json()) as UploadCredentials;
      const [accepted = ''] = await accept(cookie, ['film', await store(`${prefix}1/film.mp4`)]);
      const client = clientWith(credentials);
      await assert.rejects(client.put(accepted, Buffer.from('changed')), { status: 403 });
      await assert.rejects(client.delete(accepted), { status: 403 });
      await assert.rejects(client.copy(accepted, `${prefix}1/film.mp4`), { status: 403 });
    });

    it('where the credentials of no other page can change them', async () => {
      const { cookie, prefix } = await openForm();
      const [accepted = ''] = await accept(cookie, ['film', await store(`${prefix}1/film.mp4`)]);
      for (const path of ['credentials', 'examples/credentials/other']) {
        const credentials = (await (await fetch(new URL(path, demo.url))).json()) as UploadCredentials;
        await assert.rejects(clientWith(credentials).put(accepted, Buffer.from('x')), { status: 403 }, path);
        await assert.rejects(clientWith(credentials).get(accepted), { status: 403 }, path);
      }
    });

    it('with headers that the server chose', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`, { type: 'Video/MP4; codecs="avc1"' });
      const [accepted = ''] = await accept(cookie, ['film', film]);
      const { headers, acl } = objects.get(accepted)!.settings;
      assert.deepEqual(headers, { 'content-type': 'video/mp4', 'content-disposition': 'attachment' });
      assert.equal(acl, 'default');
    });

    it('and never replaces them when another file is uploaded under the old key', async () => {
      const { cookie, prefix } = await openForm();
      const key = `${prefix}1/film.mp4`;
      const [accepted = ''] = await accept(cookie, ['film', await store(key, { content: 'A' })]);
      await store(key, { content: 'changed' });
      assert.deepEqual(await accept(cookie, ['film', key]), [accepted]);
      assert.equal(await contentOf(accepted), 'A');
    });

    it('of equal names to different keys', async () => {
      const { cookie, prefix } = await openForm();
      const keys = await accept(
        cookie,
        ['film', await store(`${prefix}1/film.mp4`)],
        ['attachments', await store(`${prefix}2/script.pdf`, { content: 'A' })],
        ['attachments', await store(`${prefix}3/script.pdf`, { content: 'B' })],
      );
      assert.deepEqual(await Promise.all(keys.slice(1).map(contentOf)), ['A', 'B']);
    });

    it('once if a file is both the film and an attachment', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      const keys = await accept(cookie, ['film', film], ['attachments', film]);
      assert.equal(keys.length, 2);
      assert.equal(new Set(keys).size, 1);
    });

    it('only if all of the form is valid', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      assert.equal((await submit(cookie, ['film', film])).status, 422);
      assert.equal(objects.has(film), true);
    });

    for (const [name, change] of Object.entries({
      changed: (key: string, object: StoredObject) => objects.set(key, { ...object, etag: 'F'.repeat(32) }),
      deleted: (key: string) => objects.delete(key),
    })) {
      it(`but not one that is ${name} after the check`, async (t) => {
        const { cookie, prefix } = await openForm();
        const film = await store(`${prefix}1/film.mp4`);
        const original = objects.get(film)!;
        // Changes the object as soon as the emulator has looked it up for HeadObject.
        const lookUp = t.mock.method(objects, 'get', (key: string) => {
          if (key !== film) return Map.prototype.get.call(objects, key) as StoredObject | undefined;
          lookUp.mock.restore();
          change(film, original);
          return original;
        });
        assert.match((await filmError(cookie, film)) ?? '', /Upload it again/);
        assert.equal(
          [...objects.keys()].some((key) => key.startsWith(prefix.replace('/articles/', '/accepted/'))),
          false,
        );
      });
    }

    it('even if the upload can’t be deleted', async (t) => {
      t.mock.method(console, 'error', () => {});
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      demo.oss.faults.add({
        match: { operation: 'DeleteObject', key: film },
        fault: { kind: 'status', status: 403, code: 'AccessDenied' },
      });
      assert.equal((await accept(cookie, ['film', film])).length, 1);
    });
  });

  describe('checks each file with OSS', () => {
    it('and rejects a film that isn’t a video, whatever its name', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`, { type: 'text/html' });
      assert.equal(await filmError(cookie, film), '“film.mp4” isn’t a video.');
    });

    it('and rejects a film that is too large', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      pretend(film, { size: 10e9 + 1 });
      assert.equal(await filmError(cookie, film), '“film.mp4” is too large. Maximum size: 10 GB.');
    });

    it('and rejects an attachment that is too large, but keeps the others', async () => {
      const { cookie, prefix } = await openForm();
      const [large, small] = [await store(`${prefix}1/large.pdf`), await store(`${prefix}2/small.pdf`)];
      pretend(large, { size: 1e9 + 1 });
      const response = await submit(cookie, uniqueTitle(), ['attachments', large], ['attachments', small]);
      const html = await response.text();
      assert.match(html, /id="attachments-error">“large.pdf” is too large\. Maximum size: 1 GB\.</);
      assert.ok(html.includes(small) && !html.includes(large));
    });

    it('and rejects a symbolic link', async () => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      pretend(film, { type: 'Symlink' });
      assert.match((await filmError(cookie, film)) ?? '', /Upload it again/);
    });

    it('and rejects a key that is too long for OSS', async () => {
      const { cookie, prefix } = await openForm();
      assert.match((await filmError(cookie, `${prefix}1/${'x'.repeat(1100)}`)) ?? '', /Upload it again/);
    });

    for (const path of ['', '1//film.mp4', './film.mp4', '../film.mp4']) {
      it(`and rejects the path "${path}" without asking OSS`, async () => {
        const { cookie, prefix } = await openForm();
        demo.oss.requests.clear();
        assert.match((await filmError(cookie, prefix + path)) ?? '', /Upload it again/);
        assert.deepEqual(demo.oss.requests.all({}), []);
      });
    }

    it('and requests credentials once for each form', async (t) => {
      const { cookie, prefix } = await openForm();
      const fields: Fields = [['film', await store(`${prefix}0/film.mp4`)]];
      for (let index = 1; index <= 5; index++)
        fields.push(['attachments', await store(`${prefix}${index}/a.pdf`)]);
      const issue = t.mock.method(demo.oss.tokens, 'issue');
      assert.equal((await accept(cookie, ...fields)).length, 6);
      assert.equal(issue.mock.callCount(), 1);
    });

    it('and requests no credentials for a form without files', async (t) => {
      const { cookie } = await openForm();
      const issue = t.mock.method(demo.oss.tokens, 'issue');
      assert.equal((await submit(cookie, uniqueTitle())).status, 422);
      assert.equal(issue.mock.callCount(), 0);
    });

    it('and refuses a form with too many files without asking OSS', async (t) => {
      const { cookie, prefix } = await openForm();
      const issue = t.mock.method(demo.oss.tokens, 'issue');
      const fields = Array.from({ length: 21 }, (_, index): Fields[number] => [
        index % 2 ? 'film' : 'attachments',
        `${prefix}${index}/a.mp4`,
      ]);
      assert.equal((await submit(cookie, uniqueTitle(), ...fields)).status, 413);
      assert.equal(issue.mock.callCount(), 0);
    });

    it('and reports that OSS has failed, without secrets in the log', async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      demo.oss.faults.add({
        match: { operation: 'HeadObject', key: film },
        fault: { kind: 'status', status: 503, code: 'SlowDown' },
      });
      assert.equal((await submit(cookie, uniqueTitle(), ['film', film])).status, 502);
      assert.match(String(log.mock.calls[0]?.arguments), /^HeadObject failed: \w+ \(request \w*\)$/);
    });

    it('and reports that STS has failed', async (t) => {
      const log = t.mock.method(console, 'error', () => {});
      const { cookie, prefix } = await openForm();
      t.mock.method(demo.oss.tokens, 'issue', () => {
        throw new Error('STS is down.');
      });
      const film = await store(`${prefix}1/film.mp4`);
      assert.equal((await submit(cookie, uniqueTitle(), ['film', film])).status, 502);
      assert.match(String(log.mock.calls[0]?.arguments), /^AssumeRole failed: /);
    });
  });

  describe('saves a form once', () => {
    it('if it is submitted again', async () => {
      const { cookie, prefix } = await openForm();
      const fields: Fields = [uniqueTitle(), ['film', await store(`${prefix}1/film.mp4`)]];
      const [first, again] = [await submit(cookie, ...fields), await submit(cookie, ...fields)];
      assert.equal(again.status, 303);
      assert.equal(again.headers.get('location'), first.headers.get('location'));
    });

    it('if it is submitted twice at the same time', async () => {
      const { cookie, prefix } = await openForm();
      const fields: Fields = [
        uniqueTitle(),
        ['film', await store(`${prefix}1/film.mp4`)],
        ['attachments', await store(`${prefix}2/script.pdf`)],
      ];
      const responses = await Promise.all([submit(cookie, ...fields), submit(cookie, ...fields)]);
      const locations = responses.map((response) => response.headers.get('location'));
      assert.ok(locations[0]);
      assert.equal(locations[0], locations[1]);
    });

    it('if another submission accepts a file between the requests that look for it', async (t) => {
      const { cookie, prefix } = await openForm();
      const film = await store(`${prefix}1/film.mp4`);
      const object = objects.get(film)!;
      const hash = createHash('sha256').update(film).digest('hex').slice(0, 32);
      const accepted = `${prefix.replace('/articles/', '/accepted/')}${hash}/film.mp4`;
      // Moves the file when the emulator looks it up for HeadObject, after it has looked up the accepted one.
      const lookUp = t.mock.method(objects, 'get', (key: string) => {
        if (key === film) {
          lookUp.mock.restore();
          objects.delete(film);
          objects.set(accepted, { ...object, key: accepted });
        }
        return Map.prototype.get.call(objects, key) as StoredObject | undefined;
      });
      assert.deepEqual(await accept(cookie, ['film', film]), [accepted]);
    });

    it('but keeps forms of two visitors apart', async () => {
      const title = uniqueTitle();
      const [one, other] = [await openForm(), await openForm()];
      await articleOf(await submit(one.cookie, title, ['film', await store(`${one.prefix}1/film.mp4`)]));
      const second = await submit(other.cookie, title, ['film', await store(`${other.prefix}1/film.mp4`)]);
      assert.match(await second.text(), /An article with this title/);
    });
  });

  describe('edits an article', () => {
    /** Saves an article with a film and an attachment, and opens its form. */
    async function openEditForm() {
      const form = await openForm();
      const title = uniqueTitle();
      const film = await store(`${form.prefix}1/film.mp4`);
      const script = await store(`${form.prefix}2/script.pdf`);
      const saved = await submit(form.cookie, title, ['film', film], ['attachments', script]);
      const [filmKey = '', scriptKey = ''] = keysIn(await articleOf(saved));
      const url = new URL(`${saved.headers.get('location')}/edit`, address);
      const headers = { Cookie: form.cookie };
      const html = await (await fetch(url, { headers })).text();
      const save = (...fields: Fields): Promise<Response> =>
        fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' });
      return { ...form, title, film, filmKey, scriptKey, url, html, save };
    }

    it('with the accepted files in the form', async () => {
      const { html, url, title, filmKey, scriptKey } = await openEditForm();
      assert.ok(html.includes(`action="${url.pathname}"`));
      assert.ok(html.includes(`value="${title[1]}"`));
      assert.deepEqual(storedIn(html, 'film'), [
        { key: filmKey, name: 'film.mp4', size: 4, type: 'video/mp4' },
      ]);
      assert.deepEqual(storedKeysIn(html, 'attachments'), [scriptKey]);
    });

    it('and keeps, drops and adds files', async () => {
      const { save, prefix, title, filmKey } = await openEditForm();
      const poster = await store(`${prefix}3/poster.png`, { content: 'poster' });
      const keys = keysIn(await articleOf(await save(title, ['film', filmKey], ['attachments', poster])));
      assert.equal(keys[0], filmKey);
      assert.equal(await contentOf(keys[1] ?? ''), 'poster');
      assert.equal(keys.length, 2);
    });

    it('and counts a file once that is submitted with its old and its new key', async () => {
      const { save, title, film, filmKey } = await openEditForm();
      const keys = keysIn(await articleOf(await save(title, ['film', filmKey], ['film', film])));
      assert.deepEqual(keys, [filmKey]);
    });

    it('and shows the form of this article again if it is invalid', async () => {
      const { save, url, filmKey } = await openEditForm();
      const html = await (await save(['title', ''], ['film', filmKey])).text();
      assert.ok(html.includes(`action="${url.pathname}"`));
      assert.deepEqual(storedKeysIn(html, 'film'), [filmKey]);
    });

    it('only for its author', async () => {
      const { url, title, filmKey } = await openEditForm();
      const { cookie } = await openForm();
      const headers = { Cookie: cookie };
      assert.equal((await fetch(url, { headers })).status, 403);
      const body = new URLSearchParams([title, ['film', filmKey]]);
      assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 403);
    });

    it('and rejects the accepted file of another visitor', async () => {
      const [{ filmKey }, { cookie }] = [await openEditForm(), await openForm()];
      assert.match((await filmError(cookie, filmKey)) ?? '', /Upload it again/);
      assert.equal(objects.has(filmKey), true);
    });
  });
});

const typeOf = (key: string): string => (key.endsWith('.mp4') ? 'video/mp4' : 'application/octet-stream');

async function* bytes(content: string): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}
