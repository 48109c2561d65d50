/**
 * The list of files, in which a long list collapses the uploaded files into one line. Rows that have not changed are not
 * rendered again.
 */

import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { fillPlaceholders, type Undoable, type Upload } from '../core/index.js';
import type { CopiedKey } from '../presentation/actions.js';
import { isLong, type ListOrder } from '../presentation/list-order.js';
import type { FileMismatch } from '../restrictions.js';
import { renderFileRow, type FileRowProps } from './file-row.js';
import { doneIcon, moreIcon } from './icons.js';

/** The line that stands for the uploaded files. */
const COLLAPSED = 'collapsed';

/** A row of the list. */
export type Row = Upload | typeof COLLAPSED;

/** Renders some of the rows. `first` is the index of the first of them. */
export type RenderRows = (rows: readonly Row[], first: number) => unknown;

export interface FileListProps extends Pick<
  FileRowProps,
  'localization' | 'disabled' | 'isAlone' | 'isOnly' | 'showLink' | 'onAction'
> {
  order: ListOrder;
  /** Whether the uploaded files are shown. */
  isExpanded: boolean;
  /** Returns the thumbnail of a file, if there is one. */
  pictureOf: (upload: Upload) => FileRowProps['picture'];
  /** The upload that the user must confirm to discard, or `all`. */
  confirming: Upload | 'all' | undefined;
  mismatch: FileMismatch | undefined;
  /** What Undo in the rows of cancelled and removed uploads brings back. */
  undoable: ReadonlyMap<Upload, Undoable>;
  /** The upload whose key was copied a moment ago. */
  copied: CopiedKey | undefined;
  /** Renders the visible part of a long list. */
  renderVisible: (rows: readonly Row[], renderRows: RenderRows) => unknown;
  /** Shows or hides the uploaded files. */
  onToggle: () => void;
  /** Called when the pointer or the focus leaves an element in the list. */
  onLeave: (event: MouseEvent | FocusEvent) => void;
}

export function renderFileList(props: FileListProps): TemplateResult {
  const { order, isExpanded, renderVisible, onLeave } = props;
  const now = Date.now();
  const rows: readonly Row[] =
    order.uploaded.length > 0
      ? [...order.rows, COLLAPSED, ...(isExpanded ? order.uploaded : [])]
      : order.rows;
  const renderRows: RenderRows = (visible, first) =>
    repeat(
      visible,
      (row) => (row === COLLAPSED ? row : row.id),
      (row, index) =>
        row === COLLAPSED
          ? renderCollapsed(props)
          : renderGuarded(
              row,
              isLong(rows) ? { index: first + index, of: rows.length } : undefined,
              props,
              now,
            ),
    );
  return html`<ul part="list" class="list" role="list" @pointerleave=${onLeave} @focusout=${onLeave}>
    ${isLong(rows) ? renderVisible(rows, renderRows) : renderRows(rows, 0)}
  </ul>`;
}

function renderCollapsed({ order, isExpanded, localization, onToggle }: FileListProps): TemplateResult {
  const { locale, format } = localization;
  const text = fillPlaceholders(locale.finishedCount, { count: format.count(order.uploaded.length) });
  return html`<li class="item collapsed" role="listitem">
    <button
      type="button"
      part="button expand-button"
      class="expand"
      aria-expanded=${isExpanded}
      @click=${onToggle}
    >
      ${doneIcon}<span translate="no" .textContent=${text}></span>${moreIcon}
    </button>
  </li>`;
}

function renderGuarded(
  upload: Upload,
  position: FileRowProps['position'],
  props: FileListProps,
  now: number,
): unknown {
  const { localization, disabled, isAlone, isOnly, showLink, onAction } = props;
  const { state } = upload;
  const picture = props.pictureOf(upload);
  const confirming = props.confirming === upload;
  const mismatch = props.mismatch?.upload === upload ? props.mismatch : undefined;
  const undoable = props.undoable.get(upload);
  const isCopied = props.copied?.upload === upload ? props.copied.isCopied : undefined;
  // A countdown changes although the state doesn't.
  const time = state.status === 'waiting' ? now : undefined;
  return guard(
    [
      state,
      picture,
      localization,
      disabled,
      isAlone,
      isOnly,
      showLink,
      confirming,
      mismatch,
      undoable,
      isCopied,
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
        isOnly,
        showLink,
        confirming,
        mismatch,
        undoable,
        isCopied,
        position,
        now,
        onAction,
      }),
  );
}
