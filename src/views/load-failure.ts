/** The message that the list of uploads could not be loaded. error-view.ts renders other errors. */

import { html, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/types.js';
import { errorIcon } from './icon.js';

export function renderLoadFailure(
  { loadFailed, retry }: Pick<Messages, 'loadFailed' | 'retry'>,
  onRetry: () => void,
): TemplateResult {
  return html`<div class="alerts">
    <div part="error" class="error">
      ${errorIcon}
      <div class="error-text">
        <p role="alert"><span class="message" .textContent=${loadFailed}></span></p>
      </div>
      <button type="button" part="button retry-button" @click=${onRetry} .textContent=${retry}></button>
    </div>
  </div>`;
}
