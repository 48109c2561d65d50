// Maps requests to OSS operations, and operations to the RAM actions that permit them.

/** Implemented operations and the RAM action that each requires. */
export const ACTIONS = {
  PutObject: 'oss:PutObject',
  PostObject: 'oss:PutObject',
  GetObject: 'oss:GetObject',
  HeadObject: 'oss:GetObject',
  CopyObject: 'oss:PutObject',
  DeleteObject: 'oss:DeleteObject',
  PutObjectTagging: 'oss:PutObjectTagging',
  GetObjectTagging: 'oss:GetObjectTagging',
  PutObjectAcl: 'oss:PutObjectAcl',
  GetObjectAcl: 'oss:GetObjectAcl',
  InitiateMultipartUpload: 'oss:PutObject',
  UploadPart: 'oss:PutObject',
  UploadPartCopy: 'oss:PutObject',
  ListParts: 'oss:ListParts',
  CompleteMultipartUpload: 'oss:PutObject',
  AbortMultipartUpload: 'oss:AbortMultipartUpload',
  ListMultipartUploads: 'oss:ListMultipartUploads',
  ListObjects: 'oss:ListObjects',
  ListObjectsV2: 'oss:ListObjects',
} as const;

/** An operation that the emulator implements. */
export type ImplementedOperation = keyof typeof ACTIONS;

/** `Unknown` covers every operation that isn't implemented. */
export type Operation = ImplementedOperation | 'Preflight' | 'Unknown';

/** Query parameters of operations that aren't implemented. */
const UNSUPPORTED_PARAMETERS = [
  'append',
  'asyncFetch',
  'comp',
  'live',
  'position',
  'restore',
  'sequential',
  'status',
  'symlink',
  'versionId',
  'vod',
  'x-oss-process',
];

/** Query parameters of presigned URLs, except for those that start with `x-oss-`. */
const SIGNATURE_PARAMETERS = ['OSSAccessKeyId', 'Expires', 'Signature', 'security-token'];
const LISTING_PARAMETERS = ['prefix', 'marker', 'delimiter', 'max-keys', 'encoding-type'];

/** Returns the operation that a request addresses. */
export function identifyOperation(
  method: string,
  key: string,
  query: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, string>,
): Operation {
  if (method === 'OPTIONS') return 'Preflight';
  if (UNSUPPORTED_PARAMETERS.some((name) => query.has(name))) return 'Unknown';
  if (headers.has('x-oss-copy-source')) {
    if (method !== 'PUT' || key === '' || query.has('tagging') || query.has('acl')) return 'Unknown';
    return query.has('uploadId') ? 'UploadPartCopy' : 'CopyObject';
  }
  return (key === '' ? bucketOperation(method, query) : objectOperation(method, query)) ?? 'Unknown';
}

function bucketOperation(method: string, query: ReadonlyMap<string, string>): Operation | undefined {
  if (method === 'POST') return hasOnly(query, []) ? 'PostObject' : undefined;
  if (method !== 'GET') return undefined;
  if (query.has('uploads')) return 'ListMultipartUploads';
  if (query.has('list-type')) return query.get('list-type') === '2' ? 'ListObjectsV2' : undefined;
  return hasOnly(query, LISTING_PARAMETERS) ? 'ListObjects' : undefined;
}

/** Whether no other parameter selects another operation, as `cors` or `versions` do. */
const hasOnly = (query: ReadonlyMap<string, string>, parameters: readonly string[]): boolean =>
  [...query.keys()].every(
    (name) => parameters.includes(name) || SIGNATURE_PARAMETERS.includes(name) || name.startsWith('x-oss-'),
  );

function objectOperation(method: string, query: ReadonlyMap<string, string>): Operation | undefined {
  const isUpload = query.has('uploadId');
  if (query.has('tagging')) return settingOperation(method, 'PutObjectTagging', 'GetObjectTagging');
  if (query.has('acl')) return settingOperation(method, 'PutObjectAcl', 'GetObjectAcl');
  switch (method) {
    case 'PUT':
      return isUpload || query.has('partNumber') ? 'UploadPart' : 'PutObject';
    case 'GET':
      return isUpload ? 'ListParts' : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'DELETE':
      return isUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (query.has('uploads')) return 'InitiateMultipartUpload';
      return isUpload ? 'CompleteMultipartUpload' : undefined;
    default:
      return undefined;
  }
}

function settingOperation(method: string, put: Operation, get: Operation): Operation | undefined {
  if (method === 'PUT') return put;
  return method === 'GET' ? get : undefined;
}
