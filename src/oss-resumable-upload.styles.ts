/**
 * The default styles of the shell: the drop zone, buttons and alerts. They inherit font and colors from the page; `--oss-…`
 * properties override them. uploads-panel.styles.ts has those of everything that is loaded later.
 */

import { css } from 'lit';

export const styles = css`
  :host {
    --_accent: var(--oss-accent, #1a5fcc);
    --_on-accent: var(--oss-on-accent, #fff);
    --_error: var(--oss-error, #b3261e);
    --_muted: var(--oss-muted, color-mix(in srgb, currentColor 74%, transparent));
    --_border: var(--oss-border, color-mix(in srgb, currentColor 18%, transparent));
    --_control-border: var(
      --oss-control-border,
      var(--oss-border, color-mix(in srgb, currentColor 52%, transparent))
    );
    --_tint: color-mix(in srgb, var(--_accent) 13%, transparent);
    --_radius: var(--oss-radius, 12px);
    --_inner-radius: calc(var(--_radius) * 2 / 3);
    --_gap: var(--oss-gap, 0.75em);
    --_focus-ring: var(--oss-focus-ring, 2px solid var(--_accent));

    display: block;
    /* Flex and grid containers may shrink the element below its intrinsic width, but not until it is unusable. */
    min-inline-size: min(100%, 12em);
    max-inline-size: 100%;
    writing-mode: horizontal-tb;
    /* Important, because white space in the shadow tree would become lines. */
    white-space: normal !important;
    color: var(--oss-text, inherit);
    font: var(--oss-font, inherit);
  }

  @supports (color: light-dark(black, white)) {
    :host {
      --_accent: var(--oss-accent, light-dark(#1a5fcc, #8ab4f8));
      --_on-accent: var(--oss-on-accent, light-dark(#fff, #0b1f3f));
      --_error: var(--oss-error, light-dark(#b3261e, #ffb4ab));
    }
  }

  :host([hidden]),
  [hidden] {
    display: none;
  }

  * {
    box-sizing: border-box;
  }

  .base {
    position: relative;
    container-type: inline-size;
    /* The width in shrink-to-fit layouts: with size containment, the content doesn't contribute any. */
    contain-intrinsic-inline-size: 26rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--oss-surface, transparent);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
    /* Some layouts hide white space with a font size of 0. */
    font-size: max(1em, 10px);
    /* Inherited properties of the page that would break the layout. */
    hyphens: manual;
    letter-spacing: normal;
    line-break: auto;
    overflow-wrap: normal;
    text-align: start;
    text-align-last: auto;
    text-emphasis: none;
    text-indent: 0;
    text-transform: none;
    text-wrap: wrap;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
    -webkit-text-fill-color: currentcolor;
  }

  .base.empty {
    border: 1.5px dashed var(--_control-border);
  }

  .base.dragging {
    border-color: var(--_accent);
  }

  .dropzone,
  .summary,
  .item,
  .alerts {
    padding: var(--_gap) calc(var(--_gap) * 1.25);
  }

  .dropzone {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_gap) * 0.5) var(--_gap);
  }

  .enabled {
    cursor: pointer;
  }

  .picture {
    display: flex;
    color: var(--_accent);
  }

  .tall {
    justify-content: center;
    padding-block: calc(var(--_gap) * 2);
  }

  .tall > :is(.picture, .hint) {
    flex-basis: 100%;
    justify-content: center;
    text-align: center;
  }

  .picture ::slotted(*),
  .picture .icon {
    box-sizing: content-box;
    padding: 0.4em;
    border-radius: 999px;
    background: var(--_tint);
  }

  .tall > .picture ::slotted(*),
  .tall > .picture .icon {
    padding: 0.75em;
  }

  .tall.enabled {
    border-radius: inherit;
  }

  .tall.enabled:hover {
    background: color-mix(in srgb, var(--_accent) 4%, transparent);
  }

  .icon {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }

  .hint {
    margin-inline-start: auto;
    color: var(--_muted);
    font-size: 0.9em;
  }

  .hint:first-letter {
    text-transform: uppercase;
  }

  ::slotted(:not([slot])) {
    flex-basis: 100%;
  }

  .base > * + * {
    border-block-start: 1px solid var(--_border);
  }

  button {
    /* Fits most labels, so that the layout stays stable when one button replaces another. */
    min-inline-size: 5.4em;
    max-inline-size: 100%;
    min-block-size: max(24px, 2.1em);
    margin: 0;
    padding: 0.2em 0.9em;
    border: 1px solid var(--_control-border);
    border-radius: var(--_inner-radius);
    background: transparent;
    color: inherit;
    font: inherit;
    font-size: 0.9375em;
    font-weight: 500;
    line-height: 1.3;
    cursor: pointer;
  }

  @media (pointer: coarse) {
    button:not(.filter),
    .icon-button {
      min-inline-size: 44px;
      /* Important, because pages set sizes for mice. */
      min-block-size: 44px !important;
    }
  }

  button.strong {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }

  :is(button:not(:disabled), .icon-button):hover {
    background: color-mix(in srgb, currentColor 9%, transparent);
  }

  button.strong:not(:disabled):hover {
    /* Away from the color of the label, so that its contrast grows. */
    background: color-mix(in srgb, var(--_accent) 88%, CanvasText);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  :is(button, summary, a):focus-visible {
    outline: var(--_focus-ring);
    outline-offset: 2px;
  }

  @container (inline-size < 16em) {
    .label {
      flex: 1;
      min-inline-size: 0;
    }

    .tall .label {
      flex-basis: 100%;
      text-align: center;
    }

    .dropzone > button {
      flex-basis: 100%;
    }

    button {
      min-inline-size: 0;
      padding-inline: 0.4em;
    }
  }

  .error {
    display: flex;
    gap: 0.5em;
    margin-block-start: calc(var(--_gap) * 0.5);
    font-size: 0.875em;
  }

  .error > .icon {
    margin-block-start: 0.05em;
    color: var(--_error);
  }

  .alerts {
    display: grid;
    gap: calc(var(--_gap) * 0.5);
  }

  .alerts .error {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
  }

  p {
    margin: 0;
    text-align: match-parent;
    unicode-bidi: plaintext;
  }

  .error-text {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    /* Users may need to quote it although the page isn't selectable. */
    -webkit-user-select: text;
    user-select: text;
  }

  .message {
    color: var(--_error);
  }

  .spoken,
  .unseen {
    position: absolute;
    overflow: hidden;
    inline-size: 1px;
    block-size: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    .icon {
      forced-color-adjust: auto;
    }

    button.strong {
      border-color: ButtonBorder;
    }

    button:disabled {
      opacity: 1;
    }
  }
`;
