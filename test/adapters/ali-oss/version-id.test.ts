import { expect } from '@open-wc/testing';
import { neverAborted } from '../support.js';
import { openGateway } from './setup.js';

const headers: Record<string, string> = {
  etag: '"A"',
  'content-length': '1',
  'x-oss-version-id': 'VERSION',
};

/** Replaces XMLHttpRequest. Responds as OSS does in a bucket with versioning. */
class FakeRequest extends EventTarget {
  readonly upload = new EventTarget();
  readonly status = 200;
  responseText = '';
  onload?: () => void;

  open(method: string): void {
    if (method === 'POST') this.responseText = '<CompleteMultipartUploadResult/>';
  }
  setRequestHeader(): void {}
  abort(): void {}
  getAllResponseHeaders(): string {
    return Object.keys(headers)
      .map((name) => `${name}: …\r\n`)
      .join('');
  }

  getResponseHeader(name: string): string | undefined {
    return headers[name];
  }

  send(): void {
    queueMicrotask(() => this.onload?.());
  }
}

describe('the version of an object', () => {
  const OriginalRequest = XMLHttpRequest;
  after(() => (globalThis.XMLHttpRequest = OriginalRequest));

  it('is returned by each operation that returns an object', async () => {
    const gateway = await openGateway('versioned', 'film.mp4');
    globalThis.XMLHttpRequest = FakeRequest as unknown as typeof XMLHttpRequest;
    const objects = [
      await gateway.put(new Blob(['x']), neverAborted()),
      await gateway.completeUpload('id', [{ number: 1, etag: '"A"' }], neverAborted()),
      await gateway.head(neverAborted()),
    ];
    expect(objects.map((object) => object?.versionId)).to.deep.equal(['VERSION', 'VERSION', 'VERSION']);
  });
});
