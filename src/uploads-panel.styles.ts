/** The default styles of the list, the summary and their alerts. They follow those of the shell, and override them. */

import { css } from 'lit';

export const panelStyles = css`
  :host {
    --_success: var(--oss-success, #1b7136);
    --_on-success: #fff;
    --_bar: var(--oss-progress-height, 6px);
    --_direction: 1;
    --_separator: 0.95em;
    --_clip: inset(0 0 0 var(--_separator));
  }

  @supports (color: light-dark(black, white)) {
    :host {
      --_success: var(--oss-success, light-dark(#1b7136, #84d99b));
      --_on-success: light-dark(#fff, #10331b);
    }
  }

  :host(:dir(rtl)) {
    --_direction: -1;
    --_clip: inset(0 var(--_separator) 0 0);
  }

  .base:has(> .overlay) {
    border-color: transparent;
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
    /* Readable with accents that are too light or too dark for text. */
    color: color-mix(in srgb, var(--_accent) 75%, currentColor);
    font-weight: 600;
    text-align: center;
    pointer-events: none;
  }

  .base.refused > .overlay {
    border-color: var(--_error);
    background: color-mix(in srgb, var(--_error) 10%, var(--oss-surface, Canvas));
    color: color-mix(in srgb, var(--_error) 75%, currentColor);
  }

  .list,
  .names {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  /* Stays visible while the page scrolls. The background of the page is unknown, so what is below it is blurred. */
  .summary {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    border-block-end: 1px solid var(--_border);
    background: var(--oss-surface, color-mix(in srgb, currentColor 4%, transparent));
    -webkit-backdrop-filter: blur(1.5em);
    backdrop-filter: blur(1.5em);
  }

  .summary:first-child {
    border-start-start-radius: inherit;
    border-start-end-radius: inherit;
  }

  .item + .item,
  .group + .group > .item:first-child {
    border-block-start: 1px solid var(--_border);
  }

  .summary + .list {
    border-block-start: 0;
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

  .collapsed.item {
    padding: 0;
  }

  :is(.item, .summary) > .row {
    /* Fits the name, the status and the progress bar, so that the height doesn't change during an upload. */
    min-block-size: calc(2.75em + var(--_gap) * 0.4 + var(--_bar));
  }

  .thumbnail {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.5em;
    block-size: 2.5em;
    border-radius: var(--_inner-radius);
    background: var(--_tint);
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
    transition: scale 0.3s ease-out;
  }

  /* Only at the end of an upload is there a transition: the element exists before. */
  :not(.succeeded) > .row .badge {
    scale: 0;
  }

  .undoable :is(.thumbnail, .name) {
    opacity: 0.6;
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

  .icon-button {
    display: grid;
    place-items: center;
  }

  .many .icon-button,
  :not(.few) > .icon-button,
  .icon-button:is(.secondary, a) {
    /* A square with an icon. Important, so that padding that the page sets on all buttons doesn't widen it. */
    aspect-ratio: 1;
    min-inline-size: 0 !important;
    block-size: 2.4em;
    padding: 0 !important;
    border-color: transparent;
    color: var(--_muted);
  }

  .icon-button .button-label {
    display: none;
  }

  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_gap);
  }

  .filter {
    position: relative;
    min-inline-size: 0;
    min-block-size: 24px;
    /* Fits into the line. */
    margin-block: -2px;
    padding-block: 0;
    border-color: currentColor;
    border-radius: 999px;
    color: var(--_error);
    font-size: 0.875em;
    font-weight: 600;
  }

  /* Larger than it looks. */
  .filter::after {
    position: absolute;
    inset: -10px 0;
    content: '';
  }

  /* Keeps the colors of text and background, which a page may have set for all buttons. */
  .filter[aria-pressed='true'] {
    box-shadow: inset 0 0 0 1px currentColor;
  }

  .expand {
    display: flex;
    align-items: center;
    gap: 0.5em;
    inline-size: 100%;
    padding: calc(var(--_gap) * 0.75) calc(var(--_gap) * 1.25);
    border: 0;
    border-radius: 0;
    color: var(--_muted);
    text-align: start;
  }

  .expand > .icon:first-child {
    color: var(--_success);
  }

  .expand > .icon:last-child {
    margin-inline-start: auto;
  }

  .expand[aria-expanded='true'] > .icon:last-child {
    rotate: 180deg;
  }

  .expand:focus-visible {
    outline-offset: -2px;
  }

  @container (inline-size < 40em) {
    .icon-button {
      aspect-ratio: 1;
      min-inline-size: 0 !important;
      block-size: 2.4em;
      padding: 0 !important;
      border-color: transparent;
      color: var(--_muted);
    }
  }

  /* A row of a single file has room for two words. */
  @container (inline-size >= 40em) {
    .base:not(.many) .few > .icon-button:not(.secondary, a) .icon {
      display: none;
    }

    .base:not(.many) .few > button:not(.secondary) .button-label {
      display: inline;
    }
  }

  .icon-button:not(:disabled):hover {
    color: inherit;
  }

  .track {
    display: grid;
    overflow: hidden;
    block-size: var(--_bar);
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

  /* Bars of small files would move all the time, and each frame of a transition costs time. */
  .base:has(.group) .fill {
    transition: none;
  }

  .in-flight {
    opacity: 0.45;
  }

  :is(.paused, .waiting, .resumable) .fill {
    background: color-mix(in srgb, currentColor 62%, transparent);
  }

  .status {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    margin-block-start: 0.1em;
    /* Hides the separators at the start of lines. */
    margin-inline-start: calc(-1 * var(--_separator));
    clip-path: var(--_clip);
    color: var(--_muted);
    font-size: 0.875em;
  }

  /* Texts in a fallback language may have another direction than the page. */
  .status > * {
    position: relative;
    padding-inline-start: var(--_separator);
    unicode-bidi: plaintext;
  }

  .status > *::before {
    position: absolute;
    inset-inline-start: 0;
    inline-size: var(--_separator);
    content: '·';
    content: '·' / '';
    text-align: center;
  }

  .succeeded .status {
    color: var(--_success);
  }

  /* A key that is being shown takes one line. */
  .status:has(> code) {
    flex-wrap: nowrap;
  }

  .status > code {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .progress-text,
  .question,
  .heading {
    font-weight: 600;
  }

  .progress-text {
    font-size: 0.9375em;
  }

  .status .progress-text {
    font-size: inherit;
  }

  @container (inline-size < 30em) {
    .rate,
    .elapsed {
      display: none;
    }
  }

  /* On phones, a row is not taller than elsewhere. */
  @container (inline-size < 24em) {
    .row > .progress-text {
      display: none;
    }

    .file {
      flex-basis: 8em;
    }
  }

  @container (inline-size < 16em) {
    .thumbnail {
      display: none;
    }

    .file {
      flex-basis: 7em;
    }

    .buttons,
    .buttons > button:not(.icon-button) {
      flex: 1 1 auto;
    }

    .buttons {
      gap: 0.25em;
      justify-content: end;
    }
  }

  @container (inline-size < 26em) {
    .time-left {
      display: none;
    }

    /* The message needs the whole width. */
    .failed .file {
      flex-basis: 60%;
    }
  }

  .mismatch {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_gap);
  }

  .mismatch > .error {
    flex: 1 1 12em;
  }

  .rejections {
    display: flex;
    align-items: start;
    gap: calc(var(--_gap) * 0.5);
  }

  .rejections > button {
    margin-block: -0.4em;
  }

  .rejections [role='alert'] {
    display: grid;
    gap: 0.25em;
  }

  .names {
    padding-inline-start: 1.2em;
    color: var(--_muted);
  }

  .remark {
    color: var(--_muted);
    font-size: 0.9em;
  }

  .file details {
    font-size: 0.875em;
  }

  .file details[open] {
    margin-block-start: calc(var(--_gap) * 0.4);
  }

  /* Closed details take no line of their own. Open ones show the whole message. */
  @container (inline-size >= 26em) {
    .file .error-text {
      position: relative;
    }

    .file .error-text > .status {
      padding-inline-end: 7em;
    }

    .file .error-text:not(:has([open])) p:has(> .message) {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
    }

    .file summary {
      position: absolute;
      inset-block-start: 0;
      inset-inline-end: 0;
    }
  }

  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    color: var(--_muted);
    cursor: pointer;
  }

  .rejections summary {
    color: inherit;
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

  @media (prefers-reduced-motion: reduce) {
    .fill,
    .badge {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .filter[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
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
