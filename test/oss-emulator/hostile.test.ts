// Malformed and malicious requests: the emulator rejects them, stays inside its directory and keeps running.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import { send, sendSigned, sendHead } from './support/raw.js';
import { BUCKET, sdk, startOss } from './support/sdk.js';

describe('hostile input', () => {
  let oss: LocalOss;
  let parent: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'hostile-test-'));
    oss = await startOss({ root: join(parent, 'root') });
  });
  afterEach(async () => {
    assert.equal((await sdk(oss).put('still-running', Buffer.from('x'))).res.status, 200);
  });
  after(async () => {
    await oss.close();
    await rm(parent, { recursive: true });
  });

  const complete = async (body: string) => {
    const { uploadId } = await sdk(oss).initMultipartUpload('key');
    await sdk(oss).uploadPart('key', uploadId, 1, Buffer.from('x'), 0, 1);
    return await sendSigned(oss, { method: 'POST', target: `/${BUCKET}/key?uploadId=${uploadId}`, body });
  };

  const part = '<Part><PartNumber>1</PartNumber><ETag>"9DD4E461268C8034F5C8564E155C67A6"</ETag></Part>';
  const bodies: Record<string, string> = {
    'plain text': 'not XML',
    'an empty body': '',
    'truncated XML': '<CompleteMultipartUpload><Part>',
    'an unexpected root element': `<Delete>${part}</Delete>`,
    'two root elements': `<CompleteMultipartUpload>${part}</CompleteMultipartUpload><x/>`,
    'no parts': '<CompleteMultipartUpload></CompleteMultipartUpload>',
    'a part that contains only text': '<CompleteMultipartUpload><Part>1</Part></CompleteMultipartUpload>',
    'a part without an ETag':
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
    'a part number that is not a number':
      '<CompleteMultipartUpload><Part><PartNumber>one</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>',
    'two part numbers in one part':
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><PartNumber>2</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>',
    'a document type declaration': `<!DOCTYPE x [<!ENTITY a "aaaa">]><CompleteMultipartUpload>${part}</CompleteMultipartUpload>`,
    'more than 10,000 parts': `<CompleteMultipartUpload>${part.repeat(10_001)}</CompleteMultipartUpload>`,
    'an unknown entity': `<CompleteMultipartUpload>${part.replace('>"', '>&nbsp;"')}</CompleteMultipartUpload>`,
    'an ampersand': `<CompleteMultipartUpload>${part.replace('>"', '>&"')}</CompleteMultipartUpload>`,
    'a reference to no character': `<CompleteMultipartUpload>${part.replace('>"', '>&#0;"')}</CompleteMultipartUpload>`,
    'a reference beyond Unicode': `<CompleteMultipartUpload>${part.replace('>"', '>&#x110000;"')}</CompleteMultipartUpload>`,
    'an element named __proto__':
      '<CompleteMultipartUpload><__proto__><Part/></__proto__></CompleteMultipartUpload>',
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(`rejects completion with ${name}`, async () => {
      const response = await complete(body);
      assert.deepEqual([response.status, response.code], [400, 'MalformedXML']);
    });
  }

  test('rejects completion with a body that is too large', async () => {
    const response = await complete(' '.repeat(5 * 1024 * 1024));
    assert.deepEqual([response.status, response.code], [400, 'EntityTooLarge']);
  });

  const traversals = [
    '..',
    '../../escaped',
    'a/../../../escaped',
    '..\\..\\escaped',
    'a/./b',
    'nul\u0000byte',
    '.',
    'C:\\x',
  ];
  for (const key of traversals) {
    test(`stores the key ${JSON.stringify(key)} inside the root directory`, async () => {
      const target = `/${BUCKET}/${encodeURIComponent(key)}`;
      const body = `content of ${key}`;
      assert.equal((await sendSigned(oss, { method: 'PUT', target, body })).status, 200);
      assert.equal((await sendSigned(oss, { method: 'GET', target })).text, body);
      assert.deepEqual(await readdir(parent), ['root']);
      const files = await readdir(join(parent, 'root'), { recursive: true });
      assert.deepEqual(
        files.filter((file) => relative('.', file).startsWith('..') || file.includes('escaped')),
        [],
      );
    });
  }

  const keys: Record<string, string> = {
    'one byte too long': 'x'.repeat(1024),
    'too long in UTF-8': '文'.repeat(342),
    'with a leading slash': '%2Fx',
    'with a leading backslash': '%5Cx',
  };
  for (const [name, key] of Object.entries(keys)) {
    test(`rejects a key ${name}`, async () => {
      const target = `/${BUCKET}/${key.startsWith('%') ? key : encodeURIComponent(key)}`;
      const response = await sendSigned(oss, { method: 'PUT', target, body: 'x' });
      assert.deepEqual([response.status, response.code], [400, 'InvalidObjectName']);
    });
  }

  test('rejects a path that is not UTF-8', async () => {
    assert.equal((await send(oss, { method: 'GET', target: `/${BUCKET}/%FF%FE` })).code, 'InvalidURI');
  });

  test('rejects a path with a truncated escape sequence', async () => {
    assert.equal((await send(oss, { method: 'GET', target: `/${BUCKET}/%E4%B` })).code, 'InvalidURI');
  });

  test('rejects a request target without a path', async () => {
    assert.equal((await send(oss, { method: 'OPTIONS', target: '*' })).code, 'InvalidURI');
  });

  test('accepts headers of 60 kB', async () => {
    const headers = { 'x-long': 'x'.repeat(60_000) };
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/long-header`,
      headers,
      body: 'x',
    });
    assert.equal(response.status, 200);
  });

  test('rejects headers of 100 kB', async () => {
    const headers = { 'x-long': 'x'.repeat(100_000) };
    assert.equal((await send(oss, { method: 'PUT', target: `/${BUCKET}/x`, headers })).status, 431);
  });

  const authorizations = [
    'OSS',
    'OSS :',
    'OSS a:',
    'OSS4-HMAC-SHA256',
    'OSS4-HMAC-SHA256 Credential=,Signature=',
    'OSS4-HMAC-SHA256 Credential=////,Signature=x',
    'OSS4-HMAC-SHA256 Credential=a/20250101/cn-hangzhou/oss/aliyun_v4_request,Signature=x',
    `OSS ${'x'.repeat(10_000)}:y`,
  ];
  for (const authorization of authorizations) {
    test(`rejects the Authorization header ${JSON.stringify(authorization.slice(0, 60))}`, async () => {
      const headers = {
        authorization,
        'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
        'x-oss-date': 'yesterday',
      };
      const { status } = await send(oss, { method: 'GET', target: `/${BUCKET}/x`, headers });
      assert.ok(status === 400 || status === 403, String(status));
    });
  }

  test('rejects an object larger than 5 GiB before reading it', async () => {
    const request = { method: 'PUT', target: `/${BUCKET}/huge` };
    const headers = { 'content-length': String(6 * 1024 ** 3), connection: 'close' };
    assert.match(await sendHead(oss, request, headers), /<Code>EntityTooLarge</);
  });

  const unimplemented: [string, string][] = [
    ['HEAD', `/${BUCKET}/x?acl`],
    ['DELETE', `/${BUCKET}/x?tagging`],
    ['GET', `/${BUCKET}/x?versionId=1`],
    ['PUT', `/${BUCKET}/x?symlink`],
    ['POST', `/${BUCKET}/x?append&position=0`],
    ['POST', `/${BUCKET}/x`],
    ['GET', `/${BUCKET}/?uploads&delimiter=/`],
    ['GET', `/${BUCKET}/?cors`],
    ['GET', `/${BUCKET}/?versions&prefix=x`],
    ['GET', `/${BUCKET}/?bucketInfo`],
    ['DELETE', `/${BUCKET}/`],
    ['GET', `/${BUCKET}/x?x-oss-process=image/resize,w_1`],
    ['GET', `/${BUCKET}/x?x-oss-unknown=1`],
  ];
  for (const [method, target] of unimplemented) {
    test(`responds with 501 to ${method} ${target}`, async () => {
      assert.equal((await sendSigned(oss, { method, target })).status, 501);
    });
  }

  for (const header of [
    'x-oss-persistent-headers',
    'x-oss-storageclass',
    'x-oss-copy-source-if-none-match',
  ]) {
    test(`responds with 501 to the header ${header}`, async () => {
      const headers = { [header]: 'x' };
      const response = await sendSigned(oss, { method: 'PUT', target: `/${BUCKET}/x`, headers, body: 'x' });
      assert.deepEqual([response.status, response.code], [501, 'NotImplemented']);
      assert.match(response.text, new RegExp(`<Header>${header}</Header>`));
    });
  }

  test('accepts headers and parameters without an effect', async () => {
    const headers = {
      'x-oss-user-agent': 'aliyun-sdk-js/6.23.0',
      'x-oss-request-payer': 'requester',
      'x-custom': 'x',
    };
    const request = { method: 'PUT', target: `/${BUCKET}/x?time=1`, headers, body: 'x' };
    assert.equal((await sendSigned(oss, request)).status, 200);
  });

  const settings: [string, string, string][] = [
    ['x-oss-storage-class', 'Cheap', 'InvalidArgument'],
    ['x-oss-object-acl', 'everyone', 'InvalidArgument'],
    ['x-oss-tagging', 'a=1&a=2', 'InvalidTag'],
    ['x-oss-tagging', Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&'), 'InvalidTag'],
    ['x-oss-tagging', `a=${encodeURIComponent('值')}`, 'InvalidTag'],
    ['x-oss-tagging', 'a=b%23', 'InvalidTag'],
    ['x-oss-tagging', 'a=b=c', 'InvalidTag'],
    ['x-oss-tagging', 'a=%ff', 'InvalidTag'],
    ['x-oss-tagging', '=b', 'InvalidTag'],
    ['x-oss-tagging', `${'k'.repeat(129)}=v`, 'InvalidTag'],
    ['x-oss-tagging', `k=${'v'.repeat(257)}`, 'InvalidTag'],
    ['x-oss-forbid-overwrite', 'yes', 'InvalidArgument'],
    ['x-oss-traffic-limit', '819199', 'InvalidArgument'],
    ['x-oss-traffic-limit', 'fast', 'InvalidArgument'],
    ['x-oss-server-side-encryption', 'DES', 'InvalidEncryptionAlgorithmError'],
    ['x-oss-server-side-encryption', 'aes256', 'InvalidEncryptionAlgorithmError'],
    ['x-oss-server-side-encryption', '', 'InvalidEncryptionAlgorithmError'],
    ['x-oss-server-side-encryption-key-id', '9468da86-3509-4f8d-a61e-6eab1eac0000', 'InvalidArgument'],
    ['x-oss-server-side-data-encryption', 'AES256', 'InvalidEncryptionAlgorithmError'],
    ['x-oss-meta-user_name', 'Ada', 'InvalidArgument'],
    ['x-oss-meta-long', 'x'.repeat(8 * 1024 - 14), 'InvalidArgument'],
    ['x-oss-callback', 'bm8ganNvbg==', 'InvalidArgument'],
  ];
  for (const [header, value, code] of settings) {
    test(`rejects ${header}: ${value.slice(0, 20)}`, async () => {
      const response = await sendSigned(oss, {
        method: 'PUT',
        target: `/${BUCKET}/x`,
        headers: { [header]: value },
        body: 'x',
      });
      assert.deepEqual([response.status, response.code], [400, code]);
    });
  }

  for (const [name, value] of [
    ['user_name', 'Ada'],
    ['long', 'x'.repeat(8 * 1024)],
  ]) {
    test(`rejects a multipart upload with the metadata ${name}`, async () => {
      const response = await sendSigned(oss, {
        method: 'POST',
        target: `/${BUCKET}/x?uploads`,
        headers: { [`x-oss-meta-${name}`]: value! },
      });
      assert.deepEqual([response.status, response.code], [400, 'InvalidArgument']);
    });
  }

  test('accepts metadata of 8 KB and tags with every allowed character', async () => {
    const response = await sendSigned(oss, {
      method: 'PUT',
      target: `/${BUCKET}/x`,
      headers: {
        'x-oss-meta-long': 'x'.repeat(8 * 1024 - 15),
        'x-oss-tagging': `Az09=${encodeURIComponent(' +-=._:/')}`,
      },
      body: 'x',
    });
    assert.equal(response.status, 200);
  });

  test('rejects invalid bucket names', async () => {
    for (const name of ['../up', 'UPPER', '_control', 'a', '-a-', 'x'.repeat(64)]) {
      await assert.rejects(oss.createBucket(name), RangeError);
    }
  });
});
