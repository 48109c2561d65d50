/** From what is set on the element to what the engine is told, and what is wrong with it. */

import { parseByteSize, UploadError, type ErrorTexts } from './core/index.js';
import type { UploaderOptions } from './create-uploader.js';
import type { OssResumableUpload } from './oss-resumable-upload.js';

type Hooks = Pick<UploaderOptions, 'errorTexts' | 'onBeforeStart' | 'onPersistenceError'>;

/** The one place where attributes and properties become options. What can't be used falls back to its default. */
export function toUploaderOptions(element: OssResumableUpload, hooks: Hooks): UploaderOptions {
  const { cname, pathStyle, overwrite, withCredentials, noResume, noVerify } = element;
  const { headers, meta, tags, storageClass, callback, credentialsInit, getCredentials, sdk } = element;
  return {
    // An attribute that is taken away leaves `null` behind.
    region: element.region || undefined,
    bucket: element.bucket || undefined,
    endpoint: element.endpoint || undefined,
    cname,
    pathStyle,
    objectKey: element.objectKey || undefined,
    overwrite,
    credentialsUrl: element.credentialsUrl || undefined,
    withCredentials,
    credentialsInit,
    getCredentials,
    partSize: byteSize(element.partSize),
    parallel: count(element.parallel, 1),
    concurrentFiles: count(element.concurrentFiles, 1),
    retries: count(element.retries, 0),
    noResume,
    resumeScope: element.resumeScope || undefined,
    noVerify,
    headers,
    meta,
    tags,
    storageClass,
    callback,
    sdk,
    ...hooks,
  };
}

/** The largest file that is taken, in bytes. */
export function maxFileSize({ maxSize }: OssResumableUpload): number {
  return byteSize(maxSize) ?? Infinity;
}

/** Whether more than one file is taken. */
export function takesMany({ multiple, directory }: OssResumableUpload): boolean {
  return multiple || directory;
}

/** How many files are taken. */
export function maxFileCount(element: OssResumableUpload): number {
  return takesMany(element) ? (count(element.maxFiles, 1) ?? Infinity) : 1;
}

/** What a developer has to mend, in the texts of the person's language. */
export function validateConfig(element: OssResumableUpload, texts: ErrorTexts): UploadError[] {
  const faults: UploadError[] = [];
  if (!element.region) faults.push(new UploadError('region-missing'));
  if (!element.bucket) faults.push(new UploadError('bucket-missing'));
  if (!element.credentialsUrl && !element.getCredentials) faults.push(new UploadError('credentials-missing'));
  const { partSize, maxSize, maxFiles, parallel, concurrentFiles, retries } = element;
  const checks: [option: string, value: unknown, parsed: number | undefined][] = [
    ['part-size', partSize, byteSize(partSize)],
    ['max-size', maxSize, byteSize(maxSize)],
    ['max-files', maxFiles, count(maxFiles, 1)],
    ['parallel', parallel, count(parallel, 1)],
    ['concurrent-files', concurrentFiles, count(concurrentFiles, 1)],
    ['retries', retries, count(retries, 0)],
  ];
  for (const [option, value, parsed] of checks) {
    if (!isUnset(value) && parsed === undefined) {
      faults.push(new UploadError('option-invalid', { values: { option, value: String(value) } }));
    }
  }
  return faults.map((fault) => fault.describe(texts[fault.code]));
}

function byteSize(value: string | number | undefined): number | undefined {
  return isUnset(value) ? undefined : parseByteSize(value!) || undefined;
}

function count(value: string | number | undefined, least: number): number | undefined {
  const number = isUnset(value) ? NaN : Number(value);
  return Number.isInteger(number) && number >= least ? number : undefined;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 'auto';
}
