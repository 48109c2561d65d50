/** The area that invites the user to choose or drop files. */

import { html, nothing, type TemplateResult } from 'lit';
import { fillPlaceholders } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import { uploadIcon } from './icons.js';
import type { Localization } from '../presentation/localization.js';
import type { DragState } from '../restrictions.js';

export interface DropZoneProps {
  wants: 'file' | 'files' | 'folder';
  /** Whether the list has files already. */
  isAnother: boolean;
  dragging: DragState | undefined;
  noDrop: boolean;
  disabled: boolean;
  /** Largest accepted file, in bytes. */
  maxSize: number;
  localization: Localization;
  onBrowse: () => void;
}

/** Messages for: the first file, another file, dragged files, the button. */
const words: Readonly<Record<DropZoneProps['wants'], (keyof Messages)[]>> = {
  file: ['drop', 'dropAnother', 'dropNow', 'chooseFile'],
  files: ['dropFiles', 'dropMore', 'dropFilesNow', 'chooseFiles'],
  folder: ['dropFolder', 'dropMore', 'dropFilesNow', 'chooseFolder'],
};

export function renderDropZone(props: DropZoneProps): TemplateResult {
  const { disabled, maxSize, localization, onBrowse } = props;
  const { locale, format } = localization;
  const hint = Number.isFinite(maxSize)
    ? fillPlaceholders(locale.upTo, { size: format.limit(maxSize) })
    : nothing;
  return html`<div part="dropzone" class="dropzone">
    <span class="picture"><slot name="icon">${uploadIcon}</slot></span>
    <span part="label" class="label"><slot name="label">${invitation(props)}</slot></span>
    <button type="button" part="button browse-button" ?disabled=${disabled} @click=${onBrowse}>
      ${locale[words[props.wants][3]!]}
    </button>
    <span part="hint" class="hint"><slot name="hint">${hint}</slot></span>
    <slot></slot>
  </div>`;
}

function invitation({ wants, isAnother, dragging, noDrop, localization }: DropZoneProps): string {
  const { locale } = localization;
  const [first, another, now] = words[wants] as [keyof Messages, keyof Messages, keyof Messages];
  switch (dragging) {
    case 'accepted':
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
