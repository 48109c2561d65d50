import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Receiver } from '../../../../scripts/bench/receiver.js';
import { ReceiverStorage } from '../../../../scripts/bench/storage.js';

const content = Buffer.from('0123456789');
const sha256 = createHash('sha256').update(content).digest('hex');

describe('Receiver', () => {
  let receiver: Receiver;
  let storage: ReceiverStorage;
  let origin: string;

  before(async () => {
    receiver = await Receiver.start();
    storage = new ReceiverStorage(receiver);
    origin = `http://localhost:${receiver.port}`;
  });
  after(() => receiver.close());
  beforeEach(() => storage.reset());

  async function createTusUpload(): Promise<string> {
    const name = Buffer.from('folder/file.bin').toString('base64');
    const headers = { 'Upload-Length': String(content.length), 'Upload-Metadata': `filename ${name}` };
    const { headers: answer } = await fetch(`${origin}/tus/`, { method: 'POST', headers });
    return new URL(answer.get('location')!, origin).href;
  }

  function patch(url: string, offset: number, body: Buffer): Promise<Response> {
    const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
    return fetch(url, { method: 'PATCH', headers, body: new Uint8Array(body) });
  }

  async function offsetOf(url: string): Promise<number> {
    return Number((await fetch(url, { method: 'HEAD' })).headers.get('upload-offset'));
  }

  function putChunk(start: number, end: number): Promise<Response> {
    return fetch(`${origin}/chunks/folder/file.bin`, {
      method: 'PUT',
      headers: { 'Content-Range': `bytes ${start}-${end - 1}/${content.length}` },
      body: new Uint8Array(content.subarray(start, end)),
    });
  }

  it('stores a tus upload of several requests', async () => {
    const url = await createTusUpload();
    await patch(url, 0, content.subarray(0, 4));
    const { status } = await patch(url, 4, content.subarray(4));
    assert.equal(status, 204);
    assert.equal(await storage.sha256('folder/file.bin'), sha256);
  });

  it('rejects another offset than that of the upload', async () => {
    const url = await createTusUpload();
    assert.equal((await patch(url, 3, content)).status, 409);
  });

  it('keeps what arrived before a connection was lost', async () => {
    const url = await createTusUpload();
    const headers = { 'Upload-Offset': '0', 'Content-Length': content.length };
    const upload = request(url, { method: 'PATCH', headers });
    upload.on('error', () => {});
    upload.write(content.subarray(0, 6));
    while ((await storage.traffic()).bytesReceived < 6);
    upload.destroy();
    assert.equal(await offsetOf(url), 6);
    await patch(url, 6, content.subarray(6));
    assert.equal(await storage.sha256('folder/file.bin'), sha256);
  });

  it('stores chunks where their range says, and asks for more until the last one', async () => {
    const statuses = [(await putChunk(0, 5)).status, (await putChunk(5, 10)).status];
    assert.deepEqual(statuses, [308, 200]);
    assert.equal(await storage.sha256('folder/file.bin'), sha256);
  });

  it('counts requests and bytes until it is reset', async () => {
    await putChunk(0, 10);
    assert.deepEqual(await storage.traffic(), { requests: 1, bytesReceived: 10 });
    await storage.reset();
    assert.deepEqual(await storage.traffic(), { requests: 0, bytesReceived: 0 });
    assert.equal(await storage.sha256('folder/file.bin'), undefined);
  });
});
