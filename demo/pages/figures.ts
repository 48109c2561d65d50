// The figures of the latest upload: how often stored parts were sent again, how much was sent, and whether the checksums match.
// The emulator counts the first two, so they stay right across reloads.

import { html, nothing, render } from 'lit';
import type { UploadTraffic } from '../site/traffic.js';
import type { Upload } from '../../src/core/index.js';
import { fetchUploadTraffic } from './demo-api.js';
import { formatBytes } from './format.js';
import type { ComparisonResult } from './verification.js';

/** Milliseconds. */
const POLL_INTERVAL = 500;

const RESULTS: Readonly<Record<ComparisonResult, string>> = {
  comparing: 'comparing…',
  match: 'match',
  mismatch: 'don’t match',
};

export class Figures {
  readonly #root: HTMLElement;
  readonly #onTraffic: () => void;
  readonly #isLocal: boolean;
  #upload: Upload | undefined;
  #traffic: UploadTraffic | undefined;
  #result: ComparisonResult | undefined;

  /** @param isLocal Whether an emulator counts the traffic. @param onTraffic Called when the figures may have changed. */
  constructor(root: HTMLElement, isLocal: boolean, onTraffic: () => void) {
    this.#root = root;
    this.#isLocal = isLocal;
    this.#onTraffic = onTraffic;
    this.#render();
    if (isLocal) void this.#pollRepeatedly();
  }

  /** The upload that the figures are about. */
  get upload(): Upload | undefined {
    return this.#upload;
  }

  /** The traffic of the upload; `undefined` before the first response. */
  get traffic(): UploadTraffic | undefined {
    return this.#traffic;
  }

  /** Shows the figures of an upload. */
  show(upload: Upload): void {
    if (upload !== this.#upload) {
      this.#upload = upload;
      this.#traffic = undefined;
    }
    this.#result = undefined;
    this.#render();
  }

  showResult(result: ComparisonResult): void {
    this.#result = result;
    this.#render();
  }

  /** Fetches the current traffic of the upload. */
  async poll(): Promise<UploadTraffic | undefined> {
    const upload = this.#upload;
    if (!upload || !this.#isLocal) return undefined;
    const traffic = await fetchUploadTraffic(upload.key);
    if (upload !== this.#upload) return undefined;
    this.#traffic = traffic;
    this.#render();
    this.#onTraffic();
    return traffic;
  }

  async #pollRepeatedly(): Promise<void> {
    // A failed poll is ignored: the server may be restarting.
    await this.poll().catch(() => undefined);
    setTimeout(() => void this.#pollRepeatedly(), POLL_INTERVAL);
  }

  #render(): void {
    const { partsResent, bytesReceived } = this.#traffic ?? {};
    const size = this.#upload?.state.progress.total;
    render(
      html`<dl class="figures">
        <div ?hidden=${!this.#isLocal}>
          <dt>Stored parts sent again</dt>
          <dd data-tone=${partsResent === 0 ? 'good' : partsResent ? 'bad' : nothing}>
            ${partsResent ?? '–'}
          </dd>
        </div>
        <div ?hidden=${!this.#isLocal}>
          <dt>Bytes sent</dt>
          <dd>
            ${bytesReceived === undefined ? '–' : formatBytes(bytesReceived)}
            ${size === undefined ? nothing : html`<small>for ${formatBytes(size)}</small>`}
          </dd>
        </div>
        <div>
          <dt>Checksums</dt>
          <dd data-tone=${this.#result === 'match' ? 'good' : this.#result === 'mismatch' ? 'bad' : nothing}>
            ${this.#result ? RESULTS[this.#result] : '–'}
          </dd>
        </div>
      </dl>`,
      this.#root,
    );
  }
}
