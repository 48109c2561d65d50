/** Alerts below the list: rejected files, missing persistence and configuration errors. */

import { html, nothing, type TemplateResult } from 'lit';
import type { UploadError } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { fillPlaceholders } from '../core/index.js';
import { renderConfigErrors, renderRejection } from './error-view.js';
import { acceptedTypes } from '../presentation/accepted-types.js';
import { isolate } from '../presentation/file-name.js';
import type { Rejection } from '../controllers/intake.js';
import type { Localization } from '../presentation/localization.js';

export interface AlertsProps {
  faults: readonly UploadError[];
  rejections: readonly Rejection[];
  /** Whether this browser can't store progress. */
  persistenceUnavailable: boolean;
  /** As on `<input type="file">`. */
  accept: string | undefined;
  /** Maximum file size in bytes. */
  maxSize: number;
  /** Maximum number of files. */
  maxCount: number;
  localization: Localization;
}

/** Files named one by one; the rest are counted. */
const MOST_NAMED = 5;

const messages: Readonly<Record<Rejection['reason'], keyof Messages>> = {
  type: 'rejectedType',
  folder: 'rejectedFolder',
  unreadable: 'rejectedUnreadable',
  duplicate: 'rejectedDuplicate',
  size: 'rejectedSize',
  count: 'rejectedOnlyOne',
  'empty-key': 'rejectedName',
  prevented: 'rejectedBySite',
};

export function renderAlerts(view: AlertsProps): TemplateResult | typeof nothing {
  const { faults, rejections, persistenceUnavailable, localization } = view;
  if (faults.length === 0 && rejections.length === 0 && !persistenceUnavailable) return nothing;
  const { locale, format } = localization;
  // A single remaining file is named: it takes no more room than its count.
  const named = rejections.length === MOST_NAMED + 1 ? rejections.length : MOST_NAMED;
  const unnamed = rejections.length - named;
  return html`<div class="notes">
    ${rejections.slice(0, named).map((rejection) => renderRejection(sentenceFor(rejection, view)))}
    ${unnamed > 0 ? renderRejection(fillPlaceholders(locale.moreNotAdded, { count: format.count(unnamed) })) : nothing}
    ${persistenceUnavailable ? html`<p class="remark">${locale.persistenceUnavailable}</p>` : nothing}
    ${renderConfigErrors(faults, locale)}
  </div>`;
}

function sentenceFor({ file, reason }: Rejection, view: AlertsProps): string {
  const { accept, maxSize, maxCount, localization } = view;
  const { locale, format } = localization;
  const types = reason === 'type' ? acceptedTypes(accept, locale) : undefined;
  let message = messages[reason];
  if (types) message = 'rejectedTypeWithList';
  else if (reason === 'count' && maxCount > 1) message = 'rejectedTooMany';
  return fillPlaceholders(locale[message], {
    name: isolate(file.webkitRelativePath || file.name),
    types: types ? format.list(types) : '',
    size: format.limit(maxSize),
    count: format.count(maxCount),
  });
}
