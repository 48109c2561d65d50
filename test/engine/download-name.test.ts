import { expect } from '@open-wc/testing';
import { control, PART, randomFile, succeeded, TestBucket } from './bucket.js';

/** The example of docs/api.md. */
function attachment(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cs}]/gu, '_');
  const ascii = clean.replace(/[^ -~]|["%\\]/gu, '_');
  const utf8 = encodeURIComponent(clean).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}

/** Decodes the parameter `filename*` as RFC 8187 specifies, without accepting other characters. */
function decode(header: string): string {
  const [, value = ''] = /; filename\*=UTF-8''((?:[\w!#$&+.^`|~-]|%[\da-f]{2})+)$/i.exec(header) ?? [];
  return decodeURIComponent(value);
}

const names: [name: string, ascii: string][] = [
  ['张三的年度报告（最终版）.mp4', '____________.mp4'],
  ['50% "off", l\'été (v1.2)*;=\\.mp4', "50_ _off_, l'_t_ (v1.2)*;=_.mp4"],
  ['😀\r\nx-oss-object-acl: public-read.mp4', '___x-oss-object-acl: public-read.mp4'],
];

it('the example of objectOptions accepts unpaired surrogates, which names on Windows may have', () => {
  expect(decode(attachment('\ud800a\udc00'))).to.equal('_a_');
});

describe('the download name of an object, from the example of objectOptions', () => {
  for (const [kind, size] of [
    ['a single request', PART],
    ['a multipart upload', 3 * PART],
  ] as const) {
    for (const [index, [name, ascii]] of names.entries()) {
      it(`is stored by ${kind} (${index + 1})`, async () => {
        const bucket = await TestBucket.create();
        const uploader = bucket.uploader({
          headers: { 'Cache-Control': 'no-cache' },
          objectKey: '{uuid}',
          objectOptions: (file) => ({
            headers: { ...uploader.options.headers, 'Content-Disposition': attachment(file.name) },
          }),
        });
        const file = randomFile(size, name);
        const upload = uploader.add(file, await uploader.keyFor(file));
        upload.start();
        await succeeded(uploader, upload);
        const { headers, acl } = (await control.object(bucket.name, upload.key))!;
        const disposition = headers['content-disposition']!;
        expect([disposition.split('"')[1], decode(disposition)]).to.deep.equal([
          ascii,
          name.replace(/[\r\n]/g, '_'),
        ]);
        expect([headers['cache-control'], acl]).to.deep.equal(['no-cache', 'default']);
      });
    }
  }
});
