// Issues and verifies temporary credentials. The security token is self-contained: it holds the access key ID, expiry and
// policy, signed with a key that the STS and OSS emulators share.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { OssError } from './oss-error.js';
import type { Policy } from './policy.js';

/** Credentials in the format of an AssumeRole response. */
export interface SessionCredentials {
  AccessKeyId: string;
  AccessKeySecret: string;
  SecurityToken: string;
  /** ISO 8601 date and time in UTC. */
  Expiration: string;
}

/** Verified session credentials. */
export interface Session {
  accessKeySecret: string;
  /** Session policy; without one, everything is allowed. */
  policy: Policy | undefined;
}

interface Claims {
  accessKeyId: string;
  /** Milliseconds since the epoch. */
  expires: number;
  /** See {@link SessionTokens.expireAll}. */
  generation: number;
  policy?: Policy | undefined;
}

/** Length of the HMAC that precedes the claims in a token, in bytes. */
const SIGNATURE_BYTES = 32;

/** Issues and verifies session credentials. */
export class SessionTokens {
  readonly #key = randomBytes(32);
  readonly #now: () => number;
  #generation = 0;

  /** @param now Returns the time for expiry checks, in milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Issues credentials.
   * @param lifetime Milliseconds until they expire.
   * @param policy Session policy; without one, everything is allowed.
   */
  issue(lifetime: number, policy?: Policy): SessionCredentials {
    const accessKeyId = `STS.${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')}`;
    const expires = this.#now() + lifetime;
    const claims = Buffer.from(
      JSON.stringify({ accessKeyId, expires, generation: this.#generation, policy } satisfies Claims),
    );
    return {
      AccessKeyId: accessKeyId,
      AccessKeySecret: this.#deriveSecret(accessKeyId),
      // Like real tokens, base64 with `+`, `/` and `=`. This exposes clients that don't URL-encode tokens.
      SecurityToken: Buffer.concat([this.#hmac('signature', claims), claims]).toString('base64'),
      Expiration: new Date(expires).toISOString(),
    };
  }

  /**
   * Verifies a security token and returns its session.
   * @throws {OssError} `InvalidSecurityToken`, `AccessKeyIdAndSecurityTokenNotMatch` or `SecurityTokenExpired` (all 403).
   */
  verify(accessKeyId: string, securityToken: string): Session {
    const claims = this.#decode(securityToken);
    if (!claims) {
      throw new OssError(403, 'InvalidSecurityToken', 'The security token you provided is invalid.', {
        ec: '0002-00000008',
      });
    }
    if (claims.accessKeyId !== accessKeyId) {
      throw new OssError(
        403,
        'AccessKeyIdAndSecurityTokenNotMatch',
        'The OSS access key id and security token you provided does not match.',
        { ec: '0002-00000004' },
      );
    }
    if (claims.expires <= this.#now() || claims.generation < this.#generation) {
      throw new OssError(403, 'SecurityTokenExpired', 'The security token you provided has expired.', {
        ec: '0002-00000007',
      });
    }
    return { accessKeySecret: this.#deriveSecret(accessKeyId), policy: claims.policy };
  }

  /** Expires all credentials that have been issued so far. */
  expireAll(): void {
    this.#generation += 1;
  }

  #decode(securityToken: string): Claims | undefined {
    const bytes = Buffer.from(securityToken, 'base64');
    // Base64 decoding ignores invalid characters, so compare the re-encoded token with the original.
    if (bytes.length <= SIGNATURE_BYTES || bytes.toString('base64') !== securityToken) return undefined;
    const claims = bytes.subarray(SIGNATURE_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), this.#hmac('signature', claims)))
      return undefined;
    return JSON.parse(claims.toString()) as Claims;
  }

  #deriveSecret(accessKeyId: string): string {
    return this.#hmac('secret', Buffer.from(accessKeyId)).toString('base64url');
  }

  #hmac(purpose: string, bytes: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\n`).update(bytes).digest();
  }
}
