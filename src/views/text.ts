/**
 * Texts. Page translators replace text nodes, so templates set `textContent` instead of rendering a text node: an expression
 * in the content would keep updating a node that has been removed.
 */

import { html, type nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

/** @param name CSS class */
export function renderText(text: string, name?: string): TemplateResult {
  return html`<span class=${ifDefined(name)} .textContent=${text}></span>`;
}

/** Renders a status line. It changes often, so it isn't translated. */
export function renderStatusLine(content: TemplateResult | typeof nothing, id?: string): TemplateResult {
  return html`<div part="status" class="status" id=${ifDefined(id)} translate="no">${content}</div>`;
}
