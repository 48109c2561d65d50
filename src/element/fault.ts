/** An error as a person sees it: what happened, what to do, and one step away what a developer asks for. */

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { UploadError } from '../core/index.js';
import type { Locale } from '../localize.js';
import { faultIcon } from './icons.js';

/** @param spoken whether assistive technology says it as soon as it is there */
export function renderFault(error: UploadError, locale: Locale, { spoken = false } = {}): TemplateResult {
  const { message, hint, code, ossCode, status, requestId } = error;
  return html`<div part="error" class="error">
    ${faultIcon}
    <div class="fault">
      <p role=${ifDefined(spoken ? 'alert' : undefined)}><span class="message">${message}</span> ${hint}</p>
      <details>
        <summary>${locale.details}</summary>
        <p class="code">
          <code>${[code, status, ossCode].filter(Boolean).join(' · ')}</code>
          ${requestId ? html`<span>${locale.requestId} <code>${requestId}</code></span>` : nothing}
        </p>
      </details>
    </div>
  </div>`;
}
