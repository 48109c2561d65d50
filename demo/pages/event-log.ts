// A filterable log of the element's events. Each entry expands to the event's detail. Progress events share one line.

import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { OssResumableUploadEventMap } from '../../src/events.js';
import { formatBytes, formatTime } from './format.js';
import { inspect } from './inspect.js';

export type EntryKind = 'file' | 'state' | 'part' | 'retry' | 'result' | 'server';

/** Selects the color of an entry. */
type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'server';

interface LogEntry {
  id: number;
  time: Date;
  kind: EntryKind;
  tone: Tone;
  text: string;
  /** The event's name and detail, shown when the entry is expanded. */
  detail?: string | undefined;
}

const KIND_LABELS: Readonly<Record<EntryKind, string>> = {
  file: 'Files',
  state: 'States',
  part: 'Parts',
  retry: 'Retries',
  result: 'Results',
  server: 'Server',
};

/** The oldest entries are removed beyond this. */
const MAX_ENTRIES = 500;

type EventName = keyof OssResumableUploadEventMap;
type EntryContent = { kind: EntryKind; tone?: Tone; text: string };
type Formatter<Name extends EventName> = (detail: OssResumableUploadEventMap[Name]['detail']) => EntryContent;

const FORMATTERS: { [Name in Exclude<EventName, 'oss-upload-progress'>]: Formatter<Name> } = {
  'oss-file-add': ({ file, key }) => ({
    kind: 'file',
    text: `${file.name} added, ${formatBytes(file.size)}, key ${key}`,
  }),
  'oss-file-reject': ({ file, reason }) => ({
    kind: 'file',
    tone: 'warn',
    text: `${file.name} rejected: ${reason}`,
  }),
  'oss-file-remove': ({ key, stored }) => ({
    kind: 'file',
    text: `${key} removed from the list${stored ? ', still in the bucket' : ''}`,
  }),
  'oss-resumable-found': ({ uploads }) => ({
    kind: 'file',
    text: `Unfinished uploads found: ${uploads.map(({ fileName }) => fileName).join(', ')}`,
  }),
  'oss-upload-start': ({ resumed, bytesKept }) => ({
    kind: 'state',
    text: resumed ? `Resumed with ${formatBytes(bytesKept)} already stored` : 'Started',
  }),
  'oss-state-change': ({ from, to }) => ({ kind: 'state', text: `${from} → ${to}` }),
  'oss-part-complete': ({ number, attempt, etag }) => ({
    kind: 'part',
    text: `Part ${number} uploaded${attempt > 1 ? ` on attempt ${attempt}` : ''}, ETag ${etag}`,
  }),
  'oss-upload-retry': ({ attempt, delay, error }) => ({
    kind: 'retry',
    tone: 'warn',
    text: `${error.message} Attempt ${attempt} in ${(delay / 1000).toFixed(1)} s.`,
  }),
  'oss-upload-success': ({ key, verified }) => ({
    kind: 'result',
    tone: 'good',
    text: `Stored as ${key}${verified ? ', CRC-64 verified' : ''}`,
  }),
  'oss-upload-error': ({ error }) => ({
    kind: 'result',
    tone: 'bad',
    text: `${error.message} ${error.hint} (${error.code})`,
  }),
  'oss-upload-cancel': ({ upload }) => ({
    kind: 'result',
    tone: 'warn',
    text: `${upload.key} cancelled`,
  }),
};

export class EventLog {
  readonly #root: HTMLElement;
  readonly #hidden = new Set<EntryKind>();
  #entries: LogEntry[] = [];
  #lastId = 0;
  #progress = '';
  #frame = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#render();
  }

  /** Logs all events of an element. */
  listenTo(element: HTMLElement): void {
    for (const name of Object.keys(FORMATTERS) as (keyof typeof FORMATTERS)[]) {
      element.addEventListener(name, (event) => {
        const { detail } = event;
        const content = (FORMATTERS[name] as (detail: unknown) => EntryContent)(detail);
        this.#add({ ...content, detail: `${name} ${inspect(detail)}` });
      });
    }
    element.addEventListener('oss-upload-progress', ({ detail }) => {
      const { loaded, total, ratio, bytesPerSecond } = detail;
      const speed = bytesPerSecond === undefined ? '' : `, ${formatBytes(bytesPerSecond)}/s`;
      const percent = Math.floor(ratio * 100);
      this.#progress = `oss-upload-progress: ${formatBytes(loaded)} of ${formatBytes(total)}, ${percent} %${speed}`;
      this.#scheduleRender();
    });
  }

  /** Logs something that happened at the emulator, or a change to its settings. */
  addServerEntry(text: string): void {
    this.#add({ kind: 'server', tone: 'server', text });
  }

  clear(): void {
    this.#entries = [];
    this.#progress = '';
    this.#scheduleRender();
  }

  #add({ kind, tone = 'plain', text, detail }: EntryContent & { detail?: string }): void {
    this.#lastId += 1;
    const entry = { id: this.#lastId, time: new Date(), kind, tone, text, detail };
    this.#entries = [entry, ...this.#entries].slice(0, MAX_ENTRIES);
    this.#scheduleRender();
  }

  #scheduleRender(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#render());
  }

  #toggle(kind: EntryKind, shown: boolean): void {
    if (shown) this.#hidden.delete(kind);
    else this.#hidden.add(kind);
    this.#render();
  }

  #render(): void {
    const entries = this.#entries.filter(({ kind }) => !this.#hidden.has(kind));
    render(
      html`
        <fieldset class="chips">
          <legend class="visually-hidden">Filter events</legend>
          ${(Object.keys(KIND_LABELS) as EntryKind[]).map((kind) => this.#chip(kind))}
        </fieldset>
        <p class="log-progress" ?hidden=${!this.#progress}>${this.#progress}</p>
        ${
          entries.length === 0
            ? html`<p class="log-empty">Events appear here, newest first.</p>`
            : html`<ol class="log-entries" tabindex="0" aria-labelledby="log-title">
                ${repeat(entries, ({ id }) => id, entryTemplate)}
              </ol>`
        }
      `,
      this.#root,
    );
  }

  #chip(kind: EntryKind): unknown {
    const count = this.#entries.filter((entry) => entry.kind === kind).length;
    const onChange = ({ target }: Event): void => this.#toggle(kind, (target as HTMLInputElement).checked);
    return html`<label>
      <input type="checkbox" .checked=${!this.#hidden.has(kind)} @change=${onChange} />
      ${KIND_LABELS[kind]}<span class="count">${count}</span>
    </label>`;
  }
}

function entryTemplate({ time, kind, tone, text, detail }: LogEntry): unknown {
  return html`<li data-tone=${tone}>
    <details>
      <summary>
        <time datetime=${time.toISOString()}>${formatTime(time)}</time>
        <span class="kind">${kind}</span>
        <span class="text">${text}</span>
      </summary>
      <pre>${detail ?? text}</pre>
    </details>
  </li>`;
}
