/** A progress bar. The part that OSS has stored is solid, the part in flight is lighter. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Progress } from '../core/index.js';
import { storedRatio } from '../presentation/status-text.js';
import { progressFill } from './progress-fill.js';

export interface ProgressBarProps {
  /** Id of the element that names it. */
  labelledBy: string;
  progress: Progress;
  /** Whether bytes are being sent. What is in flight is shown in a lighter color. */
  isSending: boolean;
  /** Read by screen readers instead of the bare number. */
  text: string;
}

export function renderProgressBar({
  labelledBy,
  progress,
  isSending,
  text,
}: ProgressBarProps): TemplateResult {
  const stored = storedRatio(progress);
  return html`<div
    part="progress"
    class="track"
    role="progressbar"
    aria-labelledby=${labelledBy}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(stored * 100)}
    aria-valuetext=${text}
  >
    ${isSending ? html`<div part="progress-inflight" class="fill in-flight" ${progressFill(progress.ratio)}></div>` : nothing}
    <div part="progress-bar" class="fill" ${progressFill(stored)}></div>
  </div>`;
}
