/** The rows of the list; those that have not changed are not drawn again. State in, template out. */

import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Upload } from '../core/index.js';
import type { LongList } from './long-list.js';
import { renderRow, type Misfit, type RowView } from './row.js';

/** A list of more files than this is drawn with care: once a frame, and what can be seen of it. */
const LONG_LIST = 50;

export interface ListView extends Pick<RowView, 'voice' | 'disabled' | 'isAlone' | 'onAction'> {
  uploads: readonly Upload[];
  longList: LongList;
  isQueued: (upload: Upload) => boolean;
  /** The upload of which the person is asked if what has arrived may be lost. */
  asking: unknown;
  misfit: Misfit | undefined;
}

export function renderList(view: ListView): TemplateResult {
  const { uploads, longList } = view;
  const now = Date.now();
  const draw = (some: readonly Upload[], first: number): unknown =>
    repeat(
      some,
      ({ id }) => id,
      (upload, index) => renderOnce(upload, first + index, view, now),
    );
  return html`<ul part="list" class="list" role="list">
    ${isLong(uploads) ? longList.render(uploads, draw) : draw(uploads, 0)}
  </ul>`;
}

export function isLong(uploads: readonly Upload[]): boolean {
  return uploads.length > LONG_LIST;
}

function renderOnce(upload: Upload, index: number, view: ListView, now: number): unknown {
  const { uploads, voice, disabled, isAlone, onAction } = view;
  const { state, canReopen } = upload;
  const asking = view.asking === upload;
  const misfit = view.misfit?.upload === upload ? view.misfit : undefined;
  const isQueued = view.isQueued(upload);
  const place = isLong(uploads) ? { index, of: uploads.length } : undefined;
  // A countdown goes on although nothing else has changed.
  const time = state.status === 'waiting' ? now : undefined;
  return guard(
    [state, canReopen, voice, disabled, isAlone, asking, misfit, isQueued, place?.index, place?.of, time],
    () => renderRow({ upload, voice, disabled, isAlone, asking, misfit, isQueued, place, now, onAction }),
  );
}
