// Server-side encryption: the emulator checks and returns its headers, and stores the content unencrypted.
// Source: OSS API reference, PutObject and InitiateMultipartUpload.

import { invalidArgument, OssError } from './oss-error.js';

const ALGORITHM = 'x-oss-server-side-encryption';
const KEY_ID = 'x-oss-server-side-encryption-key-id';
/** Algorithm for the content if KMS encrypts its key. */
const DATA_ALGORITHM = 'x-oss-server-side-data-encryption';

export const ENCRYPTION_HEADERS: readonly string[] = [ALGORITHM, KEY_ID, DATA_ALGORITHM];

/**
 * Returns the encryption headers of a request. Responses that concern the object contain them, too.
 * @throws {OssError} `InvalidEncryptionAlgorithmError` or `InvalidArgument` (400).
 */
export function parseEncryption(headers: ReadonlyMap<string, string>): Record<string, string> {
  const algorithm = headers.get(ALGORITHM);
  const keyId = headers.get(KEY_ID);
  const dataAlgorithm = headers.get(DATA_ALGORITHM);
  if (algorithm !== undefined && !['AES256', 'SM4', 'KMS'].includes(algorithm)) throw invalidAlgorithm();
  if (dataAlgorithm !== undefined && dataAlgorithm !== 'SM4') throw invalidAlgorithm();
  if (algorithm !== 'KMS' && (keyId ?? dataAlgorithm) !== undefined) {
    throw invalidArgument('A key ID or a data encryption algorithm requires KMS.', '0005-00000204');
  }
  if (keyId === '') throw invalidArgument('The key ID is empty.', '0005-00000205');
  const entries = ENCRYPTION_HEADERS.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const invalidAlgorithm = (): OssError =>
  new OssError(
    400,
    'InvalidEncryptionAlgorithmError',
    'The Encryption request you specified is not valid. Supported value: AES256/SM4/KMS.',
    { ec: '0005-00000003' },
  );
