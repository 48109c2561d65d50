// Responses as OSS sends them, and as proxies change them.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { sendSigned, type RawResponse } from './support/raw.js';
import { BUCKET, startOss } from './support/sdk.js';

/** Returns the headers that describe the body. */
const describeBody = ({ headers }: RawResponse) => ({
  type: headers['content-type'],
  length: headers['content-length'],
  encoding: headers['transfer-encoding'],
});

describe('the format of responses', () => {
  let oss: LocalOss;
  let control: OssControl;
  before(async () => {
    oss = await startOss();
    control = new OssControl(oss);
  });
  afterEach(() => control.setResponseFormat({}));
  after(() => oss.close());

  const put = () => sendSigned(oss, { method: 'PUT', target: `/${BUCKET}/x`, body: 'x' });
  const initiate = () => sendSigned(oss, { method: 'POST', target: `/${BUCKET}/x?uploads` });
  const fail = () =>
    sendSigned(oss, { method: 'PUT', target: `/${BUCKET}/x?uploadId=0&partNumber=1`, body: 'x' });

  test('is that of OSS by default', async () => {
    assert.deepEqual(describeBody(await put()), { type: undefined, length: '0', encoding: undefined });
    for (const send of [initiate, fail]) {
      assert.deepEqual(describeBody(await send()), {
        type: 'application/xml',
        length: undefined,
        encoding: 'chunked',
      });
    }
  });

  test('can be chunked for empty responses', async () => {
    await control.setResponseFormat({ emptyBody: 'chunked' });
    const response = await put();
    assert.deepEqual(describeBody(response), { type: undefined, length: undefined, encoding: 'chunked' });
    assert.equal(response.text, '');
  });

  for (const emptyBody of ['content-length', 'chunked'] as const) {
    test(`leaves responses without a body as they are (${emptyBody})`, async () => {
      await control.setResponseFormat({ emptyBody });
      const { headers } = await put();
      const target = `/${BUCKET}/x`;
      const notModified = { method: 'GET', target, headers: { 'if-none-match': headers.etag ?? '' } };
      for (const [request, status] of [
        [notModified, 304],
        [{ method: 'DELETE', target }, 204],
      ] as const) {
        const response = await sendSigned(oss, request);
        const none = { type: undefined, length: undefined, encoding: undefined };
        assert.equal(response.status, status);
        assert.deepEqual({ ...describeBody(response), type: undefined }, none);
      }
    });
  }

  for (const xmlType of [null, 'text/html', 'text/xml; charset=utf-8']) {
    test(`can have the type ${xmlType} for XML`, async () => {
      await control.setResponseFormat({ xmlType });
      for (const send of [initiate, fail]) {
        const response = await send();
        assert.equal(response.headers['content-type'], xmlType ?? undefined);
        assert.match(response.text, /^<\?xml/);
      }
    });
  }
});
