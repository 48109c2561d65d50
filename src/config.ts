/** Converts the element's settings to engine options and restrictions, and validates them. Pure. */

import { parseAccept } from './accept.js';
import { UploadError, type Page } from './core/index.js';
import { makesUniqueKeys } from './core/object-key.js';
import { describeValue, invalidOption, type ReportInvalid } from './core/options/invalid-option.js';
import { parseSize, parseWholeNumber } from './core/options/numbers.js';
import { checkFunction } from './core/options/page-function.js';
import { parseOptions } from './core/options/parse-options.js';
import type { UploaderOptions } from './create-uploader.js';
import type { FormElement } from './form-element.js';
import type { Restrictions } from './restrictions.js';
import type { SettingsElement } from './settings-element.js';
import { parseStoredFiles } from './stored-files.js';

/** The element's own settings, without inherited members. Values come from the page and may be invalid. */
export type ElementConfig = Omit<SettingsElement, keyof FormElement>;

/** What is wrong with the settings. */
export interface ConfigProblems {
  /** Settings that are missing or invalid. Except for limits on files, uploads fail because of them. */
  errors: UploadError[];
  /** Settings that probably don't have the intended effect. */
  warnings: UploadError[];
}

/** Returns the settings of the engine, which validates them before each transfer. */
export function toUploaderOptions(config: ElementConfig): UploaderOptions {
  const { region, bucket, endpoint, cname, pathStyle, objectKey, overwrite } = config;
  const { credentialsUrl, withCredentials, credentialsInit, getCredentials, sdk } = config;
  const { partSize, parallel, concurrentFiles, retries, noResume, resumeScope, noVerify } = config;
  const { headers, meta, tags, storageClass, callback, objectOptions } = config;
  return {
    region,
    bucket,
    endpoint,
    cname,
    pathStyle,
    objectKey,
    onCollision: config.onCollision,
    overwrite,
    credentialsUrl,
    withCredentials,
    credentialsInit,
    getCredentials,
    partSize,
    parallel,
    concurrentFiles,
    retries,
    noResume,
    resumeScope,
    noVerify,
    headers,
    meta,
    tags,
    storageClass,
    callback,
    objectOptions,
    sdk,
  };
}

/** Returns which files the settings accept. Invalid values fall back to their defaults. */
export function toRestrictions(
  { accept, multiple, directory, maxSize, maxFiles }: ElementConfig,
  invalid: ReportInvalid = () => undefined,
): Restrictions {
  const isMultiple = multiple || directory;
  const limit = parseWholeNumber('max-files', maxFiles, 1, invalid) ?? Infinity;
  return {
    accept: accept || undefined,
    maxSize: parseSize('max-size', maxSize, invalid) ?? Infinity,
    maxFiles: isMultiple ? limit : 1,
    multiple: isMultiple,
  };
}

/** Returns the page of an element, against which relative URLs resolve. */
export function pageOf({ baseURI }: Pick<Node, 'baseURI'>): Page {
  return { baseUrl: baseURI, isSecure: /^https:/.test(globalThis.origin) };
}

/** Validates all settings. */
export function validateConfig(config: ElementConfig, page: Page | undefined): ConfigProblems {
  const { errors } = parseOptions(toUploaderOptions(config), page);
  const warnings: UploadError[] = [];
  const reportTo =
    (problems: UploadError[]): ReportInvalid =>
    (...problem) =>
      void problems.push(invalidOption(...problem));
  const { credentialsUrl, getCredentials, accept, objectKey } = config;
  if (!credentialsUrl && !getCredentials) errors.push(new UploadError('credentials-missing'));
  checkFunction('validateFile', config.validateFile, 'a sentence or undefined', reportTo(errors));
  const { multiple } = toRestrictions(config, reportTo(errors));
  const { tokens, invalid } = parseAccept(accept);
  const reportAccept = reportTo(tokens.length > 0 ? warnings : errors);
  for (const token of invalid) {
    reportAccept(
      'accept',
      describeValue(token),
      'Use extensions such as .jpg, or MIME types such as image/*.',
    );
  }
  const reportKey = (fix: string) => reportTo(warnings)('object-key', describeValue(objectKey), fix);
  if (multiple && !makesUniqueKeys(objectKey)) {
    reportKey('Add {name}, {path} or {uuid}, because several files would get the same key.');
  }
  if (typeof objectKey === 'string' && objectKey.replace(/^\/+/, '').includes('//')) {
    reportKey('Remove one of the two slashes, which create a folder without a name.');
  }
  parseStoredFiles(config.stored, page?.baseUrl, reportTo(warnings));
  return { errors, warnings };
}
