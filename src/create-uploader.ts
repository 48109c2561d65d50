/** Connects the engine to the browser. The element and `oss-resumable-upload/core` are built on this. */

import { createOpenGateway, type GatewayOptions, type OssSdk } from './adapters/ali-oss/gateway.js';
import { loadSlimSdk } from './adapters/ali-oss/sdk-loader.js';
import { objectUrl } from './adapters/ali-oss/sdk-options.js';
import { broadcastChannel } from './adapters/browser/broadcast-channel.js';
import { sharedChecksum } from './adapters/browser/checksum.js';
import { createCredentialsProvider, type CredentialsOptions } from './adapters/browser/credentials.js';
import { browserEnvironment } from './adapters/browser/environment.js';
import { openHandle } from './adapters/browser/file-handles.js';
import { createIndexedDbCheckpoints } from './adapters/browser/indexeddb-checkpoints.js';
import { preconnect } from './adapters/browser/preconnect.js';
import { forgetCredentials } from './adapters/browser/shared-credentials.js';
import { webLocks } from './adapters/browser/web-locks.js';
import type { BucketLocation, CredentialsProvider } from './core/ports.js';
import { PartLimiter } from './core/transfer/part-limiter.js';
import { addForgetful } from './adapters/browser/forget.js';
import { ServerClock } from './core/server-clock.js';
import { withoutRootPrototype } from './core/without-prototype.js';
import {
  Uploader as Engine,
  type OptionsSource,
  type UploaderOptions as EngineOptions,
  type UploaderPorts,
} from './core/uploader.js';

export type {
  CredentialsContext,
  CredentialsOptions,
  GetCredentials,
} from './adapters/browser/credentials.js';
export type { OssSdk } from './adapters/ali-oss/gateway.js';
export * from './core/index.js';
export { forget, type ForgetOptions } from './adapters/browser/forget.js';

/** Options of an {@link Uploader} in a browser. */
export interface UploaderOptions extends EngineOptions, CredentialsOptions {
  /**
   * Your own copy of the SDK, such as `window.OSS` from the script tag in the OSS documentation. By default, the slim
   * build in this package is loaded by `prepare()` or at the first upload.
   */
  sdk?: OssSdk | undefined;
}

/** Replacements for single browser adapters, such as the checkpoint store, and timeouts of requests to OSS. */
export type UploaderParts = Partial<UploaderPorts> &
  Pick<GatewayOptions, 'stallTimeout' | 'responseTimeout' | 'completeTimeout'>;

/**
 * Creates an engine without an element, for pages with their own UI.
 *
 * @param options an object, or a function that returns the current options; read whenever they are needed
 *
 * @example
 * const uploader = createUploader({ region: 'oss-cn-hangzhou', bucket: 'examplebucket', credentialsUrl: '/sts' });
 * uploader.subscribe((event) => console.log(event.type, event.upload.state.status));
 * uploader.add(file, await uploader.keyFor(file));
 * uploader.start();
 */
export function createUploader(options: OptionsSource<UploaderOptions>, parts: UploaderParts = {}): Engine {
  const hooks: Hooks = {};
  const uploader = new Engine(options, browserPorts(options, parts, hooks));
  connectUploader(uploader, parts, hooks);
  return uploader;
}

/** The same as {@link createUploader}, as a class. */
export class Uploader extends Engine {
  constructor(options: OptionsSource<UploaderOptions>, parts: UploaderParts = {}) {
    const hooks: Hooks = {};
    super(options, browserPorts(options, parts, hooks));
    connectUploader(this, parts, hooks);
  }

  override get options(): UploaderOptions {
    return super.options;
  }
}

/** By bucket. All engines of a page share the connections to a bucket. */
const limiters = new Map<string, PartLimiter>();

function limiterFor({ region, bucket, endpoint }: BucketLocation): PartLimiter {
  const key = JSON.stringify([region, bucket, endpoint]);
  const limiter = limiters.get(key) ?? new PartLimiter(browserEnvironment);
  limiters.set(key, limiter);
  return limiter;
}
/** The offset between this device's clock and the real time is the same for all uploaders. */
const clock = new ServerClock();

/** Set once the engine exists. */
interface Hooks {
  /** Called before credentials are requested for an upload. */
  onRequest?: () => void;
}

function connectUploader(uploader: Engine, parts: UploaderParts, hooks: Hooks): void {
  hooks.onRequest = () => uploader.updateOwner();
  // A store of the page's own is erased by the page.
  if ('indexedDB' in globalThis && !parts.store) addForgetful(uploader);
}

function browserPorts(
  options: OptionsSource<UploaderOptions>,
  parts: UploaderParts,
  hooks: Hooks,
): UploaderPorts {
  const { stallTimeout, responseTimeout, completeTimeout, ...ports } = parts;
  const getOptions = () => withoutRootPrototype(typeof options === 'function' ? options() : options);
  const provider = createCredentialsProvider(getOptions, clock);
  const credentials: CredentialsProvider = {
    async get(request) {
      // An upload must not get the credentials of another user.
      hooks.onRequest?.();
      return provider.get(request);
    },
  };
  const prepare = (location: BucketLocation) => {
    const { sdk, getCredentials } = getOptions();
    if (!sdk) loadSlimSdk().catch(() => {});
    if (!getCredentials) credentials.get({ isEarly: true }).catch(() => {});
    preconnect(objectUrl({ ...location, key: '' }));
  };
  return {
    openGateway: createOpenGateway({
      credentials,
      clock,
      stallTimeout,
      responseTimeout,
      completeTimeout,
      get sdk() {
        return getOptions().sdk;
      },
    }),
    checksum: sharedChecksum,
    env: browserEnvironment,
    locks: webLocks,
    channel: broadcastChannel,
    openHandle,
    forgetCredentials,
    // A gateway of the page's own needs none of it.
    ...(!parts.openGateway && { prepare }),
    limiterFor,
    // Node has no IndexedDB: checkpoints aren't saved there.
    ...('indexedDB' in globalThis && { store: createIndexedDbCheckpoints() }),
    ...ports,
  };
}
