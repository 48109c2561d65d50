/** What is said below everything else: files that were not taken, and faults of the set-up. */

import { html, nothing, type TemplateResult } from 'lit';
import type { UploadError } from '../core/index.js';
import { fill, type Messages } from '../localize.js';
import { renderFault } from './fault.js';
import { faultIcon } from './icons.js';
import type { Rejection } from './intake.js';
import type { Voice } from './voice.js';

export interface NotesView {
  faults: readonly UploadError[];
  rejections: readonly Rejection[];
  /** The largest file that is taken, in bytes. */
  limit: number;
  voice: Voice;
}

const sentences: Readonly<Record<Rejection['reason'], keyof Messages>> = {
  type: 'rejectedType',
  folder: 'rejectedFolder',
  size: 'rejectedSize',
  count: 'rejectedCount',
  'empty-key': 'rejectedKey',
  prevented: 'rejectedByPage',
};

export function renderNotes(view: NotesView): TemplateResult | typeof nothing {
  const { faults, rejections, voice } = view;
  if (faults.length === 0 && rejections.length === 0) return nothing;
  return html`<div class="notes">
    ${rejections.map((rejection) => renderRejection(rejection, view))}
    ${faults.map((fault) => renderFault(fault, voice.locale))}
  </div>`;
}

function renderRejection({ file, reason }: Rejection, { limit, voice }: NotesView): TemplateResult {
  const values = { name: file.name, size: voice.format.limit(limit) };
  return html`<div part="error" class="error">
    ${faultIcon}
    <p class="fault" role="alert">${fill(voice.locale[sentences[reason]], values)}</p>
  </div>`;
}
