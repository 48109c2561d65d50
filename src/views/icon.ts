/** The icons of the shell. Hidden from assistive technology, because the text next to them has the same meaning. */

import { svg, type SVGTemplateResult } from 'lit';

export const icon = (path: SVGTemplateResult): SVGTemplateResult =>
  svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`;

export const uploadIcon = icon(
  svg`<path d="M10 13V3.5M6 7l4-4 4 4M3.5 13v2.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13" />`,
);
export const errorIcon = icon(svg`<circle cx="10" cy="10" r="7.2" /><path d="M10 6.2v4.4M10 13.6v.01" />`);
