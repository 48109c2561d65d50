/** The closed list of error codes, and the shape of their texts. */

/** What went wrong. Every code has a message and a hint in each language. */
export type UploadErrorCode =
  /** `region` is not set. */
  | 'region-missing'
  /** `bucket` is not set. */
  | 'bucket-missing'
  /** Neither `credentials-url` nor `getCredentials` is set. */
  | 'credentials-missing'
  /** A setting has an invalid value. `values` has its name as `option`, its `value`, and how to `fix` it. */
  | 'option-invalid'
  /** The object key is empty, longer than 1,023 bytes, starts with `/` or `\`, or has a `.` or `..` segment. */
  | 'key-invalid'
  /** Another file of the list has the same object key. */
  | 'duplicate-key'
  /** The credentials endpoint returned 401 or 403: the user is not signed in or not allowed to upload. */
  | 'credentials-refused'
  /** The credentials endpoint returned another error status (retried for 429 and 5xx), or `getCredentials` threw. */
  | 'credentials-failed'
  /** The credentials endpoint returned something other than JSON, such as a sign-in page, or more than 64 KiB. */
  | 'credentials-not-json'
  /** The credentials response lacks a field. `values.field` names it. */
  | 'credentials-incomplete'
  /** OSS reports that even newly fetched credentials have expired. */
  | 'credentials-expired'
  /** The credentials endpoint did not respond in time. `getCredentials` has no time limit. */
  | 'credentials-timeout'
  /** The credentials endpoint can't be reached: a network failure, or CORS blocks the request. */
  | 'credentials-unreachable'
  /** The credentials endpoint redirects to another origin, or is on another origin itself and redirects at all. */
  | 'credentials-redirected'
  /** OSS rejects the credentials, even newly fetched ones. */
  | 'credentials-rejected'
  /** OSS computes a different signature: the secret or the region is wrong, or a proxy changes the request. */
  | 'signature-refused'
  /** The RAM policy doesn't allow the request. */
  | 'access-denied'
  /** The bucket doesn't exist. */
  | 'bucket-not-found'
  /** The bucket exists but can't be accessed through this endpoint or region. */
  | 'endpoint-refused'
  /**
   * An object with this key exists and `overwrite` is not set. If it has the same bytes, and there is no callback, it is
   * reused instead.
   */
  | 'object-exists'
  /**
   * The server is reachable but the browser blocks its responses: the bucket's CORS rule doesn't allow the request, or
   * the bucket doesn't exist. A browser can't tell the two apart.
   */
  | 'cors-blocked'
  /** The bucket's CORS rule doesn't expose `ETag`. */
  | 'etag-hidden'
  /** This device's clock is wrong and OSS doesn't report the correct time. */
  | 'clock-skewed'
  /** The upload ID no longer exists: it was completed or aborted, or a lifecycle rule removed it. */
  | 'upload-gone'
  /** The object is stored, but no callback was answered by your server. A retry makes OSS send the callback again. */
  | 'callback-failed'
  /** OSS limits the request rate. */
  | 'throttled'
  /** OSS returned a 5xx status, or a response that is invalid or larger than 8 MiB. */
  | 'server-error'
  /** OSS rejects the request for another reason. `ossCode` names it. */
  | 'request-refused'
  /** A request failed without a response. */
  | 'network'
  /** No bytes were sent, or no response arrived, for too long. */
  | 'timeout'
  /**
   * A request was redirected, for example to the sign-in page of a network. OSS never redirects. All requests of the
   * upload are aborted, because the redirect would receive the security token and the file.
   */
  | 'redirected'
  /** Most of the bytes that were sent didn't reach OSS, perhaps because of a proxy, a VPN or an antivirus program. */
  | 'lossy-connection'
  /** The browser can no longer read the file: it was moved, deleted or changed, or access was revoked. */
  | 'file-unreadable'
  /**
   * The size or content of the file has changed since the upload started, or its date has changed and there is no
   * checksum to compare.
   */
  | 'file-changed'
  /** The file is larger than OSS can store (48.8 TiB). */
  | 'file-too-large'
  /** The checkpoint belongs to another file, or is damaged. */
  | 'checkpoint-mismatch'
  /** The stored bytes differ from the file (CRC-64 mismatch). */
  | 'verification-failed'
  /** The SDK module could not be loaded. */
  | 'sdk-unavailable'
  /** An unexpected error, perhaps a bug in this package. `cause` has its name, message and stack, without secrets. */
  | 'unexpected';

/** The texts of one error in one language. */
export interface ErrorText {
  /** What happened and what the user can do. */
  message: string;
  /** What a developer or administrator can do. Shown under Details. */
  hint: string;
}

/** One text for each code, in one language. */
export type ErrorTexts = Readonly<Record<UploadErrorCode, ErrorText>>;
