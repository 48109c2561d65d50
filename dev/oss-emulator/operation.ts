// The operations of OSS that this server knows: how a request names one, and the RAM action that allows it.

export const ACTIONS = {
  PutObject: 'oss:PutObject',
  GetObject: 'oss:GetObject',
  HeadObject: 'oss:GetObject',
  DeleteObject: 'oss:DeleteObject',
  PutObjectTagging: 'oss:PutObjectTagging',
  GetObjectTagging: 'oss:GetObjectTagging',
  InitiateMultipartUpload: 'oss:PutObject',
  UploadPart: 'oss:PutObject',
  ListParts: 'oss:ListParts',
  CompleteMultipartUpload: 'oss:PutObject',
  AbortMultipartUpload: 'oss:AbortMultipartUpload',
  ListMultipartUploads: 'oss:ListMultipartUploads',
  ListObjectsV2: 'oss:ListObjects',
} as const;

/** An operation that is carried out here. */
export type KnownOperation = keyof typeof ACTIONS;

export type Operation = KnownOperation | 'Preflight' | 'Unknown';

/** Parameters that turn a request for an object into an operation that is not implemented. */
const FOREIGN = ['acl', 'append', 'asyncFetch', 'restore', 'symlink', 'versionId', 'x-oss-process'];

export function operationOf(
  method: string,
  key: string,
  query: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, string>,
): Operation {
  if (method === 'OPTIONS') return 'Preflight';
  if (FOREIGN.some((name) => query.has(name)) || headers.has('x-oss-copy-source')) return 'Unknown';
  return (key === '' ? bucketOperation(method, query) : objectOperation(method, query)) ?? 'Unknown';
}

function bucketOperation(method: string, query: ReadonlyMap<string, string>): Operation | undefined {
  if (method !== 'GET') return undefined;
  if (query.has('uploads')) return 'ListMultipartUploads';
  return query.get('list-type') === '2' ? 'ListObjectsV2' : undefined;
}

function objectOperation(method: string, query: ReadonlyMap<string, string>): Operation | undefined {
  const isUpload = query.has('uploadId');
  const isTagging = query.has('tagging');
  switch (method) {
    case 'PUT':
      if (isTagging) return 'PutObjectTagging';
      return isUpload || query.has('partNumber') ? 'UploadPart' : 'PutObject';
    case 'GET':
      if (isTagging) return 'GetObjectTagging';
      return isUpload ? 'ListParts' : 'GetObject';
    case 'HEAD':
      return 'HeadObject';
    case 'DELETE':
      if (isTagging) return undefined;
      return isUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      if (query.has('uploads')) return 'InitiateMultipartUpload';
      return isUpload ? 'CompleteMultipartUpload' : undefined;
    default:
      return undefined;
  }
}
