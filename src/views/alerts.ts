/** What is said beside the list: files that were not taken, what can't be kept, and faults of the set-up. */

import { html, nothing, type TemplateResult } from 'lit';
import type { UploadError } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { fillPlaceholders } from '../core/index.js';
import { renderError, renderRejection } from './error-view.js';
import { isolate } from '../presentation/file-name.js';
import type { Rejection } from '../controllers/intake.js';
import type { Localization } from '../presentation/localization.js';

export interface AlertsProps {
  faults: readonly UploadError[];
  rejections: readonly Rejection[];
  /** Whether this browser can't remember what is under way. */
  persistenceUnavailable: boolean;
  /** The largest file that is taken, in bytes. */
  maxSize: number;
  /** How many files are taken. */
  maxCount: number;
  localization: Localization;
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

export function renderAlerts(view: AlertsProps): TemplateResult | typeof nothing {
  const { faults, rejections, persistenceUnavailable, localization } = view;
  if (faults.length === 0 && rejections.length === 0 && !persistenceUnavailable) return nothing;
  const { locale, format } = localization;
  const unnamed = rejections.length - MOST_NAMED;
  return html`<div class="notes">
    ${rejections.slice(0, MOST_NAMED).map((rejection) => renderRejection(sentenceFor(rejection, view)))}
    ${unnamed > 0 ? renderRejection(fillPlaceholders(locale.moreRejected, { count: format.count(unnamed) })) : nothing}
    ${persistenceUnavailable ? html`<p class="remark">${locale.persistenceUnavailable}</p>` : nothing}
    ${faults.map(renderError)}
  </div>`;
}

function sentenceFor({ file, reason }: Rejection, { maxSize, maxCount, localization }: AlertsProps): string {
  const { locale, format } = localization;
  const sentence = reason === 'count' && maxCount > 1 ? 'rejectedLimit' : sentences[reason];
  return fillPlaceholders(locale[sentence], {
    name: isolate(file.webkitRelativePath || file.name),
    size: format.limit(maxSize),
    count: format.count(maxCount),
  });
}
