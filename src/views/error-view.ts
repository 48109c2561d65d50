/** An error as a person sees it: what happened, what to do, and one step away what a developer asks for. */

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { UploadError } from '../core/index.js';
import type { Locale } from '../i18n/types.js';
import { errorIcon } from './icons.js';

export function renderError({ message, hint }: UploadError): TemplateResult {
  return frame(sentence(message, hint));
}

/**
 * The same where it ended an upload: with code and request id to copy.
 *
 * @param isAloud whether it is said as it appears
 */
export function renderFailure(
  error: UploadError,
  { details, requestId }: Locale,
  isAloud: boolean,
): TemplateResult {
  const { message, hint, code, ossCode, status, requestId: id } = error;
  return frame(html`
    ${sentence(message, hint, isAloud ? 'alert' : undefined)}
    <details>
      <summary>${details}</summary>
      <p class="code">
        <code>${[code, status, ossCode].filter(Boolean).join(' · ')}</code>
        ${id ? html`<span>${requestId} <code>${id}</code></span>` : nothing}
      </p>
    </details>
  `);
}

/** A sentence on a file that was not taken, said aloud. */
export function renderRejection(text: string): TemplateResult {
  return frame(html`<p role="alert">${text}</p>`);
}

function frame(content: TemplateResult): TemplateResult {
  return html`<div part="error" class="error">
    ${errorIcon}
    <div class="fault">${content}</div>
  </div>`;
}

function sentence(message: string, hint: string, role?: 'alert'): TemplateResult {
  return html`<p role=${ifDefined(role)}><span class="message">${message}</span> ${hint}</p>`;
}
