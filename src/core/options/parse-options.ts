/**
 * Parses and validates all options of an uploader. The element uses this to report invalid settings to the developer, and
 * the engine uses it before each transfer.
 */

import { UploadError } from '../errors.js';
import { checkObjectKeyOption, checkOnCollision } from '../object-key.js';
import type { BucketLocation, ObjectOptions, Page } from '../ports.js';
import { withoutRootPrototype } from '../without-prototype.js';
import { checkAccess, type RawAccessOptions } from './access.js';
import { invalidOption, isUnset, parseBoolean, parseText } from './invalid-option.js';
import { parseBucket, parseEndpoint, parseRegion } from './location.js';
import { parsePartSize, parseWholeNumber } from './numbers.js';
import { parseObjectOptions } from './object-options.js';
import { checkFunction } from './page-function.js';

/** Options as a page sets them. Values may be invalid. */
export interface RawOptions extends RawAccessOptions {
  region?: unknown;
  bucket?: unknown;
  endpoint?: unknown;
  cname?: unknown;
  pathStyle?: unknown;
  objectKey?: unknown;
  onCollision?: unknown;
  partSize?: unknown;
  parallel?: unknown;
  concurrentFiles?: unknown;
  retries?: unknown;
  noResume?: unknown;
  resumeScope?: unknown;
  noVerify?: unknown;
  contentType?: unknown;
  overwrite?: unknown;
  headers?: unknown;
  meta?: unknown;
  tags?: unknown;
  storageClass?: unknown;
  callback?: unknown;
  objectOptions?: unknown;
}

/** Valid options of one transfer. Invalid ones are replaced with defaults. */
export interface ParsedOptions {
  location: BucketLocation;
  object: ObjectOptions;
  /** Bytes. */
  partSize: number | undefined;
  parallel: number | undefined;
  retries: number | undefined;
}

export interface ParseResult extends ParsedOptions {
  /** One error for each option that is missing or invalid. Uploads fail with the first one. */
  errors: UploadError[];
}

export function parseOptions(rawOptions: RawOptions, page: Page | undefined): ParseResult {
  const options = withoutRootPrototype(rawOptions);
  const errors: UploadError[] = [];
  const invalid = (...args: Parameters<typeof invalidOption>): undefined =>
    void errors.push(invalidOption(...args));
  if (isUnset(options.region)) errors.push(new UploadError('region-missing'));
  if (isUnset(options.bucket)) errors.push(new UploadError('bucket-missing'));

  const bucket = parseBucket(options.bucket, invalid);
  const cname = parseBoolean('cname', options.cname, invalid);
  const pathStyle = parseBoolean('path-style', options.pathStyle, invalid);
  if (cname && isUnset(options.endpoint)) {
    invalid('cname', 'true', 'Set endpoint to the domain that is bound to the bucket.');
  }
  const location = {
    region: parseRegion(options.region, !isUnset(options.endpoint), invalid) ?? '',
    bucket: bucket ?? '',
    endpoint: parseEndpoint(options.endpoint, { bucket, cname, pathStyle, page }, invalid),
    cname,
    pathStyle,
  };
  checkAccess(options, page, invalid);
  checkObjectKeyOption(options.objectKey, invalid);
  checkOnCollision(options.onCollision, invalid);
  checkFunction('objectOptions', options.objectOptions, 'an object with settings', invalid);
  if (typeof options.resumeScope !== 'number') parseText('resume-scope', options.resumeScope, invalid);
  parseBoolean('no-resume', options.noResume, invalid);
  parseBoolean('no-verify', options.noVerify, invalid);
  parseWholeNumber('concurrent-files', options.concurrentFiles, 1, invalid);
  return {
    location,
    object: parseObjectOptions(options, invalid),
    partSize: parsePartSize(options.partSize, invalid),
    parallel: parseWholeNumber('parallel', options.parallel, 1, invalid),
    retries: parseWholeNumber('retries', options.retries, 0, invalid),
    errors,
  };
}
