// Temporary credentials that carry themselves: the security token is a sealed note of whom it was issued to, until
// when, and with which policy. Issuer (STS) and verifier (OSS) share one key and no table.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { OssError } from './oss-error.js';
import type { Policy } from './policy.js';

/** What AssumeRole answers, in its own names. */
export interface SessionCredentials {
  AccessKeyId: string;
  AccessKeySecret: string;
  SecurityToken: string;
  /** ISO 8601, UTC. */
  Expiration: string;
}

export interface Session {
  accessKeySecret: string;
  /** Absent: everything that the role may do. */
  policy: Policy | undefined;
}

interface Claims {
  accessKeyId: string;
  /** Milliseconds since the epoch. */
  expires: number;
  policy?: Policy;
}

const SEAL_BYTES = 32;

export class SessionTokens {
  readonly #key = randomBytes(32);
  readonly #now: () => number;

  /** @param now The clock that expiry is measured by, in milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Issues credentials that live for `lifetime` milliseconds. */
  issue(lifetime: number, policy?: Policy): SessionCredentials {
    const accessKeyId = `STS.${randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')}`;
    const expires = this.#now() + lifetime;
    const claims = Buffer.from(JSON.stringify({ accessKeyId, expires, policy } satisfies Partial<Claims>));
    return {
      AccessKeyId: accessKeyId,
      AccessKeySecret: this.#secretOf(accessKeyId),
      // Plain base64 with `+`, `/` and `=`, as Alibaba's tokens have them: whoever forgets to encode one finds out.
      SecurityToken: Buffer.concat([this.#hmac('seal', claims), claims]).toString('base64'),
      Expiration: new Date(expires).toISOString(),
    };
  }

  /** @throws {OssError} InvalidSecurityToken, AccessKeyIdAndSecurityTokenNotMatch or SecurityTokenExpired, all 403. */
  verify(accessKeyId: string, securityToken: string): Session {
    const claims = this.#open(securityToken);
    if (!claims) {
      throw new OssError(403, 'InvalidSecurityToken', 'The security token you provided is invalid.');
    }
    if (claims.accessKeyId !== accessKeyId) {
      throw new OssError(
        403,
        'AccessKeyIdAndSecurityTokenNotMatch',
        'The access key ID you provided does not match the security token.',
      );
    }
    if (claims.expires <= this.#now()) {
      throw new OssError(403, 'SecurityTokenExpired', 'The security token you provided has expired.');
    }
    return { accessKeySecret: this.#secretOf(accessKeyId), policy: claims.policy };
  }

  #open(securityToken: string): Claims | undefined {
    const bytes = Buffer.from(securityToken, 'base64');
    // Decoding forgives foreign characters; a token has to come back letter by letter.
    if (bytes.length <= SEAL_BYTES || bytes.toString('base64') !== securityToken) return undefined;
    const claims = bytes.subarray(SEAL_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, SEAL_BYTES), this.#hmac('seal', claims))) return undefined;
    return JSON.parse(claims.toString()) as Claims;
  }

  #secretOf(accessKeyId: string): string {
    return this.#hmac('secret', Buffer.from(accessKeyId)).toString('base64url');
  }

  #hmac(purpose: string, bytes: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\n`).update(bytes).digest();
  }
}
