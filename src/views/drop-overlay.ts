/** The overlay that says what a drop would do. It covers the element during a drag, so that nothing moves. */

import { html, type TemplateResult } from 'lit';
import { fillPlaceholders } from '../core/placeholders.js';
import type { Localization } from '../presentation/localization.js';
import type { DragState } from '../restrictions.js';
import type { Kind } from './drop-zone.js';
import { renderText } from './text.js';

export interface DropOverlayProps {
  kind: Kind;
  dragging: DragState;
  /** Isolated name of the file that a drop would replace, or whose upload prevents it. */
  current: string | undefined;
  localization: Localization;
}

export function renderDropOverlay(props: DropOverlayProps): TemplateResult {
  return html`<div class="overlay" translate="no">${renderText(dropText(props))}</div>`;
}

function dropText({ kind, dragging, current: name, localization: { locale } }: DropOverlayProps): string {
  switch (dragging) {
    case 'accepted':
      if (name) return fillPlaceholders(locale.dropReplaces, { name });
      return kind === 'file' ? locale.dropFileHere : locale.dropFilesHere;
    case 'type':
      return locale.dropTypeRefused;
    case 'count':
      return name ? locale.dropFinishFirst : locale.dropLimitReached;
    default:
      return dragging satisfies never;
  }
}
