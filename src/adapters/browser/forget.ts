/** Erases what this browser remembers of unfinished uploads. */

import { broadcastChannel, connectTabs } from './broadcast-channel.js';
import { eraseCheckpoints } from './indexeddb-checkpoints.js';
import { hashScope, scopeHashOf } from '../../core/checkpoints/fingerprint.js';
import { toText } from '../../core/guards.js';
import type { Uploader } from '../../core/uploader.js';

export interface ForgetOptions {
  /** The `resumeScope` of the user. Empty for uploads without one. Default: the uploads of all users. */
  scope?: string | undefined;
}

/** The uploaders of this page. */
const uploaders = new Set<WeakRef<Uploader>>();
let tellOtherTabs: ((scopeHash: string | undefined) => void) | undefined;

/** Lets an uploader forget what this page or another tab tells it to. */
export function addForgetful(uploader: Uploader): void {
  for (const ref of uploaders) if (!ref.deref()) uploaders.delete(ref);
  uploaders.add(new WeakRef(uploader));
  connect();
}

/**
 * Erases what this browser remembers of unfinished uploads, for example when the user signs out: all of it, or that of one
 * user. Uploads that wait for their files disappear from all tabs. Uploads that are in a list, such as a running or a paused
 * one, stay and can be continued, but they are not saved again: a reload ends them. The parts at OSS are not deleted.
 *
 * Resolves when everything is erased. Other tabs follow immediately afterwards.
 *
 * @throws DOMException or Error if the browser doesn't allow access to its storage, or doesn't respond
 *
 * @example
 * await forget({ scope: user.id });
 */
export async function forget({ scope }: ForgetOptions = {}): Promise<void> {
  // Outside browsers, nothing is remembered.
  if (!('indexedDB' in globalThis)) return;
  const scopeHash = scope === undefined ? undefined : hashScope(toText(scope));
  const forgotten = forgetHere(scopeHash);
  connect()(scopeHash);
  await forgotten;
  const isForgotten = (destination: string) => scopeHashOf(destination) === scopeHash;
  await eraseCheckpoints(scopeHash === undefined ? undefined : isForgotten);
  broadcastChannel.post();
}

/** Connects this page to the other tabs. Returns the function that tells them whose uploads are forgotten. */
function connect(): (scopeHash: string | undefined) => void {
  tellOtherTabs ??= connectTabs('forget', (message) => {
    if (message === undefined || typeof message === 'string') void forgetHere(message);
  });
  return tellOtherTabs;
}

/** @param scopeHash `undefined` for all users */
async function forgetHere(scopeHash: string | undefined): Promise<void> {
  await Promise.all(Array.from(uploaders, async (ref) => ref.deref()?.forgetSaved(scopeHash)));
}
