// Shows that what is stored is what was chosen: both checksums, each computed by the side that has the bytes.

import { html, nothing, render, svg } from 'lit';
import type { UploadSuccessDetail } from '../../src/events.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import { objectUrl } from './demo-api.js';
import { checksumOf } from './file-checksum.js';
import { formatBytes } from './format.js';

/** What is known of one side. */
interface Side {
  size?: number;
  sha256?: string;
  /** Instead of the checksum, while there is none. */
  note?: string;
}

interface Case {
  success: UploadSuccessDetail;
  file: File;
  /** File content that the server took in, in bytes. */
  received: number;
  own: Side;
  stored: Side;
}

const CHECK = svg`<path d="M4 10.5 8 14.5 16 5.5" />`;
const CROSS = svg`<path d="M5 5 15 15 M15 5 5 15" />`;

export class Proof {
  readonly #root: HTMLElement;
  /** Absent where the bucket is a real one. */
  readonly #control: OssControl | undefined;
  #stop = new AbortController();

  constructor(root: HTMLElement, control: OssControl | undefined) {
    this.#root = root;
    this.#control = control;
  }

  hide(): void {
    this.#stop.abort();
    this.#root.hidden = true;
  }

  async show(success: UploadSuccessDetail, received: number): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#root.hidden = false;
    const { file } = success.upload;
    if (this.#control && file) {
      await this.#compare(this.#control, { success, file, received, own: {}, stored: {} });
    } else this.#renderLink(success);
  }

  async #compare(control: OssControl, proof: Case): Promise<void> {
    const { signal } = this.#stop;
    const { file, success } = proof;
    const change = (side: 'own' | 'stored', what: Side): void => {
      if (signal.aborted) return;
      proof[side] = what;
      this.#render(proof);
    };
    const fail = (side: 'own' | 'stored') => (error: unknown) => change(side, { note: String(error) });
    const { size } = file;
    change('own', { size, note: 'Reading…' });
    change('stored', { note: 'Reading…' });
    const readOwn = checksumOf(
      file,
      (bytes) => change('own', { size, note: `Reading… ${Math.floor((bytes / size) * 100)} %` }),
      signal,
    ).then((sha256) => change('own', { size, sha256 }), fail('own'));
    const readStored = control.object(success.bucket, success.key).then((object) => {
      change(
        'stored',
        object ? { size: object.size, sha256: object.sha256 } : { note: 'There is no such object.' },
      );
    }, fail('stored'));
    await Promise.all([readOwn, readStored]);
  }

  #render({ success, file, received, own, stored }: Case): void {
    const { key, verified } = success;
    const again = received - file.size;
    render(
      html`<div class="proof">
        <div class="card-head">
          <h2 id="proof-title">What is stored</h2>
          <a href=${objectUrl(key)} target="_blank" rel="noopener">Open the stored object</a>
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
            ${sideTemplate('Your file', own)} ${sideTemplate('The object', stored)}
          </tbody>
        </table>
        ${verdictTemplate(own, stored)}
        <p class="muted">
          The page reads your file, the server reads what it stored.
          ${verified ? 'The element compared the CRC-64 of both before it said so.' : nothing} The server took
          in
          ${formatBytes(received)}${again > 0 ? html`, ${formatBytes(again)} of them again` : ', no byte of them twice'}.
        </p>
      </div>`,
      this.#root,
    );
  }

  #renderLink({ url, key, verified }: UploadSuccessDetail): void {
    render(
      html`<div class="proof">
        <h2 id="proof-title">What is stored</h2>
        <p><a href=${url} target="_blank" rel="noopener">${key}</a></p>
        <p class="muted">
          The link works where the object may be read by all.
          ${verified ? 'OSS’s own CRC-64 of the object is that of the file.' : nothing}
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

function verdictTemplate(own: Side, stored: Side): unknown {
  if (!own.sha256 || !stored.sha256) return html`<p class="verdict" role="status">Comparing…</p>`;
  const same = own.sha256 === stored.sha256;
  return html`<p class="verdict" role="status" data-tone=${same ? 'good' : 'bad'}>
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
      ${same ? CHECK : CROSS}
    </svg>
    ${same ? 'The same, byte for byte' : 'Not the same'}
  </p>`;
}
