// The figures of the latest upload: how often stored parts were sent again, how much was sent, and whether the checksums match.
// The emulator counts the first two, so they stay right across reloads.

import { html, nothing, render, type TemplateResult } from 'lit';
import type { UploadTraffic } from '../site/traffic.js';
import type { Upload } from '../../src/core/index.js';
import { fetchUploadTraffic } from './demo-api.js';
import { formatBytes } from './format.js';
import type { ComparisonResult } from './verification.js';

/** Milliseconds. */
const POLL_INTERVAL = 500;

type Tone = 'good' | 'bad';

const RESULTS: Readonly<Record<ComparisonResult, { text: string; tone?: Tone }>> = {
  comparing: { text: 'comparing…' },
  match: { text: 'match', tone: 'good' },
  mismatch: { text: 'don’t match', tone: 'bad' },
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
    const { partsResent, partsStored, bytesReceived } = this.#traffic ?? {};
    const size = this.#upload?.state.progress.total;
    const resentTone = partsResent === 0 ? 'good' : 'bad';
    const checksums = this.#result && RESULTS[this.#result];
    const figures = [
      ...(this.#isLocal
        ? [
            figure('Stored parts sent again', partsResent, `of ${partsStored ?? 0} stored`, resentTone),
            figure(
              'Bytes sent',
              bytesReceived === undefined ? undefined : formatBytes(bytesReceived),
              `for ${size === undefined ? 'the file' : `a file of ${formatBytes(size)}`}`,
            ),
          ]
        : []),
      figure('Checksums', checksums?.text, 'of file and object', checksums?.tone),
    ];
    render(html`<dl class="figures">${figures}</dl>`, this.#root);
  }
}

/** @param value Shown as a dash while it is `undefined`. */
function figure(label: string, value: unknown, note: string, tone?: Tone): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd data-tone=${(value === undefined ? undefined : tone) ?? nothing}>
      ${value ?? '–'} <small>${note}</small>
    </dd>
  </div>`;
}
