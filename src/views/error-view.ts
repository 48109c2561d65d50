/** Error messages. Information for developers is under Details. */

import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { UploadError } from '../core/index.js';
import type { Locale } from '../i18n/types.js';
import { errorIcon } from './icon.js';

/** Renders configuration errors. Errors with the same message share one alert, with all their hints under Details. */
export function renderConfigErrors(errors: readonly UploadError[], locale: Locale): TemplateResult[] {
  const byMessage = new Map<string, UploadError[]>();
  for (const error of errors) {
    byMessage.set(error.message, [...(byMessage.get(error.message) ?? []), error]);
  }
  return [...byMessage].map(([message, group]) =>
    renderFrame(html`${renderMessage(message)} ${renderDetails(group, locale)}`),
  );
}

/** Renders an error that screen readers announce when it appears. */
export function renderFailure(error: UploadError, locale: Locale): TemplateResult {
  return renderFrame(html`${renderMessage(error.message, 'alert')} ${renderDetails([error], locale)}`);
}

/**
 * Renders the error of a failed upload.
 *
 * @param isAnnounced whether screen readers announce it when it appears
 */
export function renderRowFailure(error: UploadError, locale: Locale, isAnnounced: boolean): TemplateResult {
  const message = renderMessage(error.message, isAnnounced ? 'alert' : undefined);
  return html`<div part="error" class="error-text">
    <div class="status">${message}</div>
    ${renderDetails([error], locale)}
  </div>`;
}

/** Renders why a file can't be used. Screen readers announce it. */
export function renderRejection(text: string): TemplateResult {
  return renderFrame(html`<p role="alert" .textContent=${text}></p>`);
}

/** Renders an icon before an error. */
export function renderFrame(content: TemplateResult): TemplateResult {
  return html`<div part="error" class="error">
    ${errorIcon}
    <div class="error-text">${content}</div>
  </div>`;
}

function renderMessage(message: string, role?: 'alert'): TemplateResult {
  return html`<p role=${ifDefined(role)}><span class="message" .textContent=${message}></span></p>`;
}

function renderDetails(errors: readonly UploadError[], { details, requestId }: Locale): TemplateResult {
  return html`<details>
    <summary .textContent=${details}></summary>
    ${errors.map(
      ({ hint, code, status, ossCode, requestId: id }) => html`
        <p .textContent=${hint}></p>
        <p class="code">
          <code .textContent=${[code, status, ossCode].filter(Boolean).join(' · ')}></code>
          ${
            id
              ? html`<span><span .textContent=${requestId}></span> <code .textContent=${id}></code></span>`
              : nothing
          }
        </p>
      `,
    )}
  </details>`;
}
