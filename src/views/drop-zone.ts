/** The drop zone, with the button that opens the file picker. */

import { html, type TemplateResult } from 'lit';
import { parseAccept } from '../accept.js';
import { fillPlaceholders } from '../core/placeholders.js';
import type { ShellText } from '../i18n/shell-texts.js';
import { acceptedTypes } from '../presentation/accepted-types.js';
import type { ShellLocalization } from '../presentation/localization.js';
import { uploadIcon } from './icon.js';

/** What can be added. */
export type Kind = 'file' | 'files' | 'folder';

export interface DropZoneProps {
  kind: Kind;
  /** Whether the list contains files already. */
  isAnother: boolean;
  /** Whether the zone takes one line. */
  isCompact: boolean;
  noDrop: boolean;
  disabled: boolean;
  /** As on `<input type="file">`. */
  accept: string | undefined;
  /** Maximum file size in bytes. */
  maxSize: number;
  /** Whether the device has a touch screen and no mouse. */
  isTouchOnly: boolean;
  localization: ShellLocalization;
  onBrowse: () => void;
}

interface DropZoneMessages {
  label: ShellText;
  /** The label once files are listed. */
  anotherLabel: ShellText;
  button: ShellText;
}

const messages: Readonly<Record<Kind, DropZoneMessages>> = {
  file: {
    label: 'dragFile',
    anotherLabel: 'dragAnotherFile',
    button: 'chooseFile',
  },
  files: {
    label: 'dragFiles',
    anotherLabel: 'addMoreFiles',
    button: 'chooseFiles',
  },
  folder: {
    label: 'dragFolder',
    anotherLabel: 'addMoreFiles',
    button: 'chooseFolder',
  },
};

/** Clicks on these are not clicks on the zone. */
const CONTROLS = 'a, button, input, label, select, summary, textarea, [contenteditable], [role], [tabindex]';

/** The whole zone opens the picker. Its button does it for keyboards and screen readers. */
export function renderDropZone(props: DropZoneProps): TemplateResult {
  const { isCompact, disabled, onBrowse } = props;
  const onClick = (event: Event) => {
    const zone = event.currentTarget;
    const path = event.composedPath();
    const inside = path.slice(0, path.indexOf(zone as EventTarget));
    const isControl = inside.some((node) => 'matches' in node && (node as Element).matches(CONTROLS));
    if (!isControl && !disabled) onBrowse();
  };
  return html`<div
    part="dropzone"
    class=${`dropzone${isCompact ? '' : ' tall'}${disabled ? '' : ' enabled'}`}
    @click=${onClick}
  >
    <span class="picture"><slot name="icon">${uploadIcon}</slot></span>
    <span part="label" class="label"><slot name="label" .textContent=${label(props)}></slot></span>
    <button
      type="button"
      part=${`button browse-button${isCompact ? '' : ' primary-button'}`}
      class=${isCompact ? '' : 'strong'}
      aria-describedby="hint"
      ?disabled=${disabled}
      @click=${onBrowse}
      .textContent=${buttonLabel(props)}
    ></button>
    <span part="hint" class="hint" id="hint"><slot name="hint" .textContent=${hint(props)}></slot></span>
    <slot></slot>
  </div>`;
}

function label({ kind, isAnother, noDrop, isTouchOnly, localization: { locale } }: DropZoneProps): string {
  const { label, anotherLabel } = messages[kind];
  // Files can't be dragged on a touch screen.
  return noDrop || isTouchOnly ? '' : locale[isAnother ? anotherLabel : label];
}

function hint({ accept, maxSize, localization: { locale, format } }: DropZoneProps): string {
  const types = format.alternatives(acceptedTypes(accept, locale) ?? []);
  const size = Number.isFinite(maxSize) ? format.limit(maxSize) : '';
  if (!types || !size) return types || (size && fillPlaceholders(locale.maximumSize, { size }));
  return fillPlaceholders(locale.typesAndSize, { types, size });
}

function buttonLabel({ kind, accept, isTouchOnly, localization: { locale } }: DropZoneProps): string {
  // Phones offer the camera in the file picker.
  const offersCamera = kind !== 'folder' && isTouchOnly && acceptsPhotos(accept);
  return offersCamera ? locale.chooseOrTakePhoto : locale[messages[kind].button];
}

function acceptsPhotos(accept: string | undefined): boolean {
  const { tokens, invalid } = parseAccept(accept);
  const isAny = tokens.length + invalid.length === 0;
  return isAny || tokens.some((token) => /^(?:\.jpg|image\/(?:\*|p?jpe?g))$/.test(token));
}
