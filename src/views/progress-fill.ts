/** Sets the width of a progress bar with `setProperty`. A `style` attribute in a template violates a strict CSP. */

import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { noChange } from 'lit';

class ProgressFill extends Directive {
  override render(_ratio: number): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [ratio]: [number]): unknown {
    (element as HTMLElement).style.setProperty('--_ratio', String(ratio));
    return noChange;
  }
}

/** @param ratio 0 to 1 */
export const progressFill = directive(ProgressFill);
