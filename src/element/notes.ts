/** What is said beside the list: files that were not taken, what can't be kept, and faults of the set-up. */

import { html, nothing, type TemplateResult } from 'lit';
import type { UploadError } from '../core/index.js';
import { fill, type Messages } from '../localize.js';
import { renderFault, renderRejection } from './fault.js';
import { isolate } from './file-name.js';
import type { Rejection } from './intake.js';
import type { Voice } from './voice.js';

export interface NotesView {
  faults: readonly UploadError[];
  rejections: readonly Rejection[];
  /** Whether this browser can't remember what is under way. */
  forgetful: boolean;
  /** The largest file that is taken, in bytes. */
  maxSize: number;
  /** How many files are taken. */
  maxCount: number;
  voice: Voice;
}

/** Of a thousand files that are not taken nobody reads the names. */
const MOST_NAMED = 5;

const sentences: Readonly<Record<Rejection['reason'], keyof Messages>> = {
  type: 'rejectedType',
  folder: 'rejectedFolder',
  unreadable: 'rejectedUnreadable',
  duplicate: 'rejectedDuplicate',
  size: 'rejectedSize',
  count: 'rejectedCount',
  'empty-key': 'rejectedKey',
  prevented: 'rejectedByPage',
};

export function renderNotes(view: NotesView): TemplateResult | typeof nothing {
  const { faults, rejections, forgetful, voice } = view;
  if (faults.length === 0 && rejections.length === 0 && !forgetful) return nothing;
  const { locale, format } = voice;
  const unnamed = rejections.length - MOST_NAMED;
  return html`<div class="notes">
    ${rejections.slice(0, MOST_NAMED).map((rejection) => renderRejection(sentenceFor(rejection, view)))}
    ${unnamed > 0 ? renderRejection(fill(locale.moreRejected, { count: format.count(unnamed) })) : nothing}
    ${forgetful ? html`<p class="remark">${locale.forgetful}</p>` : nothing} ${faults.map(renderFault)}
  </div>`;
}

function sentenceFor({ file, reason }: Rejection, { maxSize, maxCount, voice }: NotesView): string {
  const { locale, format } = voice;
  const sentence = reason === 'count' && maxCount > 1 ? 'rejectedLimit' : sentences[reason];
  return fill(locale[sentence], {
    name: isolate(file.webkitRelativePath || file.name),
    size: format.limit(maxSize),
    count: format.count(maxCount),
  });
}
