/** The default styles. They inherit font and colors from the page; `--oss-…` properties override them. */

import { css } from 'lit';

export const styles = css`
  :host {
    --_accent: var(--oss-accent, #1a5fcc);
    --_on-accent: var(--oss-on-accent, #fff);
    --_error: var(--oss-error, #b3261e);
    --_success: var(--oss-success, #1b7136);
    --_on-success: #fff;
    --_muted: var(--oss-muted, color-mix(in srgb, currentColor 74%, transparent));
    --_border: var(--oss-border, color-mix(in srgb, currentColor 30%, transparent));
    --_radius: var(--oss-radius, 8px);
    --_gap: var(--oss-gap, 0.75em);
    --_focus-ring: var(--oss-focus-ring, 2px solid var(--_accent));
    --_direction: 1;

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
      --_success: var(--oss-success, light-dark(#1b7136, #84d99b));
      --_on-success: light-dark(#fff, #10331b);
    }
  }

  :host(:dir(rtl)) {
    --_direction: -1;
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
    border-style: dashed;
  }

  .base > .overlay {
    position: absolute;
    inset: -1px;
    z-index: 1;
    display: grid;
    place-items: center;
    padding: 0.5em;
    border: 2px solid var(--_accent);
    border-radius: inherit;
    background: color-mix(in srgb, var(--_accent) 13%, var(--oss-surface, Canvas));
    color: var(--_accent);
    font-weight: 600;
    text-align: center;
    pointer-events: none;
  }

  .base.refused > .overlay {
    border-color: var(--_error);
    background: color-mix(in srgb, var(--_error) 10%, var(--oss-surface, Canvas));
    color: var(--_error);
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

  .tall > .picture ::slotted(*),
  .tall > .picture .icon {
    box-sizing: content-box;
    padding: 0.75em;
    border-radius: 999px;
    background: color-mix(in srgb, var(--_accent) 13%, transparent);
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

  .list {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .item + .item,
  .group + .group > .item:first-child,
  .base > * + * {
    border-block-start: 1px solid var(--_border);
  }

  /* With several files, the list scrolls below the summary. */
  .many .list {
    overflow: auto;
    max-block-size: clamp(16em, 70vh, 32em);
  }

  .far.group {
    /* The fallback is the typical height of ten rows. */
    block-size: var(--_height, calc(10 * 4.9em));
  }

  .item:focus {
    outline: none;
  }

  .item:focus-visible {
    border-radius: var(--_radius);
    outline: var(--_focus-ring);
    outline-offset: -2px;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_gap) * 0.5) var(--_gap);
  }

  .item {
    padding-block: calc(var(--_gap) * 0.75);
  }

  .item > .row {
    /* Fits the name, the status and the progress bar, so that the height doesn't change during an upload. */
    min-block-size: 3.4em;
  }

  .thumbnail {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.5em;
    block-size: 2.5em;
    border-radius: calc(var(--_radius) * 0.75);
    background: color-mix(in srgb, var(--_accent) 13%, transparent);
    color: var(--_accent);
  }

  .failed .thumbnail {
    background: color-mix(in srgb, var(--_error) 13%, transparent);
    color: var(--_error);
  }

  .thumbnail canvas {
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    /* Shows black as well as white drawings on a transparent background. */
    background: #8c8c8c;
    forced-color-adjust: none;
    /* The edge of a picture in the color of the page. */
    outline: 1px solid var(--_border);
    outline-offset: -1px;
  }

  .badge {
    position: absolute;
    inset-block-end: -0.25em;
    inset-inline-end: -0.25em;
    display: grid;
    padding: 0.1em;
    border-radius: 999px;
    background: var(--_success);
    color: var(--_on-success);
    /* Sets it off from a picture of the same color. */
    box-shadow: 0 0 0 2px var(--oss-surface, Canvas);
    font-size: 0.7em;
  }

  .file {
    flex: 1 1 9em;
    min-inline-size: 0;
  }

  .name {
    display: flex;
    min-inline-size: 0;
    font-weight: 600;
  }

  .summary .name {
    flex: 1 1 9em;
  }

  .folder {
    overflow: hidden;
    flex: 0 100 auto;
    min-inline-size: 1.5em;
    color: var(--_muted);
    font-weight: 400;
    text-overflow: ellipsis;
    white-space: pre;
  }

  .file-name {
    position: relative;
    min-inline-size: 0;
    white-space: pre;
  }

  /* Generated content: as text, the halves would be read as two words and copied as two lines. */
  .file-name .halves {
    display: flex;
  }

  .file-name .halves::before {
    overflow: hidden;
    content: attr(data-head);
    text-overflow: ellipsis;
  }

  .file-name .halves::after {
    flex: none;
    content: attr(data-tail);
  }

  .buttons {
    display: flex;
    align-items: center;
    margin-inline-start: auto;
    flex-wrap: wrap;
    gap: calc(var(--_gap) * 0.5);
    min-inline-size: 0;
  }

  button {
    /* Fits most labels, so that the layout stays stable when one button replaces another. */
    min-inline-size: 5.4em;
    max-inline-size: 100%;
    min-block-size: max(24px, 2.1em);
    margin: 0;
    padding: 0.2em 0.85em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.75);
    background: transparent;
    color: inherit;
    font: inherit;
    line-height: 1.3;
    cursor: pointer;
  }

  .icon-button {
    display: grid;
    place-items: center;
    min-inline-size: 2.25em;
    block-size: 2.25em;
    padding: 0;
    border-color: transparent;
    color: var(--_muted);
  }

  .icon-button .button-label {
    display: none;
  }

  /* A row of a single file has room for two words. */
  @container (inline-size >= 30em) {
    .base:not(.many) .few > .icon-button {
      min-inline-size: 5.4em;
      padding-inline: 0.85em;
      border-color: var(--_border);
      color: inherit;
    }

    .base:not(.many) .few > .icon-button .icon {
      display: none;
    }

    .base:not(.many) .few .button-label {
      display: inline;
    }
  }

  @media (pointer: coarse) {
    button {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
  }

  button.strong {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button:not(:disabled):hover {
    background: color-mix(in srgb, currentColor 9%, transparent);
  }

  button.strong:not(:disabled):hover {
    background: color-mix(in srgb, var(--_accent) 88%, currentColor);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  :is(button, summary):focus-visible {
    outline: var(--_focus-ring);
    outline-offset: 2px;
  }

  .track {
    display: grid;
    overflow: hidden;
    block-size: var(--oss-progress-height, 6px);
    margin-block-start: calc(var(--_gap) * 0.4);
    border-radius: 999px;
    background: var(--oss-progress-track, color-mix(in srgb, currentColor 16%, transparent));
  }

  .fill {
    grid-area: 1 / 1;
    border-radius: inherit;
    background: var(--_accent);
    transform: translateX(calc((var(--_ratio, 0) - 1) * 100% * var(--_direction)));
    transition: transform 0.25s linear;
  }

  .in-flight {
    opacity: 0.45;
  }

  :is(.paused, .waiting, .resumable) .fill {
    background: color-mix(in srgb, currentColor 55%, transparent);
  }

  .failed .fill {
    background: var(--_error);
  }

  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    margin-block-start: 0.1em;
    color: var(--_muted);
    font-size: 0.875em;
  }

  /* Texts in a fallback language may have another direction than the page. */
  .status > * {
    unicode-bidi: plaintext;
  }

  .status > * + *::before {
    margin-inline: 0.4em;
    content: '·';
  }

  .succeeded .status {
    color: var(--_success);
  }

  .progress-text,
  .question {
    font-weight: 600;
  }

  @container (inline-size < 16em) {
    .label {
      flex: 1;
      min-inline-size: 0;
    }

    .tall .label {
      text-align: center;
    }

    .dropzone > button {
      flex-basis: 100%;
    }

    .thumbnail {
      display: none;
    }

    .buttons,
    button:not(.icon-button) {
      flex: 1 1 auto;
    }

    .buttons {
      justify-content: end;
    }

    button {
      min-inline-size: 0;
      padding-inline: 0.5em;
    }
  }

  @container (inline-size < 26em) {
    .rate {
      display: none;
    }
  }

  @container (inline-size < 21em) {
    .time-left {
      display: none;
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
    margin: 0;
  }

  .remark {
    color: var(--_muted);
    font-size: 0.9em;
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

  .file details {
    margin-block-start: calc(var(--_gap) * 0.4);
    font-size: 0.875em;
  }

  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    color: var(--_muted);
    cursor: pointer;
  }

  .code {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
  }

  code {
    font-family: ui-monospace, monospace;
    user-select: all;
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

  @media (prefers-reduced-motion: reduce) {
    .fill {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    button.strong {
      border-color: ButtonBorder;
    }

    .track {
      border: 1px solid CanvasText;
    }

    .fill {
      background: Highlight !important;
      forced-color-adjust: none;
    }
  }
`;
