import { expect } from '@open-wc/testing';
import type { OssGateway } from '../../../src/core/ports.js';
import { UploadError } from '../../../src/core/errors.js';
import { seededRandom } from '../../support/seeded-random.js';
import { openGateway, rejection, running } from './setup.js';

/** What stands in for a server that says anything. */
class AnsweredRequest extends EventTarget {
  static answers: { status: number; body: string }[] = [];
  static count = 0;
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

  send(): void {
    const { answers } = AnsweredRequest;
    const answer = answers[Math.min(AnsweredRequest.count++, answers.length - 1)]!;
    this.status = answer.status;
    this.responseText = answer.body;
    queueMicrotask(() => this.onload?.());
  }
}

const part = (number: number | string, etag = '"A"', size: number | string = 1) =>
  `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size></Part>`;
const list = (...parts: string[]) => `<ListPartsResult>${parts.join('')}</ListPartsResult>`;
const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 12 },
  (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`,
).join('')}]><ListPartsResult><Part><PartNumber>&a11;</PartNumber></Part></ListPartsResult>`;

describe('answers that OSS would not give', () => {
  const RealRequest = XMLHttpRequest;
  let gateway: OssGateway;

  const answer = (body: string, status = 200) => {
    AnsweredRequest.answers = [{ status, body }];
    AnsweredRequest.count = 0;
  };

  before(async () => {
    gateway = await openGateway('answered', 'film.mp4');
    globalThis.XMLHttpRequest = AnsweredRequest as unknown as typeof XMLHttpRequest;
  });
  after(() => (globalThis.XMLHttpRequest = RealRequest));

  for (const [what, body] of Object.entries({
    'nothing at all': '',
    'no XML': 'All is well.',
    'a login page': '<!doctype html><title>Sign in</title><p>Please sign in.<br>',
    'half an answer': '<ListPartsResult><Part><PartNumber>1</Part',
    'entities that grow without end': bomb,
  })) {
    it(`are named where a list of parts is ${what}`, async () => {
      answer(body);
      expect(await rejection(gateway.listParts('id', running())))
        .to.be.instanceOf(UploadError)
        .with.property('code', 'server-error');
    });
  }

  for (const [what, body] of Object.entries({
    'has no number': list(part('one')),
    'has a number that is not whole': list(part('1.5')),
    'has a negative number': list(part('-1')),
    'has a nested number': list(part('<x>1</x>')),
    'has no ETag': list('<Part><PartNumber>1</PartNumber><Size>1</Size></Part>'),
    'has no size': list(part(1, '"A"', '')),
    'is empty': list('<Part/>'),
    'is only text': list('<Part>1</Part>'),
    'is named like what every object has': list(
      '<__proto__><Part/></__proto__><constructor>x</constructor><toString/>',
    ),
    'comes from another file': `<!DOCTYPE x [<!ENTITY e SYSTEM "/package.json">]>${list(part('&e;'))}`,
  })) {
    it(`leave a part out that ${what}`, async () => {
      answer(body);
      const listed = await gateway.listParts('id', running()).catch((error: unknown) => {
        expect(error).to.be.instanceOf(UploadError);
        return [];
      });
      expect(listed).to.deep.equal([]);
    });
  }

  it('do not keep the page confirming where there is always another page', async () => {
    const page = (next: number) =>
      `<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>${next}</NextPartNumberMarker></ListPartsResult>`;
    AnsweredRequest.count = 0;
    AnsweredRequest.answers = [9_998, 9_999, 10_000, 10_001, 10_002].map((next) => ({
      status: 200,
      body: page(next),
    }));
    await gateway.listParts('id', running());
    expect(AnsweredRequest.count).to.equal(3);
  });

  for (const [what, body] of Object.entries({
    'without an id': '<InitiateMultipartUploadResult/>',
    'with an empty id':
      '<InitiateMultipartUploadResult><UploadId></UploadId></InitiateMultipartUploadResult>',
    'with two ids':
      '<InitiateMultipartUploadResult><UploadId>1</UploadId><UploadId>2</UploadId></InitiateMultipartUploadResult>',
    'that is no XML': 'upload-1',
  })) {
    it(`are named where a multipart upload begins ${what}`, async () => {
      answer(body);
      expect(await rejection(gateway.createUpload(running())))
        .to.be.instanceOf(UploadError)
        .with.property('code', 'server-error');
    });
  }

  it('give sound parts or a named error, however an answer is damaged', async () => {
    const random = seededRandom(11);
    const sound = list(
      '<IsTruncated>false</IsTruncated>',
      ...[1, 2, 3].map((number) => part(number, '"A"', 100)),
    );
    const letters = '<>/&;"0123456789 -.\u0000\uD800xPart';
    for (let round = 0; round < 500; round++) {
      const damaged = [...sound];
      for (let times = 1 + random() * 6; times > 0; times--) {
        damaged[Math.floor(random() * damaged.length)] = letters[Math.floor(random() * letters.length)]!;
      }
      answer(damaged.join(''), random() < 0.2 ? 400 + Math.floor(random() * 200) : 200);
      const listed = await gateway.listParts('id', running()).catch((error: unknown) => {
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
