/** Creates the checksum worker, also in pages that require Trusted Types. */

import { loadChunk } from '../../load-chunk.js';
import { logOnce } from '../../log-once.js';

/** https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory, as far as it is used here. */
interface TrustedTypePolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: () => string },
  ): { createScriptURL: (input: string) => string };
}

interface WorkerScript {
  /** A `TrustedScriptURL`, or a string where it isn't needed. */
  url: string;
  name: string;
}

/** One for all elements: a Trusted Types policy can be created only once. */
let script: WorkerScript | undefined;

/** Rejects if the script is missing or on another origin, or if a Content Security Policy forbids it. */
export async function createChecksumWorker(): Promise<Worker> {
  // Node has none.
  if (!('Worker' in globalThis)) throw new Error('Workers are not supported.');
  try {
    script ??= await findScript();
    const worker = new Worker(script.url, { type: 'module', name: script.name });
    worker.addEventListener('error', warn, { once: true });
    return worker;
  } catch (error) {
    warn();
    throw error;
  }
}

/**
 * Bundlers that keep `import.meta.url` write a file for each `import()`, and the script exports its own URL. Those that
 * replace it, such as webpack, write a file for `new URL(…)`.
 */
async function findScript(): Promise<WorkerScript> {
  const load = () => import('./crc64-worker.js');
  const { scriptUrl, workerName } = await loadChunk(load, 'crc64-worker', 'scriptUrl');
  const isSeparate = scriptUrl !== import.meta.url && !scriptUrl.startsWith('file:');
  const url = isSeparate ? scriptUrl : new URL('./crc64-worker.js', import.meta.url).href;
  return { url: trust(url), name: workerName };
}

function warn(): void {
  logOnce(
    'warn',
    `Checksums are computed on the main thread, because the worker can't be started: ${script?.url ?? 'crc64-worker.js'}. Its ` +
      "file must exist on the page's origin, and the Content-Security-Policy must allow it with worker-src.",
  );
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
