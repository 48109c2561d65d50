/**
 * Wires the engine with the adapters of a browser. The element and `oss-resumable-upload/core` are built on this.
 */

import { createOpenGateway, type GatewayOptions, type OssSdk } from './adapters/ali-oss/gateway.js';
import { createCredentialsProvider, type CredentialsOptions } from './adapters/browser/credentials.js';
import { createChecksum } from './adapters/browser/checksum.js';
import { browserEnvironment } from './adapters/browser/environment.js';
import { openHandle } from './adapters/browser/file-handles.js';
import { createIndexedDbCheckpoints } from './adapters/browser/indexeddb-checkpoints.js';
import { webLocks } from './adapters/browser/web-locks.js';
import { ServerClock } from './core/server-clock.js';
import {
  Uploader as Engine,
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

export interface UploaderOptions extends EngineOptions, CredentialsOptions {
  /**
   * An SDK of the page's own, such as `window.OSS` of the script tag in the OSS documentation. Default: a lean one
   * that comes with this package and is loaded at the first upload.
   */
  sdk?: OssSdk;
}

/** What stands in for the browser's own, such as another store; and how much patience there is with OSS. */
export type UploaderParts = Partial<UploaderPorts> &
  Pick<GatewayOptions, 'stallTimeout' | 'responseTimeout' | 'completeTimeout'>;

/** The engine without an element, for a page with its own looks. */
export class Uploader extends Engine {
  declare options: UploaderOptions;

  constructor(options: UploaderOptions, parts: UploaderParts = {}) {
    const { stallTimeout, responseTimeout, completeTimeout, ...ports } = parts;
    const clock = new ServerClock();
    const current = () => this.options;
    const credentials = createCredentialsProvider(current, clock);
    super(options, {
      openGateway: createOpenGateway({
        credentials,
        clock,
        stallTimeout,
        responseTimeout,
        completeTimeout,
        get sdk() {
          return current().sdk;
        },
      }),
      checksum: createChecksum(),
      env: browserEnvironment,
      locks: webLocks,
      openHandle,
      // Node has none, and keeps nothing.
      ...(typeof indexedDB === 'object' && { store: createIndexedDbCheckpoints() }),
      ...ports,
    });
  }
}
