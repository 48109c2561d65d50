// Refuses headers and query parameters that the emulator doesn't implement, so that a test notices them. Like OSS, an
// operation ignores the headers of other operations.

import { CONDITIONAL_HEADERS } from './conditions.js';
import { ENCRYPTION_HEADERS } from './encryption.js';
import { CONTENT_HEADERS } from './object-settings.js';
import type { ImplementedOperation } from './operation.js';
import { invalidArgument, notImplemented, OssError } from './oss-error.js';
import type { SignableRequest } from './signature.js';

const IMPLEMENTED_HEADERS = new Set([
  'x-oss-callback',
  'x-oss-callback-var',
  'x-oss-complete-all',
  'x-oss-content-sha256',
  'x-oss-copy-source',
  'x-oss-copy-source-if-match',
  'x-oss-copy-source-range',
  'x-oss-date',
  'x-oss-forbid-overwrite',
  'x-oss-metadata-directive',
  'x-oss-object-acl',
  'x-oss-range-behavior',
  'x-oss-security-token',
  'x-oss-storage-class',
  'x-oss-tagging',
  'x-oss-tagging-directive',
  'x-oss-traffic-limit',
  ...ENCRYPTION_HEADERS,
]);

/** Headers of buckets, and headers that change nothing in the emulator, which charges nobody. */
const HARMLESS_HEADERS = new Set(['x-oss-acl', 'x-oss-request-payer', 'x-oss-user-agent']);

/** Headers of a PostObject request that it reads, or ignores because they belong to a signature. Settings are fields. */
const FORM_HEADERS = new Set([
  'x-oss-content-sha256',
  'x-oss-date',
  'x-oss-object-acl',
  'x-oss-security-token',
  ...HARMLESS_HEADERS,
]);

/** Fields of a form with the prefix `x-oss-`, in addition to metadata. */
const IMPLEMENTED_FIELDS = new Set([
  'x-oss-content-type',
  'x-oss-credential',
  'x-oss-date',
  'x-oss-forbid-overwrite',
  'x-oss-object-acl',
  'x-oss-security-token',
  'x-oss-signature',
  'x-oss-signature-version',
  'x-oss-storage-class',
  'x-oss-traffic-limit',
  ...ENCRYPTION_HEADERS,
]);

/** Parameters with the prefix `x-oss-`. Those without it select an operation. */
const IMPLEMENTED_PARAMETERS = new Set([
  'x-oss-additional-headers',
  'x-oss-credential',
  'x-oss-date',
  'x-oss-expires',
  'x-oss-request-payer',
  'x-oss-security-token',
  'x-oss-signature',
  'x-oss-signature-version',
  'x-oss-traffic-limit',
]);

/** Prefix of the parameters of GetObject that replace a content header in the response. */
export const OVERRIDE_PREFIX = 'response-';

/** Operations that create objects. */
const ENCRYPTING_OPERATIONS: readonly string[] = ['PutObject', 'CopyObject', 'InitiateMultipartUpload'];
const CONDITIONAL_OPERATIONS: readonly string[] = ['GetObject', 'HeadObject'];
/** For these, the SDK sends each header twice: as it is, and with the prefix `x-oss-copy-source-`. */
const COPYING_OPERATIONS: readonly string[] = ['CopyObject', 'UploadPartCopy'];

/**
 * Checks that the emulator implements the headers and parameters of a request.
 * @throws {OssError} `NotImplemented` (501) if it doesn't; `NotImplemented` or `InvalidArgument` (400) if OSS refuses a
 *   header for the operation.
 */
export function checkSupported(
  operation: ImplementedOperation,
  { headers, query }: Pick<SignableRequest, 'headers' | 'query'>,
): void {
  const parameter = [...query.keys()].find(isUnknownParameter);
  if (parameter !== undefined) throw notImplemented({ Parameter: parameter });
  const isCopy = COPYING_OPERATIONS.includes(operation);
  const unknown = [...headers.keys()].find(
    (name) =>
      name.startsWith('x-oss-') && !isKnown(name) && !(isCopy && name.startsWith('x-oss-copy-source-')),
  );
  if (unknown !== undefined) throw notImplemented({ Header: unknown });
  const condition = CONDITIONAL_HEADERS.find((name) => headers.has(name));
  if (condition !== undefined && !isCopy && !CONDITIONAL_OPERATIONS.includes(operation)) {
    throw conditionRefused(condition);
  }
  if (headers.has('x-oss-server-side-encryption') && !ENCRYPTING_OPERATIONS.includes(operation)) {
    throw invalidArgument('x-oss-server-side-encryption is not supported here.', '0005-00000002');
  }
}

/**
 * Checks that the emulator implements the headers and fields of a PostObject request.
 * @param fields Fields of the form, by name in lowercase.
 * @throws {OssError} `NotImplemented` (501).
 */
export function checkSupportedForm(
  headers: ReadonlyMap<string, string>,
  fields: ReadonlyMap<string, string>,
): void {
  const isUnknown = (name: string): boolean => name.startsWith('x-oss-') && !FORM_HEADERS.has(name);
  const header = [...headers.keys()].find(isUnknown);
  if (header !== undefined) throw notImplemented({ Header: header });
  const isUnknownField = (name: string): boolean =>
    name.startsWith('x-oss-') && !name.startsWith('x-oss-meta-') && !IMPLEMENTED_FIELDS.has(name);
  const field = [...fields.keys()].find(isUnknownField);
  if (field !== undefined) throw notImplemented({ Field: field });
}

const isUnknownParameter = (name: string): boolean =>
  (name.startsWith('x-oss-') && !IMPLEMENTED_PARAMETERS.has(name)) ||
  (name.startsWith(OVERRIDE_PREFIX) && !CONTENT_HEADERS.has(name.slice(OVERRIDE_PREFIX.length)));

const isKnown = (header: string): boolean =>
  header.startsWith('x-oss-meta-') || IMPLEMENTED_HEADERS.has(header) || HARMLESS_HEADERS.has(header);

// OSS responds with 400 instead of 501.
const conditionRefused = (header: string): OssError =>
  new OssError(
    400,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented.',
    {
      details: { Header: header },
      ec: '0017-00000245',
    },
  );
