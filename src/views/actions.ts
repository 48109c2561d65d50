/** The buttons for actions, with their parts and labels. */

import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Messages } from '../i18n/types.js';
import type { UploadAction } from '../presentation/actions.js';
import type { Localization } from '../presentation/localization.js';
import { closeIcon, pauseIcon } from './icons.js';

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
}

const buttons: Readonly<Record<UploadAction, ActionButton>> = {
  upload: { part: 'upload-button', label: 'upload', bulkLabel: 'uploadAll', key: 'main', primary: true },
  pause: { part: 'pause-button', label: 'pause', bulkLabel: 'pauseAll', key: 'main', icon: pauseIcon },
  resume: { part: 'resume-button', label: 'resume', bulkLabel: 'resumeAll', key: 'main', primary: true },
  retry: { part: 'retry-button', label: 'retry', bulkLabel: 'retryAll', key: 'main', primary: true },
  'try-now': { part: 'retry-button', label: 'retryNow', key: 'try-now', primary: true },
  cancel: { part: 'cancel-button', label: 'cancel', bulkLabel: 'cancelAll', key: 'end', icon: closeIcon },
  remove: { part: 'remove-button', label: 'remove', key: 'remove', icon: closeIcon },
  choose: { part: 'browse-button', label: 'chooseFile', key: 'main', primary: true },
  'choose-again': { part: 'browse-button', label: 'chooseFile', key: 'choose-again' },
  discard: { part: 'cancel-button', label: 'discard', key: 'end', icon: closeIcon },
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
  /** Makes the ids of the buttons unique. */
  id: string;
  /** Id of the element with the name of the file that the buttons apply to. */
  labelledBy?: string;
  /** Id of the question that the buttons answer. */
  describedBy?: string | undefined;
  /** Whether the buttons apply to all uploads. */
  bulk: boolean;
  /** Whether primary actions are highlighted. */
  emphasize: boolean;
  onAction: (action: UploadAction) => void;
}

/** Renders a button for each action. */
export function renderActions(props: ActionsProps): TemplateResult | typeof nothing {
  const { actions, localization, disabled, id, labelledBy, describedBy, bulk, emphasize, onAction } = props;
  if (actions.length === 0) return nothing;
  return html`<div class=${actions.length > 2 ? 'buttons' : 'buttons few'}>
    ${repeat(
      actions,
      (action, index) => (bulk ? bulkKey(action, index) : buttons[action].key),
      (action, index) => {
        const { part, label, bulkLabel, primary = false, icon } = buttons[action];
        const text = localization.locale[(bulk && bulkLabel) || label];
        const isIcon = icon && !bulk;
        const isStrong = primary && emphasize && (!bulk || index === 0);
        const labelId = `${action}-${id}`;
        return html`
          <button
            type="button"
            part=${`button ${part}${isStrong ? ' primary-button' : ''}`}
            class=${isIcon ? 'icon-button' : isStrong ? 'strong' : ''}
            title=${ifDefined(isIcon ? text : undefined)}
            aria-labelledby=${labelledBy ? `${labelId} ${labelledBy}` : nothing}
            aria-describedby=${describedBy ?? nothing}
            ?disabled=${disabled}
            @click=${() => onAction(action)}
          >
            ${isIcon ? icon : nothing}<span class="button-label" id=${labelId} .textContent=${text}></span>
          </button>
        `;
      },
    )}
  </div>`;
}

/** Returns the key of a button for all uploads. The first button keeps the focus when its action changes. */
function bulkKey(action: UploadAction, index: number): string {
  return index === 0 && action !== 'keep' ? 'main' : action;
}
