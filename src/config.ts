/** Converts the element's settings to engine options, and validates them. Pure. */

import { parseByteSize, UploadError } from './core/index.js';
import type { UploaderOptions } from './create-uploader.js';
import type { FormElement } from './form-element.js';
import type { Restrictions } from './restrictions.js';
import type { SettingsElement } from './settings-element.js';

/** The element's own settings, without inherited members. Values come from the page and may be invalid. */
export type ElementConfig = Omit<SettingsElement, keyof FormElement>;

/** Converts settings to engine options. Invalid values fall back to their defaults. */
export function toUploaderOptions(config: ElementConfig): UploaderOptions {
  const { cname, pathStyle, overwrite, withCredentials, noResume, noVerify } = config;
  const { headers, meta, tags, storageClass, callback, credentialsInit, getCredentials, sdk } = config;
  return {
    region: config.region || undefined,
    bucket: config.bucket || undefined,
    endpoint: config.endpoint || undefined,
    cname,
    pathStyle,
    objectKey: config.objectKey || undefined,
    onCollision: config.onCollision,
    overwrite,
    credentialsUrl: config.credentialsUrl || undefined,
    withCredentials,
    credentialsInit,
    getCredentials,
    partSize: byteSize(config.partSize),
    parallel: wholeNumber(config.parallel, 1),
    concurrentFiles: wholeNumber(config.concurrentFiles, 1),
    retries: wholeNumber(config.retries, 0),
    noResume,
    resumeScope: config.resumeScope || undefined,
    noVerify,
    headers,
    meta,
    tags,
    storageClass,
    callback,
    sdk,
  };
}

/** Returns which files the settings accept. */
export function toRestrictions({
  accept,
  multiple,
  directory,
  maxSize,
  maxFiles,
}: ElementConfig): Restrictions {
  const isMultiple = multiple || directory;
  return {
    accept: accept || undefined,
    maxSize: byteSize(maxSize) ?? Infinity,
    maxFiles: isMultiple ? (wholeNumber(maxFiles, 1) ?? Infinity) : 1,
    multiple: isMultiple,
  };
}

/** Returns an error for each setting that is missing or invalid. */
export function validateConfig(config: ElementConfig): UploadError[] {
  const errors: UploadError[] = [];
  if (!config.region) errors.push(new UploadError('region-missing'));
  if (!config.bucket) errors.push(new UploadError('bucket-missing'));
  if (!config.credentialsUrl && !config.getCredentials) errors.push(new UploadError('credentials-missing'));
  const { partSize, maxSize, maxFiles, parallel, concurrentFiles, retries } = config;
  const numbers: [option: string, value: string | number | undefined, parsed: number | undefined][] = [
    ['part-size', partSize, byteSize(partSize)],
    ['max-size', maxSize, byteSize(maxSize)],
    ['max-files', maxFiles, wholeNumber(maxFiles, 1)],
    ['parallel', parallel, wholeNumber(parallel, 1)],
    ['concurrent-files', concurrentFiles, wholeNumber(concurrentFiles, 1)],
    ['retries', retries, wholeNumber(retries, 0)],
  ];
  for (const [option, value, parsed] of numbers) {
    if (!isUnset(value) && parsed === undefined) {
      errors.push(new UploadError('option-invalid', { values: { option, value: String(value) } }));
    }
  }
  return errors;
}

function byteSize(value: string | number | undefined): number | undefined {
  return isUnset(value) ? undefined : parseByteSize(value) || undefined;
}

function wholeNumber(value: string | number | undefined, min: number): number | undefined {
  const number = isUnset(value) ? NaN : Number(value);
  return Number.isInteger(number) && number >= min ? number : undefined;
}

function isUnset(value: unknown): value is null | undefined | '' | 'auto' {
  return value === undefined || value === null || value === '' || value === 'auto';
}
