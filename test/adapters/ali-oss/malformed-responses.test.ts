import { expect } from '@open-wc/testing';
import type { OssGateway } from '../../../src/core/ports.js';
import { UploadError } from '../../../src/core/errors.js';
import { seededRandom } from '../../support/seeded-random.js';
import { neverAborted, rejectionOf } from '../support.js';
import { openGateway } from './setup.js';

/** Replaces XMLHttpRequest. Returns the given responses in turn, then the last one again. */
class FakeRequest extends EventTarget {
  static responses: { status: number; body: string }[] = [];
  static requests = 0;
  readonly upload = new EventTarget();
  status = 0;
  responseText = '';
  onload?: () => void;

  open(): void {}
  setRequestHeader(): void {}
  abort(): void {}
  getAllResponseHeaders(): string {
    return 'content-type: application/xml\r\n';
  }

  getResponseHeader(): string {
    return 'application/xml';
  }

  send(): void {
    const { responses } = FakeRequest;
    const response = responses[Math.min(FakeRequest.requests++, responses.length - 1)]!;
    this.status = response.status;
    this.responseText = response.body;
    queueMicrotask(() => this.onload?.());
  }
}

const part = (number: number | string, etag = '"A"', size: number | string = 1) =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size></Part>`;
const list = (...parts: string[]) => `<ListPartsResult>${parts.join('')}</ListPartsResult>`;
const entityBomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 12 },
  (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`,
).join('')}]><ListPartsResult><Part><PartNumber>&a11;</PartNumber></Part></ListPartsResult>`;

describe('gateway with malformed responses', () => {
  const OriginalRequest = XMLHttpRequest;
  let gateway: OssGateway;

  const respondWith = (body: string, status = 200) => {
    FakeRequest.responses = [{ status, body }];
    FakeRequest.requests = 0;
  };

  before(async () => {
    gateway = await openGateway('malformed', 'film.mp4');
    globalThis.XMLHttpRequest = FakeRequest as unknown as typeof XMLHttpRequest;
  });
  after(() => (globalThis.XMLHttpRequest = OriginalRequest));

  for (const [name, body] of Object.entries({
    'an empty body': '',
    'plain text': 'All is well.',
    'a login page': '<!doctype html><title>Sign in</title><p>Please sign in.<br>',
    'a sign-in page in XHTML': '<html><head><title>Sign in</title></head></html>',
    'an error with status 200': '<Error><Code>InternalError</Code></Error>',
    'truncated XML': '<ListPartsResult><Part><PartNumber>1</Part',
    'exponential entity expansion': entityBomb,
  })) {
    it(`rejects with server-error if a list of parts is ${name}`, async () => {
      respondWith(body);
      expect(await rejectionOf(gateway.listParts('id', neverAborted())))
        .to.be.instanceOf(UploadError)
        .with.property('code', 'server-error');
    });
  }

  for (const [name, body] of Object.entries({
    'without a number': list(part('one')),
    'with a fractional number': list(part('1.5')),
    'with a negative number': list(part('-1')),
    'with an element as its number': list(part('<x>1</x>')),
    'without an ETag': list('<Part><PartNumber>1</PartNumber><Size>1</Size></Part>'),
    'without a size': list(part(1, '"A"', '')),
    'without content': list('<Part/>'),
    'that is text': list('<Part>1</Part>'),
    'in elements named like members of Object.prototype': list(
      '<__proto__><Part/></__proto__><constructor>x</constructor><toString/>',
    ),
    'from an external entity': `<!DOCTYPE x [<!ENTITY e SYSTEM "/package.json">]>${list(part('&e;'))}`,
  })) {
    it(`ignores a part ${name}`, async () => {
      respondWith(body);
      const listed = await gateway.listParts('id', neverAborted()).catch((error: unknown) => {
        expect(error).to.be.instanceOf(UploadError);
        return [];
      });
      expect(listed).to.deep.equal([]);
    });
  }

  it('rejects with server-error at part 10,000 if every response announces a further page', async () => {
    const page = (next: number) =>
      `<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>${next}</NextPartNumberMarker></ListPartsResult>`;
    FakeRequest.requests = 0;
    FakeRequest.responses = [9_998, 9_999, 10_000, 10_001, 10_002].map((next) => ({
      status: 200,
      body: page(next),
    }));
    expect(await rejectionOf(gateway.listParts('id', neverAborted())))
      .to.be.instanceOf(UploadError)
      .with.property('code', 'server-error');
    expect(FakeRequest.requests).to.equal(3);
  });

  for (const [name, body] of Object.entries({
    'without an id': '<InitiateMultipartUploadResult/>',
    'with an empty id':
      '<InitiateMultipartUploadResult><UploadId></UploadId></InitiateMultipartUploadResult>',
    'with two ids':
      '<InitiateMultipartUploadResult><UploadId>1</UploadId><UploadId>2</UploadId></InitiateMultipartUploadResult>',
    'as plain text': 'upload-1',
  })) {
    it(`rejects with server-error if a multipart upload starts ${name}`, async () => {
      respondWith(body);
      expect(await rejectionOf(gateway.createUpload(neverAborted())))
        .to.be.instanceOf(UploadError)
        .with.property('code', 'server-error');
    });
  }

  it('rejects with server-error if a proxy changes the status to another success', async () => {
    const codes: unknown[] = [];
    for (const [status, send] of [
      [204, () => gateway.listParts('id', neverAborted())],
      [202, () => gateway.createUpload(neverAborted())],
      [203, () => gateway.uploadPart('id', 1, new Blob(['x']), neverAborted())],
      [200, () => gateway.abortUpload('id', neverAborted())],
    ] as const) {
      respondWith('', status);
      codes.push(((await rejectionOf(send())) as UploadError).code);
    }
    expect(codes).to.deep.equal(Array(4).fill('server-error'));
  });

  it('rejects with server-error if the response of a callback isn’t JSON', async () => {
    respondWith('<p>OK</p>');
    const callback = { url: 'https://example.com/stored', body: 'x' };
    const storing = gateway.put(new Blob(['x']), { ...neverAborted(), callback });
    expect(((await rejectionOf(storing)) as UploadError).code).to.equal('server-error');
  });

  it('returns valid parts or rejects with an UploadError, however the response is damaged', async () => {
    const random = seededRandom(11);
    const valid = list(
      '<IsTruncated>false</IsTruncated>',
      ...[1, 2, 3].map((number) => part(number, '"A"', 100)),
    );
    const letters = '<>/&;"0123456789 -.\u0000\uD800xPart';
    for (let round = 0; round < 500; round++) {
      const damaged = Array.from(valid);
      for (let changes = 1 + random() * 6; changes > 0; changes--) {
        damaged[Math.floor(random() * damaged.length)] = letters[Math.floor(random() * letters.length)]!;
      }
      respondWith(damaged.join(''), random() < 0.2 ? 400 + Math.floor(random() * 200) : 200);
      const listed = await gateway.listParts('id', neverAborted()).catch((error: unknown) => {
        expect(error).to.be.instanceOf(UploadError).and.not.have.property('code', 'unexpected');
        return [];
      });
      for (const { number, etag, size } of listed) {
        expect(Number.isSafeInteger(number) && Number.isSafeInteger(size)).to.equal(true);
        expect(etag).to.be.a('string').that.is.not.equal('');
      }
    }
  });
});
