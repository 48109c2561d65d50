// The files of one author in OSS. The browser of the author can write to one prefix; accepted files are moved to another,
// because a token that is still valid could change them.

import { createHash } from 'node:crypto';
import OSS, { type OssClient } from 'ali-oss';
import { credentialsIssuer, type UploadAccount } from '../../../dev/oss-emulator/credentials-endpoint.js';

export interface StorageOptions {
  account: UploadAccount;
  region: string;
  /** Empty if OSS is reached by its region. */
  endpoint: string;
  /** Whether requests use path-style URLs. Node, unlike browsers, doesn't resolve subdomains of `localhost`. */
  pathStyle: boolean;
}

/** ID and key prefixes of an author. */
export interface Author {
  id: string;
  /** Prefix that the author's browser can write to. */
  uploads: string;
  /** Prefix of accepted files, which only the server can write to. */
  accepted: string;
}

/** A file as OSS describes it. */
export interface StoredFile {
  key: string;
  /** Bytes. */
  size: number;
  /** Media type that the browser declared at the upload. OSS doesn't compare it with the content. */
  type: string;
  etag: string;
}

/** Error of a request to OSS. It has only the error code, because the SDK's error contains the signed request. */
export class StorageError extends Error {
  constructor(operation: string, { code = 'unknown', requestId = '' }: SdkError) {
    super(`${operation} failed: ${code} (request ${requestId})`);
    this.name = 'StorageError';
  }
}

interface SdkError {
  status?: number;
  code?: string;
  requestId?: string;
}

/** Milliseconds. */
const COPY_TIMEOUT = 5 * 60_000;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+/;

/** Create one for each submission: it requests credentials once, for the first file. */
export class AuthorStorage {
  readonly #options: StorageOptions;
  readonly #author: Author;
  #client: Promise<OssClient> | undefined;

  constructor(options: StorageOptions, author: Author) {
    this.#options = options;
    this.#author = author;
  }

  /** Resolves to `undefined` if the author has no such file. */
  async find(key: string): Promise<StoredFile | undefined> {
    const accepted = this.acceptedKey(key);
    if (accepted === undefined) return undefined;
    if (accepted === key) return this.#head(accepted);
    // An accepted file is found by the key of its upload as well, so that a form can be submitted twice. The other
    // submission may accept it between the first two requests.
    return (await this.#head(accepted)) ?? (await this.#head(key)) ?? this.#head(accepted);
  }

  /**
   * Moves a file to the accepted ones and resolves to its key. Resolves to `undefined` if the file was changed or deleted
   * since {@link find}.
   */
  async accept({ key, size, type, etag }: StoredFile): Promise<string | undefined> {
    const accepted = this.acceptedKey(key);
    if (accepted === undefined || accepted === key) return accepted;
    const client = await this.#connect();
    const headers = {
      'If-Match': etag,
      // An accepted file must not change.
      'x-oss-forbid-overwrite': 'true',
      // Replaces all headers and metadata of the upload. Browsers download such a file, and don't open it as a page.
      'Content-Type': type,
      'Content-Disposition': 'attachment',
    };
    const status = await client.copy(accepted, key, { headers, timeout: COPY_TIMEOUT }).then(
      () => 200,
      (error: unknown) => statusOf('CopyObject', error, [404, 409, 412]),
    );
    if (status !== 200) {
      // Another submission may have accepted the file. Only an equal file has passed the checks of this one.
      const other = await this.#head(accepted);
      return other?.size === size && other.type === type ? accepted : undefined;
    }
    await client.delete(key).catch((error: unknown) => {
      // The upload is of no use any more, but it does no harm.
      console.error(new StorageError('DeleteObject', error as SdkError).message);
    });
    return accepted;
  }

  /** Returns the key of a file once it is accepted, or `undefined` if the key isn't one of the author's. */
  acceptedKey(key: string): string | undefined {
    const { uploads, accepted } = this.#author;
    const segments = key.split('/');
    if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return undefined;
    if (key.startsWith(accepted)) return key;
    if (!key.startsWith(uploads)) return undefined;
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
    return `${accepted}${hash}/${segments.at(-1)}`;
  }

  async #head(key: string): Promise<StoredFile | undefined> {
    const client = await this.#connect();
    const result = await client.head(key).catch((error: unknown) => {
      // 400: the key is too long, for example.
      statusOf('HeadObject', error, [400, 404]);
    });
    if (!result) return undefined;
    const { headers } = result.res;
    // A symbolic link could point to a file that the author can still change, or to a file of someone else.
    if (headers['x-oss-object-type'] === 'Symlink') return undefined;
    const [type = 'application/octet-stream'] = MEDIA_TYPE.exec(headers['content-type'] ?? '') ?? [];
    return {
      key,
      size: Number(headers['content-length'] ?? NaN),
      type: type.toLowerCase(),
      etag: headers['etag'] ?? '',
    };
  }

  #connect(): Promise<OssClient> {
    this.#client ??= this.#createClient();
    return this.#client;
  }

  /** Restricts even the server to the files of this author. */
  async #createClient(): Promise<OssClient> {
    const { account, region, endpoint, pathStyle } = this.#options;
    const { id, uploads, accepted } = this.#author;
    const allow = (action: string, ...prefixes: string[]): object => ({
      Effect: 'Allow',
      Action: [action],
      Resource: prefixes.map((prefix) => `acs:oss:*:*:${account.bucket}/${prefix}*`),
    });
    const issue = credentialsIssuer(account);
    const { AccessKeyId, AccessKeySecret, SecurityToken } = await issue(id, {
      Version: '1',
      Statement: [
        allow('oss:GetObject', uploads, accepted),
        allow('oss:PutObject', accepted),
        allow('oss:DeleteObject', uploads),
      ],
    });
    return new OSS({
      accessKeyId: AccessKeyId,
      accessKeySecret: AccessKeySecret,
      stsToken: SecurityToken,
      // Without an interval, the SDK logs a warning. The client is used for one submission, so the value has no effect.
      refreshSTSTokenInterval: Infinity,
      region,
      bucket: account.bucket,
      authorizationV4: true,
      sldEnable: pathStyle,
      secure: true,
      ...(endpoint && { endpoint }),
    });
  }
}

/** Returns the status of an expected error. @throws {StorageError} For all others. */
function statusOf(operation: string, error: unknown, expected: readonly number[]): number {
  const { status = 0 } = error as SdkError;
  if (expected.includes(status)) return status;
  throw new StorageError(operation, error as SdkError);
}
