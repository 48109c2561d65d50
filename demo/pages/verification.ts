// Compares the stored object with the chosen file. The page computes one checksum, the emulator the other.

import { html, nothing, render } from 'lit';
import type { UploadSuccessDetail } from '../../src/events.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import { objectUrl } from './demo-api.js';
import { computeChecksum } from './file-checksum.js';

/** The file, or the stored object. */
interface Side {
  size?: number;
  sha256?: string;
  /** Shown while there is no checksum. */
  note?: string;
}

export type ComparisonResult = 'comparing' | 'match' | 'mismatch';

interface Comparison {
  success: UploadSuccessDetail;
  file: File;
  local: Side;
  stored: Side;
}

export interface VerificationParts {
  root: HTMLElement;
  /** `undefined` for a real bucket. */
  control: OssControl | undefined;
  onResult: (result: ComparisonResult) => void;
}

export class Verification {
  readonly #parts: VerificationParts;
  #abort = new AbortController();

  constructor(parts: VerificationParts) {
    this.#parts = parts;
    this.clear();
  }

  clear(): void {
    this.#abort.abort();
    render(html`<p class="muted">After an upload, this shows both checksums.</p>`, this.#parts.root);
  }

  async show(success: UploadSuccessDetail): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { file } = success.upload;
    const { control } = this.#parts;
    if (control && file) await this.#compare(control, { success, file, local: {}, stored: {} });
    else this.#renderLink(success);
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

  #render({ success: { key, verified }, local, stored }: Comparison): void {
    render(
      html`<table>
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
        <p class="muted">
          This page computes the checksum of your file; the emulator computes that of the stored object.
          ${verified ? 'The element has also compared their CRC-64 checksums.' : nothing}
          <a href=${objectUrl(key)} target="_blank" rel="noopener">Open the object</a>
        </p>`,
      this.#parts.root,
    );
    this.#parts.onResult(resultOf(local, stored));
  }

  #renderLink({ url, key, verified }: UploadSuccessDetail): void {
    render(
      html`<p><a href=${url} target="_blank" rel="noopener">${key}</a></p>
        <p class="muted">
          The link works if the object is publicly readable.
          ${verified ? 'The CRC-64 reported by OSS matches the file.' : nothing}
        </p>`,
      this.#parts.root,
    );
    if (verified) this.#parts.onResult('match');
  }
}

function sideTemplate(name: string, { size, sha256, note }: Side): unknown {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${size === undefined ? '' : `${size.toLocaleString('en')} bytes`}</td>
    <td>${sha256 ? html`<code>${sha256}</code>` : note}</td>
  </tr>`;
}

function resultOf(local: Side, stored: Side): ComparisonResult {
  if (!local.sha256 || !stored.sha256) return 'comparing';
  return local.sha256 === stored.sha256 ? 'match' : 'mismatch';
}
