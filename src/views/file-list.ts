/** The rows of the list; those that have not changed are not drawn again. State in, template out. */

import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Upload } from '../core/index.js';
import type { VirtualListController } from '../controllers/virtual-list.js';
import { renderFileRow, type FileMismatch, type FileRowProps } from './file-row.js';

/** A list of more files than this is drawn with care: once a frame, and what can be seen of it. */
const LONG_LIST = 50;

export interface FileListProps extends Pick<
  FileRowProps,
  'localization' | 'disabled' | 'isAlone' | 'onAction'
> {
  uploads: readonly Upload[];
  virtualList: VirtualListController;
  isQueued: (upload: Upload) => boolean;
  /** The upload of which the person is asked if what has arrived may be lost. */
  confirming: unknown;
  mismatch: FileMismatch | undefined;
}

export function renderFileList(view: FileListProps): TemplateResult {
  const { uploads, virtualList } = view;
  const now = Date.now();
  const draw = (some: readonly Upload[], first: number): unknown =>
    repeat(
      some,
      ({ id }) => id,
      (upload, index) => renderOnce(upload, first + index, view, now),
    );
  return html`<ul part="list" class="list" role="list">
    ${isLong(uploads) ? virtualList.render(uploads, draw) : draw(uploads, 0)}
  </ul>`;
}

export function isLong(uploads: readonly Upload[]): boolean {
  return uploads.length > LONG_LIST;
}

function renderOnce(upload: Upload, index: number, view: FileListProps, now: number): unknown {
  const { uploads, localization, disabled, isAlone, onAction } = view;
  const { state, canReopen } = upload;
  const confirming = view.confirming === upload;
  const mismatch = view.mismatch?.upload === upload ? view.mismatch : undefined;
  const isQueued = view.isQueued(upload);
  const place = isLong(uploads) ? { index, of: uploads.length } : undefined;
  // A countdown goes on although nothing else has changed.
  const time = state.status === 'waiting' ? now : undefined;
  return guard(
    [
      state,
      canReopen,
      localization,
      disabled,
      isAlone,
      confirming,
      mismatch,
      isQueued,
      place?.index,
      place?.of,
      time,
    ],
    () =>
      renderFileRow({
        upload,
        localization,
        disabled,
        isAlone,
        confirming,
        mismatch,
        isQueued,
        place,
        now,
        onAction,
      }),
  );
}
