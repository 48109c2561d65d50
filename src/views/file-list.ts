/** The list of files. Rows that have not changed are not rendered again. */

import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Upload } from '../core/index.js';
import type { FileMismatch } from '../restrictions.js';
import { renderFileRow, type FileRowProps } from './file-row.js';

/** Longer lists are rendered once a frame, and only the visible part of them. */
const MAX_PLAIN_LIST = 50;

/** Renders some of the rows. `first` is the index of the first of them. */
export type RenderRows = (uploads: readonly Upload[], first: number) => unknown;

export interface FileListProps extends Pick<
  FileRowProps,
  'localization' | 'disabled' | 'isAlone' | 'onAction'
> {
  uploads: readonly Upload[];
  /** Returns the thumbnail of a file, if there is one. */
  pictureOf: (upload: Upload) => FileRowProps['picture'];
  /** The upload that the user must confirm to discard, or `all`. */
  confirming: Upload | 'all' | undefined;
  mismatch: FileMismatch | undefined;
  /** Renders the visible part of a long list. */
  renderVisible: (uploads: readonly Upload[], renderRows: RenderRows) => unknown;
}

export function renderFileList(props: FileListProps): TemplateResult {
  const { uploads, renderVisible } = props;
  const now = Date.now();
  const renderRows: RenderRows = (visible, first) =>
    repeat(
      visible,
      ({ id }) => id,
      (upload, index) => renderGuarded(upload, first + index, props, now),
    );
  return html`<ul part="list" class="list" role="list">
    ${isLong(uploads) ? renderVisible(uploads, renderRows) : renderRows(uploads, 0)}
  </ul>`;
}

/** Whether a list is too long to be rendered as a whole at every change. */
export function isLong(uploads: readonly Upload[]): boolean {
  return uploads.length > MAX_PLAIN_LIST;
}

function renderGuarded(upload: Upload, index: number, props: FileListProps, now: number): unknown {
  const { uploads, localization, disabled, isAlone, onAction } = props;
  const { state } = upload;
  const picture = props.pictureOf(upload);
  const confirming = props.confirming === upload;
  const mismatch = props.mismatch?.upload === upload ? props.mismatch : undefined;
  const position = isLong(uploads) ? { index, of: uploads.length } : undefined;
  // A countdown changes although the state doesn't.
  const time = state.status === 'waiting' ? now : undefined;
  return guard(
    [
      state,
      picture,
      localization,
      disabled,
      isAlone,
      confirming,
      mismatch,
      position?.index,
      position?.of,
      time,
    ],
    () =>
      renderFileRow({
        upload,
        picture,
        localization,
        disabled,
        isAlone,
        confirming,
        mismatch,
        position,
        now,
        onAction,
      }),
  );
}
