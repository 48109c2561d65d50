/** The buttons for actions, with their parts and labels. */

import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import { fillPlaceholders } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import type { UploadAction } from '../presentation/actions.js';
import { isolate, shortName } from '../presentation/file-name.js';
import type { Localization } from '../presentation/localization.js';
import { closeIcon, copyIcon, pauseIcon, replaceIcon } from './icons.js';

/** How an action is shown. */
interface ActionButton {
  /** CSS part, in addition to `button`. */
  part: string;
  /** Label in a row. */
  label: keyof Messages;
  /** Label for all uploads. */
  bulkLabel?: keyof Messages;
  /** Buttons with the same key replace each other without losing the focus. */
  key: string;
  primary?: boolean;
  /** Shown instead of the label in lists and where space is scarce. */
  icon?: SVGTemplateResult;
  /** Whether the icon is shown wherever there is one. */
  isSecondary?: boolean;
}

const buttons: Readonly<Record<UploadAction, ActionButton>> = {
  upload: { part: 'upload-button', label: 'upload', bulkLabel: 'uploadAll', key: 'main', primary: true },
  pause: { part: 'pause-button', label: 'pause', bulkLabel: 'pauseAll', key: 'main', icon: pauseIcon },
  resume: { part: 'resume-button', label: 'resume', bulkLabel: 'resumeAll', key: 'main', primary: true },
  retry: { part: 'retry-button', label: 'retry', bulkLabel: 'retryAll', key: 'main', primary: true },
  'try-now': { part: 'retry-button', label: 'retryNow', key: 'try-now', primary: true },
  cancel: { part: 'cancel-button', label: 'cancel', bulkLabel: 'cancelAll', key: 'end', icon: closeIcon },
  remove: { part: 'remove-button', label: 'remove', key: 'remove', icon: closeIcon },
  'remove-from-list': {
    part: 'remove-button',
    label: 'removeFromList',
    key: 'remove',
    icon: closeIcon,
    isSecondary: true,
  },
  undo: { part: 'undo-button', label: 'undo', key: 'undo' },
  replace: { part: 'replace-button', label: 'replace', key: 'replace', icon: replaceIcon },
  'copy-key': { part: 'copy-button', label: 'copyKey', key: 'copy-key', icon: copyIcon, isSecondary: true },
  choose: { part: 'browse-button', label: 'chooseNamed', key: 'main', primary: true },
  'choose-again': { part: 'browse-button', label: 'chooseFile', key: 'choose-again' },
  discard: { part: 'cancel-button', label: 'discard', key: 'end', icon: closeIcon },
  'upload-instead': { part: 'upload-button', label: 'uploadInstead', key: 'instead' },
  clear: { part: 'remove-button', label: 'clearCompleted', key: 'clear' },
  keep: { part: '', label: 'keepUploading', key: 'keep', primary: true },
  confirm: {
    part: 'cancel-button',
    label: 'discardUpload',
    bulkLabel: 'discardUploads',
    key: 'confirm',
  },
};

export interface ActionsProps {
  actions: readonly UploadAction[];
  localization: Localization;
  disabled: boolean;
  /** Names of files in labels that have a placeholder for one. */
  names?: Partial<Record<UploadAction, string>>;
  /** Makes the ids of the buttons unique. */
  id: string;
  /** Id of the element with the name of the file that the buttons apply to. Not read if the label has a name. */
  labelledBy?: string;
  /** Id of the question that the buttons answer. */
  describedBy?: string | undefined;
  /** Whether the buttons apply to all uploads. */
  bulk: boolean;
  /** Whether primary actions are highlighted. */
  emphasize: boolean;
  /** Shown before the buttons. */
  link?: TemplateResult | undefined;
  onAction: (action: UploadAction) => void;
}

/** Renders a button for each action. */
export function renderActions(props: ActionsProps): TemplateResult | typeof nothing {
  const {
    actions,
    localization,
    disabled,
    names,
    id,
    labelledBy,
    describedBy,
    bulk,
    emphasize,
    link,
    onAction,
  } = props;
  if (actions.length === 0) return nothing;
  const labels = actions.filter((action) => !buttons[action].isSecondary);
  return html`<div class=${labels.length > 2 ? 'buttons' : 'buttons few'}>
    ${link ?? nothing}
    ${repeat(
      actions,
      (action) => buttons[action].key,
      (action) => {
        const { part, label, bulkLabel, primary = false, icon, isSecondary } = buttons[action];
        const name = names?.[action];
        const template = localization.locale[(bulk && bulkLabel) || label];
        const text =
          name === undefined ? template : fillPlaceholders(template, { name: isolate(shortName(name)) });
        const isStrong = primary && emphasize;
        const labelId = `${action}-${id}`;
        return html`
          <button
            type="button"
            part=${['button', part, isStrong && 'primary-button'].filter(Boolean).join(' ')}
            class=${icon ? (isSecondary ? 'icon-button secondary' : 'icon-button') : isStrong ? 'strong' : ''}
            title=${ifDefined(icon ? text : undefined)}
            aria-labelledby=${[labelId, name === undefined && labelledBy].filter(Boolean).join(' ')}
            aria-describedby=${describedBy ?? nothing}
            ?disabled=${disabled}
            @click=${() => onAction(action)}
          >
            ${icon ?? nothing}<span class="button-label" id=${labelId} .textContent=${text}></span>
          </button>
        `;
      },
    )}
  </div>`;
}
