// Responses of a server in place of OSS that is broken or hostile.
import { expect } from '@open-wc/testing';
import { UploadError } from '../../../src/core/errors.js';
import type { OssGateway, StsCredentials } from '../../../src/core/ports.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { UntrustedSite, type UntrustedResponse } from '../../support/untrusted-server.js';
import { neverAborted, randomBlob, uploadErrorOf } from '../support.js';
import { openGateway } from './setup.js';

const MiB = 2 ** 20;
const credentials: StsCredentials = {
  accessKeyId: 'STS.NTabcdefghijk123',
  accessKeySecret: 'aSecretKey1234567890+/abcdef',
  securityToken: 'CAISaSecurityToken+/1234567890==',
};
const secrets = Object.values(credentials) as string[];

describe('an untrusted response', () => {
  let site: UntrustedSite;
  let gateway: OssGateway;
  let clock: ServerClock;

  beforeEach(async () => {
    site = new UntrustedSite();
    clock = new ServerClock();
    gateway = await openGateway(site.name, 'film.mp4', {
      target: { endpoint: site.origin, pathStyle: true },
      credentials: { get: () => Promise.resolve(credentials) },
      clock,
    });
  });

  const list = (content: string): UntrustedResponse => ({
    body: `<ListPartsResult>${content}</ListPartsResult>`,
  });
  const part = (number: number | string, etag = '"A"', size: number | string = 1) =>
    `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size></Part>`;
  const page = (next: number | string) =>
    list(`<IsTruncated>true</IsTruncated><NextPartNumberMarker>${next}</NextPartNumberMarker>`);

  describe('that is redirected', () => {
    const redirectTo = (location: string, status = 307) => site.respond({ status, headers: { location } });

    it('ends all requests of the gateway, and no later one is sent', async () => {
      const portal = new UntrustedSite();
      await portal.respond({ headers: { etag: '"A"' } });
      await site.respond(
        { method: 'GET', never: true },
        { method: 'PUT', status: 307, headers: { location: `${portal.otherOrigin}/${portal.name}/x` } },
      );
      const listing = uploadErrorOf(gateway.listParts('id', neverAborted()));
      while ((await site.requests()).length === 0);
      const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
      expect(error).to.include({ code: 'redirected', retryable: false });
      expect(await listing).to.equal(error);
      const before = (await site.requests()).length;
      expect(await uploadErrorOf(gateway.head(neverAborted()))).to.equal(error);
      expect(await uploadErrorOf(gateway.abortUpload('id', neverAborted()))).to.equal(error);
      expect(await site.requests()).to.have.length(before);
    });

    for (const [name, path] of [
      ['another object of the same server', '/other'],
      ['the same object with another query', '/film.mp4?x=1'],
    ] as const) {
      it(`fails with redirected if it comes from ${name}`, async () => {
        const target = new UntrustedSite();
        await redirectTo(path === '/other' ? `/${target.name}/other` : `/${site.name}${path}`);
        await target.respond({ headers: { etag: '"A"' } });
        if (path !== '/other') {
          await site.respond(
            { status: 302, headers: { location: `/${site.name}${path}` } },
            { headers: { etag: '"A"' } },
          );
        }
        const error = await uploadErrorOf(gateway.put(randomBlob(1), neverAborted()));
        expect(error.code).to.equal('redirected');
      });
    }

    it('fails with redirected before its endless body ends', async () => {
      const portal = new UntrustedSite();
      await portal.respond({ size: 'endless', body: 'x' });
      await redirectTo(`${portal.otherOrigin}/${portal.name}/x`);
      expect((await uploadErrorOf(gateway.listParts('id', neverAborted()))).code).to.equal('redirected');
    });
  });

  describe('that is too large', () => {
    for (const [name, response] of Object.entries<UntrustedResponse>({
      'an endless list': { size: 'endless', body: '<ListPartsResult>' },
      'an endless error': { status: 500, size: 'endless', body: '<Error>' },
      'a compressed list': { size: 64 * MiB, body: '<ListPartsResult>', gzip: true },
    })) {
      it(`fails with server-error: ${name}`, async () => {
        await site.respond(response);
        const error = await uploadErrorOf(gateway.listParts('id', neverAborted()));
        expect(error).to.include({ code: 'server-error', retryable: true });
        expect((error.cause as Error).message).to.equal('The response is too large.');
      });
    }

    it('is accepted up to 8 MiB', async () => {
      const content = `${part(1)}<!--${' '.repeat(8 * MiB - 200)}-->`;
      await site.respond(list(content));
      expect(await gateway.listParts('id', neverAborted())).to.have.length(1);
    });
  });

  describe('to ListParts', () => {
    for (const [name, markers] of Object.entries<(number | string)[]>({
      'that doesn’t advance': [5, 5],
      'that goes back': [5, 4],
      'that isn’t an integer': ['1.5'],
      'that is exponential': ['1e3'],
      'that is empty': [''],
      'that exceeds 10,000': [10_001],
      'that is huge': ['99999999999999999999'],
      'that is infinite': ['Infinity'],
    })) {
      it(`fails with server-error for a marker ${name}`, async () => {
        await site.respond(...markers.map(page));
        expect((await uploadErrorOf(gateway.listParts('id', neverAborted()))).code).to.equal('server-error');
        expect(await site.requests()).to.have.length(markers.length);
      });
    }

    it('fails with server-error after 100 pages', async () => {
      await site.respond(...Array.from({ length: 200 }, (_, index) => page(index + 1)));
      expect((await uploadErrorOf(gateway.listParts('id', neverAborted()))).code).to.equal('server-error');
      expect(await site.requests()).to.have.length(100);
    });

    for (const [name, body] of Object.entries({
      'number 0': part(0),
      'number 10,001': part(10_001),
      'a number with an exponent': part('1e1'),
      'a size of more than 5 GiB': part(1, '"A"', 5 * 2 ** 30 + 1),
      'a negative size': part(1, '"A"', -1),
      'an ETag with markup': part(1, '&lt;/ETag&gt;'),
      'an ETag with a quote inside': part(1, '"A"B"'),
      'an ETag with a line break': part(1, 'A\nB'),
      'an endless ETag': part(1, 'A'.repeat(501)),
    })) {
      it(`ignores a part with ${name}`, async () => {
        await site.respond(list(body + part(7)));
        expect(await gateway.listParts('id', neverAborted())).to.deep.equal([
          { number: 7, etag: '"A"', size: 1, crc64: undefined },
        ]);
      });
    }

    it('may have more parts than a call can have arguments', async () => {
      await site.respond({
        ...list(''),
        body: `<ListPartsResult>${part(1, 'A').repeat(100_000)}</ListPartsResult>`,
      });
      expect(await gateway.listParts('id', neverAborted())).to.have.length(100_000);
    });
  });

  for (const [name, send] of Object.entries({
    PutObject: () => gateway.put(randomBlob(1), neverAborted()),
    UploadPart: () => gateway.uploadPart('id', 1, randomBlob(1), neverAborted()),
  })) {
    for (const [what, code, response] of [
      ['a page in place of OSS', 'server-error', { body: '<html>Sign in</html>' }],
      ['a page with an ETag', 'server-error', { body: '<html>Sign in</html>', headers: { etag: '"5f-1"' } }],
      ['JSON', 'server-error', { body: '{"code":401}' }],
      ['nothing that OSS returns', 'etag-hidden', { body: '' }],
      ['a damaged ETag', 'server-error', { headers: { etag: '"A"B"' } }],
    ] as const) {
      it(`to ${name} fails with ${code} if it has ${what}`, async () => {
        await site.respond(response);
        expect((await uploadErrorOf(send())).code).to.equal(code);
      });
    }
  }

  for (const [name, etag] of Object.entries({
    markup: '</ETag></Part>',
    'an entity': '&amp;',
    'a quote inside': '"A"B"',
    'white space': 'A B',
    'too many characters': 'A'.repeat(501),
  })) {
    it(`to UploadPart fails with server-error if its ETag has ${name}`, async () => {
      await site.respond({ headers: { etag } });
      const error = await uploadErrorOf(gateway.uploadPart('id', 1, randomBlob(1), neverAborted()));
      expect(error.code).to.equal('server-error');
    });

    it(`can’t put ${name} into CompleteMultipartUpload`, async () => {
      const parts = [{ number: 1, etag }];
      const error = await uploadErrorOf(gateway.completeUpload('id', parts, neverAborted()));
      expect(error.code).to.equal('checkpoint-mismatch');
      expect(await site.requests()).to.deep.equal([]);
    });
  }

  for (const [name, uploadId] of Object.entries({
    markup: '&lt;script&gt;',
    'a line break': 'A\r\nB',
    'a space': 'A B',
    'a query': 'A&amp;acl',
    'too many characters': 'A'.repeat(501),
  })) {
    it(`to InitiateMultipartUpload fails with server-error if the upload ID has ${name}`, async () => {
      const body = `<InitiateMultipartUploadResult><UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`;
      await site.respond({ body });
      expect((await uploadErrorOf(gateway.createUpload(neverAborted()))).code).to.equal('server-error');
    });
  }

  describe('with an error', () => {
    const errorXml = (fields: Record<string, string>) =>
      `<Error>${Object.entries(fields)
        .map(([name, text]) => `<${name}>${text}</${name}>`)
        .join('')}</Error>`;

    for (const time of [
      '1970-01-01T00:00:00Z',
      '2014-12-31T23:59:59Z',
      '2100-01-01T00:00:00Z',
      '+275760-09-13T00:00:00Z',
      'x',
    ]) {
      it(`doesn’t set the clock to ${time}`, async () => {
        await site.respond({
          status: 403,
          body: errorXml({ Code: 'RequestTimeTooSkewed', ServerTime: time }),
        });
        expect((await uploadErrorOf(gateway.createUpload(neverAborted()))).code).to.equal('clock-skewed');
        expect(Math.abs(clock.now() - Date.now())).to.be.below(1_000);
        expect(await site.requests()).to.have.length(1);
      });
    }

    it('keeps at most 500 characters of its texts', async () => {
      const long = 'A'.repeat(100_000);
      await site.respond({ status: 403, body: errorXml({ Code: long, Message: long, RequestId: long }) });
      const error = await uploadErrorOf(gateway.createUpload(neverAborted()));
      const texts = [error.ossCode, error.requestId, (error.cause as Error).message, error.values['ossCode']];
      expect(texts.map((text) => text?.length)).to.deep.equal([500, 500, 500, 500]);
    });

    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      it(`is refused as unknown if its code is ${name}`, async () => {
        await site.respond({ status: 400, body: errorXml({ Code: name, Message: 'x' }) });
        const error = await uploadErrorOf(gateway.createUpload(neverAborted()));
        expect(error).to.include({ code: 'request-refused', ossCode: name });
      });
    }

    const echoes: Record<string, UntrustedResponse> = {
      'the fields of SignatureDoesNotMatch': {
        status: 403,
        body: errorXml({
          Code: 'SignatureDoesNotMatch',
          Message: 'no',
          ...{ OSSAccessKeyId: '{authorization}', SignatureProvided: '{authorization}' },
          ...{ StringToSign: '{x-oss-security-token}', CanonicalRequest: '{x-oss-security-token}' },
        }),
      },
      'the message, the code and the request ID': {
        status: 400,
        body: errorXml({
          Code: '{x-oss-security-token}',
          Message: 'Token {x-oss-security-token}, {authorization}',
          RequestId: '{x-oss-security-token}',
        }),
      },
      'a page that isn’t XML': { status: 502, body: 'Bad request: {x-oss-security-token} {authorization}' },
      'a result that isn’t XML': { body: '{x-oss-security-token} {authorization}' },
      'the header with the request ID': {
        headers: { 'x-oss-request-id': secrets.join(' ') },
        status: 500,
      },
      'the header with the request ID of a result without an ETag': {
        headers: { 'x-oss-request-id': secrets.join(' ') },
      },
    };
    for (const [name, response] of Object.entries(echoes)) {
      it(`has no secret of the request although the server repeats it in ${name}`, async () => {
        await site.respond(response);
        for (const send of [
          () => gateway.uploadPart('id', 1, randomBlob(1), neverAborted()),
          () => gateway.listParts('id', neverAborted()),
          () => gateway.createUpload(neverAborted()),
        ]) {
          const error = await send().catch((thrown: unknown) => thrown);
          if (!(error instanceof UploadError)) continue;
          const [, signature = ''] =
            /Signature=(\w+)/.exec((await site.requests()).at(-1)?.headers['authorization'] ?? '') ?? [];
          expect(signature).not.to.equal('');
          const text = describeDeeply(error);
          for (const secret of [...secrets, signature]) expect(text).not.to.include(secret);
        }
      });
    }
  });
});

/** Returns every text in an error: its properties, also hidden ones, its stack and its causes. */
function describeDeeply(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  return Object.getOwnPropertyNames(value)
    .map((name) => `${name}: ${describeDeeply((value as Record<string, unknown>)[name], seen)}`)
    .join('\n');
}
