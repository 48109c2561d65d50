/** Where credentials come from. */

export interface CredentialsContext {
  /**
   * Why credentials are requested: there are none yet (`first`), they have expired or expire soon (`expiring`), or OSS
   * rejected them (`refused`).
   */
  reason: 'first' | 'expiring' | 'refused';
  /**
   * Aborted when no upload waits for the credentials any more, because all of them were paused or cancelled, and by
   * `forgetCredentials()`.
   */
  signal: AbortSignal;
}

/**
 * Returns STS credentials, in any format that the response of `credentialsUrl` may have, or such a `Response`. May take
 * any time, for example to show a sign-in dialog. It isn't called again before its promise has settled, except after
 * `forgetCredentials()`.
 */
export type GetCredentials = (context: CredentialsContext) => Promise<unknown>;

export interface CredentialsOptions {
  /** URL that returns STS credentials as JSON, relative to the page. */
  credentialsUrl?: string | undefined;
  /** Whether the request includes cookies when `credentialsUrl` is on another origin. */
  withCredentials?: boolean | undefined;
  /** Fetch options for the credentials request, such as the method or a CSRF token header. */
  credentialsInit?: RequestInit | undefined;
  /** Function that returns STS credentials. Takes precedence over `credentialsUrl`. Has no time limit. */
  getCredentials?: GetCredentials | undefined;
}

/** Where credentials come from, and for which user. */
export type CredentialsSource = CredentialsOptions & { resumeScope?: string | undefined };
