/** The icons of rows and alerts. icon.ts has those of the shell. */

import { svg } from 'lit';
import { icon } from './icon.js';

export const doneIcon = icon(svg`<path d="m4.5 10.5 3.5 3.5 7.5-8" />`);
export const warningIcon = icon(svg`<path d="M10 3.2 17.6 16.5H2.4ZM10 8.3v3.6M10 14v.01" />`);
export const pauseIcon = icon(svg`<path d="M7 4.5v11M13 4.5v11" />`);
export const copyIcon = icon(
  svg`<rect x="7" y="7" width="9.5" height="9.5" rx="1.5" /><path d="M13 3.5H5A1.5 1.5 0 0 0 3.5 5v8" />`,
);
export const replaceIcon = icon(svg`<path d="M3.5 7h12l-3-3M16.5 13h-12l3 3" />`);
export const openIcon = icon(
  svg`<path d="M11.5 3.5h5v5M16 4 9 11M8 4.5H4.5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V12" />`,
);
export const closeIcon = icon(svg`<path d="m5 5 10 10M15 5 5 15" />`);
export const moreIcon = icon(svg`<path d="m5.5 8 4.5 4.5L14.5 8" />`);

const page = svg`<path d="M5 2.5h6.5l4 4v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1ZM11.5 2.5v4h4" />`;
const frame = svg`<rect x="2.5" y="3.5" width="15" height="13" rx="2" />`;

/** Icons of file types. */
export const fileIcons = {
  image: icon(svg`${frame}<path d="m3 14 4-4 3.5 3.5L13 11l4 4M13.2 7.3v.01" />`),
  video: icon(svg`${frame}<path d="m8.3 7.3 4.4 2.7-4.4 2.7Z" />`),
  audio: icon(
    svg`<path d="M7.5 15V4.5l8-1.5v10.5" /><circle cx="5.3" cy="15" r="2.2" /><circle cx="13.3" cy="13.5" r="2.2" />`,
  ),
  text: icon(svg`${page}<path d="M7 10.5h6M7 13.5h6" />`),
  archive: icon(svg`${page}<path d="M8 2.5v8M8 12.5v2" stroke-dasharray="1.5 1.7" />`),
  other: icon(page),
} as const;
