/** Messages below the list: rejected files, missing storage, configuration errors. */

import { html, nothing, type TemplateResult } from 'lit';
import { fillPlaceholders, type UploadError } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { isolate } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import type { Rejection, Restrictions } from '../restrictions.js';
import { renderError, renderRejection } from './error-view.js';

export interface AlertsProps {
  /** Configuration errors. */
  errors: readonly UploadError[];
  rejections: readonly Rejection[];
  /** Whether the browser can't save checkpoints of what is in the list. */
  persistenceUnavailable: boolean;
  restrictions: Restrictions;
  localization: Localization;
}

/** How many rejected files are named. The others are counted. */
const MAX_NAMED = 5;

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

export function renderAlerts(props: AlertsProps): TemplateResult | typeof nothing {
  const { errors, rejections, persistenceUnavailable, localization } = props;
  if (errors.length === 0 && rejections.length === 0 && !persistenceUnavailable) return nothing;
  const { locale, format } = localization;
  const unnamed = rejections.length - MAX_NAMED;
  return html`<div class="notes">
    ${rejections.slice(0, MAX_NAMED).map((rejection) => renderRejection(sentenceFor(rejection, props)))}
    ${unnamed > 0 ? renderRejection(fillPlaceholders(locale.moreRejected, { count: format.count(unnamed) })) : nothing}
    ${persistenceUnavailable ? html`<p class="remark">${locale.persistenceUnavailable}</p>` : nothing}
    ${errors.map(renderError)}
  </div>`;
}

function sentenceFor(
  { file, reason }: Rejection,
  { restrictions: { maxSize, maxFiles }, localization }: AlertsProps,
): string {
  const { locale, format } = localization;
  const sentence = reason === 'count' && maxFiles > 1 ? 'rejectedLimit' : sentences[reason];
  return fillPlaceholders(locale[sentence], {
    name: isolate(file.webkitRelativePath || file.name),
    size: format.limit(maxSize),
    count: format.count(maxFiles),
  });
}
