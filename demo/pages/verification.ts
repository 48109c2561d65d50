// Compares the stored object with the chosen file. The page computes one checksum, the emulator the other.

import { html, nothing, render, svg } from 'lit';
import type { UploadSuccessDetail } from '../../src/events.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import { objectUrl } from './demo-api.js';
import { computeChecksum } from './file-checksum.js';
import { formatBytes } from './format.js';

/** The file, or the stored object. */
interface Side {
  size?: number;
  sha256?: string;
  /** Shown while there is no checksum. */
  note?: string;
}

interface Comparison {
  success: UploadSuccessDetail;
  file: File;
  /** File content that the server received, in bytes. */
  received: number;
  local: Side;
  stored: Side;
}

const CHECK = svg`<path d="M4 10.5 8 14.5 16 5.5" />`;
const CROSS = svg`<path d="M5 5 15 15 M15 5 5 15" />`;

export class Verification {
  readonly #root: HTMLElement;
  /** `undefined` for a real bucket. */
  readonly #control: OssControl | undefined;
  #abort = new AbortController();

  constructor(root: HTMLElement, control: OssControl | undefined) {
    this.#root = root;
    this.#control = control;
  }

  hide(): void {
    this.#abort.abort();
    this.#root.hidden = true;
  }

  async show(success: UploadSuccessDetail, received: number): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#root.hidden = false;
    const { file } = success.upload;
    if (this.#control && file) {
      await this.#compare(this.#control, { success, file, received, local: {}, stored: {} });
    } else this.#renderLink(success);
  }

  async #compare(control: OssControl, comparison: Comparison): Promise<void> {
    const { signal } = this.#abort;
    const { file, success } = comparison;
    const update = (side: 'local' | 'stored', value: Side): void => {
      if (signal.aborted) return;
      comparison[side] = value;
      this.#render(comparison);
    };
    const fail = (side: 'local' | 'stored') => (error: unknown) => update(side, { note: String(error) });
    const { size } = file;
    update('local', { size, note: 'Reading…' });
    update('stored', { note: 'Reading…' });
    const readLocal = computeChecksum(
      file,
      (bytes) => update('local', { size, note: `Reading… ${Math.floor((bytes / size) * 100)} %` }),
      signal,
    ).then((sha256) => update('local', { size, sha256 }), fail('local'));
    const readStored = control.object(success.bucket, success.key).then((object) => {
      update(
        'stored',
        object ? { size: object.size, sha256: object.sha256 } : { note: 'The object doesn’t exist.' },
      );
    }, fail('stored'));
    await Promise.all([readLocal, readStored]);
  }

  #render({ success, file, received, local, stored }: Comparison): void {
    const { key, verified } = success;
    const resent = received - file.size;
    render(
      html`<div class="verification">
        <div class="card-head">
          <h2 id="verification-title">Verification</h2>
          <a href=${objectUrl(key)} target="_blank" rel="noopener">Open object</a>
        </div>
        <table>
          <thead>
            <tr>
              <td></td>
              <th scope="col">Size</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            ${sideTemplate('File', local)} ${sideTemplate('Object', stored)}
          </tbody>
        </table>
        ${resultTemplate(local, stored)}
        <p class="muted">
          This page computes the checksum of your file; the emulator computes that of the stored object.
          ${verified ? 'The element has also compared their CRC-64.' : nothing} The emulator received
          ${formatBytes(received)}${resent > 0 ? html`, including ${formatBytes(resent)} sent more than once` : '; nothing was sent twice'}.
        </p>
      </div>`,
      this.#root,
    );
  }

  #renderLink({ url, key, verified }: UploadSuccessDetail): void {
    render(
      html`<div class="verification">
        <h2 id="verification-title">Stored object</h2>
        <p><a href=${url} target="_blank" rel="noopener">${key}</a></p>
        <p class="muted">
          The link works if the object is publicly readable.
          ${verified ? 'The CRC-64 reported by OSS matches the file.' : nothing}
        </p>
      </div>`,
      this.#root,
    );
  }
}

function sideTemplate(name: string, { size, sha256, note }: Side): unknown {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${size === undefined ? '' : `${size.toLocaleString('en')} bytes`}</td>
    <td>${sha256 ? html`<code>${sha256}</code>` : note}</td>
  </tr>`;
}

function resultTemplate(local: Side, stored: Side): unknown {
  if (!local.sha256 || !stored.sha256) return html`<p class="result" role="status">Comparing…</p>`;
  const match = local.sha256 === stored.sha256;
  return html`<p class="result" role="status" data-tone=${match ? 'good' : 'bad'}>
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
      ${match ? CHECK : CROSS}
    </svg>
    ${match ? 'Checksums match' : 'Checksums don’t match'}
  </p>`;
}
