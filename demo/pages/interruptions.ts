// The buttons that interrupt an upload, and the line that says what happened then.

import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import { isActive } from '../../src/core/upload-state.js';
import type { Upload, UploadStatus } from '../../src/core/index.js';
import type { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import type { FaultPanel } from './fault-panel.js';
import type { Figures } from './figures.js';

type Interruption = 'offline' | 'online' | 'token' | 'reload';

export interface InterruptionParts {
  element: OssResumableUpload;
  buttons: { offline: HTMLElement; reload: HTMLElement; token: HTMLElement };
  /** Shows what happened. */
  output: HTMLElement;
  figures: Figures;
  /** Absent for a real bucket. */
  emulator?: { control: OssControl; panel: FaultPanel };
}

/** The scenario of the fault panel that the button switches. */
const OFFLINE = 'Offline';

export class Interruptions {
  readonly #parts: InterruptionParts;
  #latest: Interruption | undefined;
  /** Shown while there is no interruption. */
  #text = 'Start an upload, then interrupt it.';
  /** How much of the upload was stored at the interruption, such as `42%`. */
  #stored = '';
  /** Requests that were refused before the interruption. */
  #refused = 0;

  constructor(parts: InterruptionParts) {
    this.#parts = parts;
    const { buttons, element } = parts;
    buttons.offline.addEventListener('click', () => void this.#toggleOffline());
    buttons.reload.addEventListener('click', () => location.reload());
    buttons.token.addEventListener('click', () => void this.#expireToken());
    element.addEventListener('oss-state-change', () => this.update());
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (navigation?.type === 'reload') this.#begin('reload');
    element.addEventListener('oss-resumable-found', () => {
      if (this.#latest === 'reload') this.#begin('reload');
    });
    this.update();
  }

  /** Updates the line and the buttons. */
  update(): void {
    const { buttons, output } = this.#parts;
    setText(buttons.offline, this.#isOffline ? 'Go online' : 'Go offline');
    setText(output, this.#describe());
  }

  /** Shows another text in the line, until the next interruption. */
  say(text: string): void {
    this.#latest = undefined;
    this.#text = text;
    this.update();
  }

  get #isOffline(): boolean {
    return this.#parts.emulator?.panel.isActive(OFFLINE) ?? false;
  }

  get #upload(): Upload | undefined {
    return this.#parts.figures.upload;
  }

  async #toggleOffline(): Promise<void> {
    const { emulator } = this.#parts;
    this.#begin(this.#isOffline ? 'online' : 'offline');
    await emulator?.panel.toggle(OFFLINE);
    this.update();
  }

  async #expireToken(): Promise<void> {
    await this.#parts.emulator?.control.expireCredentials();
    this.#begin('token');
    this.update();
  }

  #begin(interruption: Interruption): void {
    this.#latest = interruption;
    this.#stored = storedPercent(this.#upload);
    this.#refused = this.#parts.figures.traffic?.expiredTokens ?? 0;
  }

  #describe(): string {
    const status = this.#upload?.state.status;
    const isRunning = this.#upload !== undefined && isActive(this.#upload.state);
    const latest = this.#isOffline ? 'offline' : this.#latest;
    switch (latest) {
      case 'offline':
        if (status === 'waiting')
          return `Offline, with ${storedPercent(this.#upload)} stored. The upload waits for the network.`;
        return isRunning
          ? 'Offline. OSS can’t be reached.'
          : 'Offline. An upload would wait for the network.';
      case 'online':
        if (this.#stored && status === 'uploading')
          return `Back online. The upload continued automatically from ${this.#stored}.`;
        return 'Back online.';
      case 'token':
        return this.#describeToken(isRunning);
      case 'reload':
        return this.#describeReload(status);
      case undefined:
        return this.#text;
      default:
        return latest satisfies never;
    }
  }

  #describeToken(isRunning: boolean): string {
    const refused = (this.#parts.figures.traffic?.expiredTokens ?? 0) - this.#refused;
    if (refused > 0)
      return `OSS refused ${refused} ${refused === 1 ? 'request' : 'requests'}. The element fetched a new token and continued.`;
    return isRunning
      ? 'The token has expired. OSS refuses the next request.'
      : 'The token has expired. The next upload fetches a new one.';
  }

  #describeReload(status: UploadStatus | undefined): string {
    switch (status) {
      case undefined:
        return 'Reloaded. There was no unfinished upload.';
      case 'resumable':
        return `Reloaded, with ${this.#stored} stored. Select the same file to continue.`;
      case 'paused':
        return `Reloaded, with ${this.#stored} stored. Resume sends only the rest.`;
      default:
        return `Continued after the reload, from ${this.#stored}.`;
    }
  }
}

/** Returns how much OSS has stored, or an empty text without an upload. */
function storedPercent(upload: Upload | undefined): string {
  if (!upload) return '';
  const { stored, total } = upload.state.progress;
  return `${total === 0 ? 0 : Math.floor((stored / total) * 100)}%`;
}

/** Changes the text only if it differs, so that screen readers announce it once. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
