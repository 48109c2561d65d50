/** What is said below everything else: files that were not taken, what can't be kept, and faults of the set-up. */

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

export function renderNotes({
  faults,
  rejections,
  forgetful,
  limit,
  voice,
}: NotesView): TemplateResult | typeof nothing {
  if (faults.length === 0 && rejections.length === 0 && !forgetful) return nothing;
  const { locale, format } = voice;
  const size = format.limit(limit);
  return html`<div class="notes">
    ${rejections.map(({ file, reason }) =>
      renderRejection(fill(locale[sentences[reason]], { name: isolate(file.name), size })),
    )}
    ${forgetful ? html`<p class="remark">${locale.forgetful}</p>` : nothing} ${faults.map(renderFault)}
  </div>`;
}
