/** Creates the checksum worker, also in pages that require Trusted Types. */

/** https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory, as far as it is used here. */
interface TrustedTypePolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: () => string },
  ): { createScriptURL: (input: string) => string };
}

/** A `TrustedScriptURL`, or a string where it isn't needed. One for all elements: a policy can be created only once. */
let workerUrl: string | undefined;

/** @throws if the worker is on another origin, or if a Content Security Policy forbids it */
export function createChecksumWorker(): Worker {
  workerUrl ??= trust(new URL('./crc64-worker.js', import.meta.url).href);
  return new Worker(workerUrl, { type: 'module' });
}

/** Trusts a URL, whatever the page passes to the policy. If the page doesn't allow the policy, its default policy decides. */
function trust(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypePolicyFactory };
  if (!trustedTypes) return url;
  try {
    return trustedTypes
      .createPolicy('oss-resumable-upload', { createScriptURL: () => url })
      .createScriptURL('');
  } catch {
    return url;
  }
}
