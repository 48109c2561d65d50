// What the page uploads with: the engine alone, or the element.
import type { Upload, Uploader } from '../../../src/core/index.js';
import { createUploader, type UploaderOptions, type UploaderParts } from '../../../src/create-uploader.js';
import { OssResumableUpload } from '../../../src/oss-resumable-upload.js';
import { loadPanel } from '../../../src/panel-loader.js';
import type { Task } from '../task.js';

/** An engine with one upload. */
export interface Client {
  uploader: Uploader;
  /** The element, if the client has one. */
  element?: HTMLElement;
  /** Restores the upload of an earlier visit, or adds a new one. */
  add(file: File): Promise<Upload>;
  /** Adds another file before that of the schedule. */
  addFirst(file: File, key: string): Promise<Upload>;
}

const PART_SIZE = 100 * 1024;

// The element has its engine from the start.
await loadPanel();

/** @param key object key to upload to */
export function createClient(task: Task, key: string, parts: UploaderParts): Client {
  return task.usesElement ? createElementClient(task, key, parts) : createEngineClient(task, key, parts);
}

function optionsFor({ bucket, endpoint, parallel, overwrite, callback }: Task, key: string) {
  return {
    ...{ region: 'oss-cn-hangzhou', bucket, endpoint, objectKey: key, credentialsUrl: '/credentials' },
    ...{ partSize: PART_SIZE, parallel, overwrite, callback },
  } satisfies UploaderOptions;
}

function createEngineClient(task: Task, key: string, parts: UploaderParts): Client {
  const uploader = createUploader(optionsFor(task, key), parts);
  return {
    uploader,
    async add(file) {
      await uploader.restore();
      return uploader.add(file, key);
    },
    addFirst: (file, firstKey) => Promise.resolve(uploader.add(file, firstKey)),
  };
}

/** The element with other adapters. */
class FaultElement extends OssResumableUpload {
  parts: UploaderParts = {};
  engine!: Uploader;

  protected override createUploader(options: () => UploaderOptions): Uploader {
    return (this.engine = createUploader(options, this.parts));
  }
}
customElements.define('fault-upload', FaultElement);

function createElementClient(task: Task, key: string, parts: UploaderParts): Client {
  const element = new FaultElement();
  element.parts = parts;
  Object.assign(element, optionsFor(task, key));
  document.body.append(element);
  // Creates the engine, and clears nothing.
  element.clear();
  return {
    uploader: element.engine,
    element,
    async add(file) {
      await element.listResumable();
      return addTo(element, file, key);
    },
    addFirst: (file, firstKey) => addTo(element, file, firstKey),
  };
}

async function addTo(element: FaultElement, file: File, key: string): Promise<Upload> {
  // Without `multiple`, a file replaces the one that has been uploaded.
  element.objectKey = key;
  const [upload] = await element.addFiles([file]);
  if (!upload) throw new Error('The element has rejected the file.');
  return upload;
}
