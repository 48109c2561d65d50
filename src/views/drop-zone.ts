/** The drop zone, with the button that opens the file picker. */

import { html, type TemplateResult } from 'lit';
import { isAccepted } from '../accept.js';
import { fillPlaceholders } from '../core/index.js';
import type { Messages } from '../i18n/types.js';
import type { Localization } from '../presentation/localization.js';
import type { DragState } from '../restrictions.js';
import { uploadIcon } from './icons.js';

export interface DropZoneProps {
  /** What can be added. */
  kind: 'file' | 'files' | 'folder';
  /** Whether the list contains files already. */
  isAnother: boolean;
  dragging: DragState | undefined;
  noDrop: boolean;
  disabled: boolean;
  /** As on `<input type="file">`. */
  accept: string | undefined;
  /** Maximum file size in bytes. */
  maxSize: number;
  /** Whether the device has a touch screen and no mouse. */
  isTouchOnly: boolean;
  localization: Localization;
  onBrowse: () => void;
}

interface DropZoneMessages {
  label: keyof Messages;
  /** The label once files are listed. */
  anotherLabel: keyof Messages;
  /** The label while files are dragged over the element. */
  dropLabel: keyof Messages;
  button: keyof Messages;
}

const messages: Readonly<Record<DropZoneProps['kind'], DropZoneMessages>> = {
  file: {
    label: 'dragFile',
    anotherLabel: 'dragAnotherFile',
    dropLabel: 'dropFileHere',
    button: 'chooseFile',
  },
  files: {
    label: 'dragFiles',
    anotherLabel: 'addMoreFiles',
    dropLabel: 'dropFilesHere',
    button: 'chooseFiles',
  },
  folder: {
    label: 'dragFolder',
    anotherLabel: 'addMoreFiles',
    dropLabel: 'dropFilesHere',
    button: 'chooseFolder',
  },
};

export function renderDropZone(props: DropZoneProps): TemplateResult {
  const { disabled, maxSize, localization, onBrowse } = props;
  const { locale, format } = localization;
  const hint = Number.isFinite(maxSize)
    ? fillPlaceholders(locale.maximumSize, { size: format.limit(maxSize) })
    : '';
  return html`<div part="dropzone" class="dropzone">
    <span class="picture"><slot name="icon">${uploadIcon}</slot></span>
    <span part="label" class="label"><slot name="label" .textContent=${label(props)}></slot></span>
    <button
      type="button"
      part="button browse-button"
      ?disabled=${disabled}
      @click=${onBrowse}
      .textContent=${buttonLabel(props)}
    ></button>
    <span part="hint" class="hint"><slot name="hint" .textContent=${hint}></slot></span>
    <slot></slot>
  </div>`;
}

function label({ kind, isAnother, dragging, noDrop, isTouchOnly, localization }: DropZoneProps): string {
  const { locale } = localization;
  const { label, anotherLabel, dropLabel } = messages[kind];
  switch (dragging) {
    case 'accepted':
      return locale[dropLabel];
    case 'type':
      return locale.dropTypeRefused;
    case 'count':
      return locale.dropLimitReached;
    case undefined:
      // Files can't be dragged on a touch screen.
      return noDrop || isTouchOnly ? '' : locale[isAnother ? anotherLabel : label];
    default:
      return dragging satisfies never;
  }
}

function buttonLabel({ kind, accept, isTouchOnly, localization: { locale } }: DropZoneProps): string {
  // Phones offer the camera in the file picker.
  const offersCamera = kind !== 'folder' && isTouchOnly && acceptsPhotos(accept);
  return offersCamera ? locale.chooseOrTakePhoto : locale[messages[kind].button];
}

function acceptsPhotos(accept: string | undefined): boolean {
  return isAccepted({ name: 'photo.jpg', type: 'image/jpeg' }, accept);
}
