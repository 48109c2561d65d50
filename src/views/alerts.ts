/** Messages below the list: rejected files, missing storage, configuration errors. */

import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { fillPlaceholders, type UploadError } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { acceptedTypes } from '../presentation/accepted-types.js';
import { isolate } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import type { Rejection, Restrictions } from '../restrictions.js';
import { renderConfigErrors, renderFailure, renderFrame } from './error-view.js';
import { closeIcon } from './icons.js';

export interface AlertsProps {
  /** Configuration errors. */
  errors: readonly UploadError[];
  rejections: readonly Rejection[];
  /** Whether the browser can't save checkpoints of the uploads in the list. */
  persistenceUnavailable: boolean;
  restrictions: Restrictions;
  localization: Localization;
  /** Removes the messages about rejected files. */
  onDismiss: () => void;
}

/** Longer sentences of `validateFile` are cut off. In characters. */
const MAX_SENTENCE_LENGTH = 300;

/** How many files that were rejected for the same reason are named. The others are counted. */
const MAX_NAMED = 20;

/** The sentence about one file, and the one about several. */
const messages: Readonly<
  Record<Exclude<Rejection['reason'], 'duplicate-key'>, [one: keyof Messages, several: keyof Messages]>
> = {
  type: ['rejectedType', 'rejectedTypeSeveral'],
  folder: ['rejectedFolder', 'rejectedFolderSeveral'],
  unreadable: ['rejectedUnreadable', 'rejectedUnreadableSeveral'],
  duplicate: ['rejectedDuplicate', 'rejectedDuplicateSeveral'],
  'empty-drop': ['rejectedEmptyDrop', 'rejectedEmptyDrop'],
  size: ['rejectedSize', 'rejectedSizeSeveral'],
  count: ['rejectedOnlyOne', 'rejectedOnlyOneSeveral'],
  'empty-key': ['rejectedName', 'rejectedNameSeveral'],
  invalid: ['rejectedUnchecked', 'rejectedUncheckedSeveral'],
  prevented: ['rejectedBySite', 'rejectedBySiteSeveral'],
};

export function renderAlerts(props: AlertsProps): TemplateResult | typeof nothing {
  const { errors, persistenceUnavailable, localization } = props;
  if (errors.length === 0 && props.rejections.length === 0 && !persistenceUnavailable) return nothing;
  const { locale } = localization;
  const rejections = props.rejections.filter(({ error }) => !error);
  return html`<div class="alerts">
    ${rejections.length > 0 ? keyed(props.rejections, renderRejections(rejections, props)) : nothing}
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

/** Renders one alert for all rejected files, which screen readers announce once. The next drop gets a new alert. */
function renderRejections(rejections: readonly Rejection[], props: AlertsProps): TemplateResult {
  const { locale, format } = props.localization;
  const groups = groupByReason(rejections);
  const count = format.count(rejections.length);
  return html`<div class="rejections">
    ${renderFrame(
      html`<div role="alert">
        ${groups.length > 1 ? html`<p class="heading" .textContent=${fillPlaceholders(locale.notAdded, { count })}></p>` : nothing}
        ${groups.map((group) => renderGroup(group, props))}
      </div>`,
    )}
    <button
      type="button"
      part="button dismiss-button"
      class="icon-button"
      title=${locale.dismiss}
      aria-label=${locale.dismiss}
      @click=${props.onDismiss}
    >
      ${closeIcon}
    </button>
  </div>`;
}

/** Files that were rejected for the same reason share a sentence. */
type Group = readonly [Rejection, ...Rejection[]];

function groupByReason(rejections: readonly Rejection[]): Group[] {
  const groups = new Map<string, [Rejection, ...Rejection[]]>();
  for (const rejection of rejections) {
    const group = groups.get(rejection.reason);
    if (group) group.push(rejection);
    else groups.set(rejection.reason, [rejection]);
  }
  return [...groups.values()];
}

function renderGroup(group: Group, props: AlertsProps): TemplateResult {
  const text = rejectionText(group, props);
  if (group.length === 1) return html`<p .textContent=${text}></p>`;
  const { locale, format } = props.localization;
  // If only one file is left, its name takes no more space than the count.
  const named = group.length === MAX_NAMED + 1 ? group.length : MAX_NAMED;
  const unnamed = group.length - named;
  const hasOwnSentences = !haveSameSentence(group);
  // Screen readers don't announce the names when they appear.
  return html`<details>
    <summary .textContent=${text}></summary>
    <ul class="names" role="list" aria-live="off">
      ${group.slice(0, named).map(({ file, sentence = '' }) => {
        const name = nameOf(file);
        const status = isolate(shorten(sentence));
        const text = hasOwnSentences ? fillPlaceholders(locale.announceFileStatus, { name, status }) : name;
        return html`<li translate="no" .textContent=${text}></li>`;
      })}
      ${unnamed > 0 ? html`<li .textContent=${fillPlaceholders(locale.moreNotAdded, { count: format.count(unnamed) })}></li>` : nothing}
    </ul>
  </details>`;
}

function rejectionText(group: Group, { restrictions, localization }: AlertsProps): string {
  const [{ file, reason, sentence }] = group;
  if (sentence && haveSameSentence(group)) return isolate(shorten(sentence));
  const { accept, maxSize, maxFiles } = restrictions;
  const { locale, format } = localization;
  const isSeveral = group.length > 1;
  const types = reason === 'type' ? acceptedTypes(accept, locale) : undefined;
  let message;
  if (reason === 'duplicate-key') {
    message = isSeveral ? locale.rejectedKeySeveral : locale.errors[reason].message;
  } else if (types) {
    message = isSeveral ? locale.rejectedTypeWithListSeveral : locale.rejectedTypeWithList;
  } else if (reason === 'count' && maxFiles > 1) {
    message = isSeveral ? locale.rejectedTooManySeveral : locale.rejectedTooMany;
  } else {
    message = locale[messages[reason][isSeveral ? 1 : 0]];
  }
  return fillPlaceholders(message, {
    name: nameOf(file),
    types: types ? format.list(types) : '',
    size: format.limit(maxSize),
    count: format.count(maxFiles),
    rejected: format.count(group.length),
  });
}

function shorten(sentence: string): string {
  const characters = Array.from(sentence);
  if (characters.length <= MAX_SENTENCE_LENGTH) return sentence;
  return `${characters.slice(0, MAX_SENTENCE_LENGTH).join('')}…`;
}

function haveSameSentence([{ sentence }, ...others]: Group): boolean {
  return others.every((other) => other.sentence === sentence);
}

function nameOf(file: File): string {
  return isolate(file.webkitRelativePath || file.name);
}
