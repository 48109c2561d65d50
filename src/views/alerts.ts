/** Messages below the list: rejected files, missing storage, configuration errors. */

import { html, nothing, type TemplateResult } from 'lit';
import { fillPlaceholders, type UploadError } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { acceptedTypes } from '../presentation/accepted-types.js';
import { isolate } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import type { Rejection, Restrictions } from '../restrictions.js';
import { renderConfigErrors, renderFailure, renderRejection } from './error-view.js';

export interface AlertsProps {
  /** Configuration errors. */
  errors: readonly UploadError[];
  rejections: readonly Rejection[];
  /** Whether the browser can't save checkpoints of the uploads in the list. */
  persistenceUnavailable: boolean;
  restrictions: Restrictions;
  localization: Localization;
}

/** Characters of a sentence of the page. */
const MAX_SENTENCE_LENGTH = 300;

/** How many rejected files are named. The others are counted. */
const MAX_NAMED = 5;

const messages: Readonly<Record<Exclude<Rejection['reason'], 'duplicate-key'>, keyof Messages>> = {
  type: 'rejectedType',
  folder: 'rejectedFolder',
  unreadable: 'rejectedUnreadable',
  duplicate: 'rejectedDuplicate',
  'empty-drop': 'rejectedEmptyDrop',
  size: 'rejectedSize',
  count: 'rejectedOnlyOne',
  'empty-key': 'rejectedName',
  invalid: 'rejectedUnchecked',
  prevented: 'rejectedBySite',
};

export function renderAlerts(props: AlertsProps): TemplateResult | typeof nothing {
  const { errors, persistenceUnavailable, localization } = props;
  if (errors.length === 0 && props.rejections.length === 0 && !persistenceUnavailable) return nothing;
  const { locale, format } = localization;
  const rejections = props.rejections.filter(({ error }) => !error);
  // A single remaining file is named, because that takes no more space than the count.
  const named = rejections.length === MAX_NAMED + 1 ? rejections.length : MAX_NAMED;
  const unnamed = rejections.length - named;
  return html`<div class="alerts">
    ${rejections.slice(0, named).map((rejection) => renderRejection(rejectionText(rejection, props)))}
    ${unnamed > 0 ? renderRejection(fillPlaceholders(locale.moreNotAdded, { count: format.count(unnamed) })) : nothing}
    ${persistenceUnavailable ? html`<p class="remark" .textContent=${locale.persistenceUnavailable}></p>` : nothing}
    ${renderConfigErrors(errors, locale)} ${causes(props).map((error) => renderFailure(error, locale))}
  </div>`;
}

/** Returns the invalid settings because of which files were rejected, without those that are shown anyway. */
function causes({ errors, rejections }: AlertsProps): UploadError[] {
  const shown = new Set(errors.map(({ hint }) => hint));
  return rejections.flatMap(({ error }) => {
    if (!error || shown.has(error.hint)) return [];
    shown.add(error.hint);
    return [error];
  });
}

function rejectionText(
  { file, reason, sentence }: Rejection,
  { restrictions, localization }: AlertsProps,
): string {
  if (sentence) return isolate(shorten(sentence));
  const { accept, maxSize, maxFiles } = restrictions;
  const { locale, format } = localization;
  const types = reason === 'type' ? acceptedTypes(accept, locale) : undefined;
  let message;
  if (reason === 'duplicate-key') ({ message } = locale.errors[reason]);
  else if (types) message = locale.rejectedTypeWithList;
  else if (reason === 'count' && maxFiles > 1) message = locale.rejectedTooMany;
  else message = locale[messages[reason]];
  return fillPlaceholders(message, {
    name: isolate(file.webkitRelativePath || file.name),
    types: types ? format.list(types) : '',
    size: format.limit(maxSize),
    count: format.count(maxFiles),
  });
}

function shorten(sentence: string): string {
  const characters = Array.from(sentence);
  if (characters.length <= MAX_SENTENCE_LENGTH) return sentence;
  return `${characters.slice(0, MAX_SENTENCE_LENGTH).join('')}…`;
}
