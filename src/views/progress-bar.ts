/** A progress bar. */

import { html, type TemplateResult } from 'lit';
import { progressFill } from './progress-fill.js';

export interface ProgressBarProps {
  /** Id of the element that names it. */
  labelledBy: string;
  /** 0 to 1. */
  ratio: number;
  /** Read by screen readers instead of the bare number. */
  text: string;
}

export function renderProgressBar({ labelledBy, ratio, text }: ProgressBarProps): TemplateResult {
  return html`<div
    part="progress"
    class="track"
    role="progressbar"
    aria-labelledby=${labelledBy}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(ratio * 100)}
    aria-valuetext=${text}
  >
    <div part="progress-bar" class="fill" ${progressFill(ratio)}></div>
  </div>`;
}
