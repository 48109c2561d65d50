// Creates an Uploader on top of the in-memory OSS, and records its events.
import type { Upload } from '../../src/core/upload.js';
import type { UploadStatus } from '../../src/core/upload-state.js';
import {
  Uploader,
  type UploaderEvent,
  type UploaderOptions,
  type UploaderPorts,
} from '../../src/core/uploader.js';
import { FakeOss } from './fake-oss.js';
import { seededRandom } from './seeded-random.js';
import { VirtualEnvironment } from './virtual-environment.js';

/** The minimum part size of OSS, in bytes. */
export const PART = 100 * 1024;

export interface TestUploader {
  uploader: Uploader;
  oss: FakeOss;
  env: VirtualEnvironment;
  events: UploaderEvent[];
}

export function createTestUploader(
  options: UploaderOptions = {},
  ports: Partial<UploaderPorts> = {},
): TestUploader {
  const env = new VirtualEnvironment();
  const oss = new FakeOss(() => env.now());
  const uploader = new Uploader(
    { region: 'cn-hangzhou', bucket: 'bucket', partSize: PART, ...options },
    { openGateway: oss.open, env, ...ports },
  );
  const events: UploaderEvent[] = [];
  uploader.subscribe((event) => events.push(event));
  return { uploader, oss, env, events };
}

/** Creates a file of pseudo-random bytes that depend only on the size (in bytes). */
export function makeFile(size: number, name = 'film.mp4'): File {
  const random = seededRandom(size);
  return new File([Uint8Array.from({ length: size }, () => random() * 256)], name);
}

/** Resolves when the upload has this status. */
export function reached(uploader: Uploader, upload: Upload, status: UploadStatus): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (upload.state.status !== status) return;
      stop();
      resolve();
    };
    const stop = uploader.subscribe(check);
    check();
  });
}
