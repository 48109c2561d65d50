/** What invites to choose files, or to drop them. State in, template out. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/types.js';
import { fillPlaceholders } from '../core/index.js';
import type { Dragging } from '../controllers/drop.js';
import { uploadIcon } from './icons.js';
import type { Localization } from '../presentation/localization.js';

export interface DropZoneProps {
  wants: 'file' | 'files' | 'folder';
  /** Whether files stand on the list already. */
  isAnother: boolean;
  dragging: Dragging | undefined;
  noDrop: boolean;
  disabled: boolean;
  /** The largest file that is taken, in bytes. */
  maxSize: number;
  localization: Localization;
  onBrowse: () => void;
}

/** The invitation, the same for another one, and what is said while files are dragged. */
const words: Readonly<Record<DropZoneProps['wants'], (keyof Messages)[]>> = {
  file: ['drop', 'dropAnother', 'dropNow', 'chooseFile'],
  files: ['dropFiles', 'dropMore', 'dropFilesNow', 'chooseFiles'],
  folder: ['dropFolder', 'dropMore', 'dropFilesNow', 'chooseFolder'],
};

export function renderDropZone(view: DropZoneProps): TemplateResult {
  const { disabled, maxSize, localization, onBrowse } = view;
  const { locale, format } = localization;
  const hint = Number.isFinite(maxSize)
    ? fillPlaceholders(locale.upTo, { size: format.limit(maxSize) })
    : nothing;
  return html`<div part="dropzone" class="dropzone">
    <span class="picture"><slot name="icon">${uploadIcon}</slot></span>
    <span part="label" class="label"><slot name="label">${invitation(view)}</slot></span>
    <button type="button" part="button browse-button" ?disabled=${disabled} @click=${onBrowse}>
      ${locale[words[view.wants][3]!]}
    </button>
    <span part="hint" class="hint"><slot name="hint">${hint}</slot></span>
    <slot></slot>
  </div>`;
}

function invitation({ wants, isAnother, dragging, noDrop, localization }: DropZoneProps): string {
  const { locale } = localization;
  const [first, another, now] = words[wants] as [keyof Messages, keyof Messages, keyof Messages];
  switch (dragging) {
    case 'welcome':
      return locale[now];
    case 'type':
      return locale.dropWrongType;
    case 'count':
      return locale.dropNoRoom;
    case undefined:
      return noDrop ? '' : locale[isAnother ? another : first];
    default:
      return dragging satisfies never;
  }
}
