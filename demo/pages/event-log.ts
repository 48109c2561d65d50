// Shows the element's events as lines that a person can read, filter and open. Progress is one line that changes.

import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { OssResumableUploadEventMap } from '../../src/events.js';
import { formatBytes, formatTime } from './format.js';
import { inspect } from './inspect.js';

export type LineKind = 'file' | 'state' | 'part' | 'retry' | 'outcome' | 'server';

/** What a line is told by beside its words. */
type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'server';

interface Line {
  id: number;
  time: Date;
  kind: LineKind;
  tone: Tone;
  text: string;
  /** The event and its detail, as text. */
  detail?: string;
}

const KINDS: Readonly<Record<LineKind, string>> = {
  file: 'Files',
  state: 'States',
  part: 'Parts',
  retry: 'Retries',
  outcome: 'Outcomes',
  server: 'Server',
};

/** More than a person reads; the oldest go first. */
const MAX_LINES = 500;

type EventName = keyof OssResumableUploadEventMap;
type Words = { kind: LineKind; tone?: Tone; text: string };
type Teller<Name extends EventName> = (detail: OssResumableUploadEventMap[Name]['detail']) => Words;

const TELLERS: { [Name in Exclude<EventName, 'oss-upload-progress'>]: Teller<Name> } = {
  'oss-file-add': ({ file, key }) => ({
    kind: 'file',
    text: `${file.name}, ${formatBytes(file.size)}, for the key ${key}`,
  }),
  'oss-file-reject': ({ file, reason }) => ({
    kind: 'file',
    tone: 'warn',
    text: `${file.name} was not taken: ${reason}`,
  }),
  'oss-resumable-found': ({ uploads }) => ({
    kind: 'file',
    text: `found from an earlier visit: ${uploads.map(({ fileName }) => fileName).join(', ')}`,
  }),
  'oss-upload-start': ({ resumed, bytesKept }) => ({
    kind: 'state',
    text: resumed ? `goes on, with ${formatBytes(bytesKept)} there already` : 'begins',
  }),
  'oss-state-change': ({ from, to }) => ({ kind: 'state', text: `${from} → ${to}` }),
  'oss-part-complete': ({ number, attempt, etag }) => ({
    kind: 'part',
    text: `part ${number} is there${attempt > 1 ? `, at attempt ${attempt}` : ''}: ${etag}`,
  }),
  'oss-upload-retry': ({ attempt, delay, error }) => ({
    kind: 'retry',
    tone: 'warn',
    text: `${error.message} Attempt ${attempt} in ${(delay / 1000).toFixed(1)} s.`,
  }),
  'oss-upload-success': ({ key, verified }) => ({
    kind: 'outcome',
    tone: 'good',
    text: `stored as ${key}${verified ? ', and verified' : ''}`,
  }),
  'oss-upload-error': ({ error }) => ({
    kind: 'outcome',
    tone: 'bad',
    text: `${error.message} ${error.hint} (${error.code})`,
  }),
  'oss-upload-cancel': ({ upload }) => ({
    kind: 'outcome',
    tone: 'warn',
    text: `${upload.key} is cancelled`,
  }),
};

export class EventLog {
  readonly #root: HTMLElement;
  readonly #hidden = new Set<LineKind>();
  #lines: Line[] = [];
  #lastId = 0;
  #progress = '';
  #frame = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#render();
  }

  /** Notes every event of an element. */
  listenTo(element: HTMLElement): void {
    for (const name of Object.keys(TELLERS) as (keyof typeof TELLERS)[]) {
      element.addEventListener(name, (event) => {
        const { detail } = event;
        const words = (TELLERS[name] as (detail: unknown) => Words)(detail);
        this.#add({ ...words, detail: `${name} ${inspect(detail)}` });
      });
    }
    element.addEventListener('oss-upload-progress', ({ detail }) => {
      const { loaded, total, ratio, bytesPerSecond } = detail;
      const speed = bytesPerSecond === undefined ? '' : `, ${formatBytes(bytesPerSecond)}/s`;
      const percent = Math.floor(ratio * 100);
      this.#progress = `oss-upload-progress: ${formatBytes(loaded)} of ${formatBytes(total)}, ${percent} %${speed}`;
      this.#renderSoon();
    });
  }

  /** Notes what the server, or a person at its switches, did. */
  addServerLine(text: string): void {
    this.#add({ kind: 'server', tone: 'server', text });
  }

  clear(): void {
    this.#lines = [];
    this.#progress = '';
    this.#renderSoon();
  }

  #add({ kind, tone = 'plain', text, detail }: Words & { detail?: string }): void {
    this.#lastId += 1;
    const line = { id: this.#lastId, time: new Date(), kind, tone, text, detail };
    this.#lines = [line, ...this.#lines].slice(0, MAX_LINES);
    this.#renderSoon();
  }

  #renderSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#render());
  }

  #toggle(kind: LineKind, shown: boolean): void {
    if (shown) this.#hidden.delete(kind);
    else this.#hidden.add(kind);
    this.#render();
  }

  #render(): void {
    const lines = this.#lines.filter(({ kind }) => !this.#hidden.has(kind));
    render(
      html`
        <fieldset class="chips">
          <legend class="visually-hidden">Kinds of events to show</legend>
          ${(Object.keys(KINDS) as LineKind[]).map((kind) => this.#chip(kind))}
        </fieldset>
        <p class="log-progress" ?hidden=${!this.#progress}>${this.#progress}</p>
        ${
          lines.length === 0
            ? html`<p class="log-empty">What the element tells a page appears here, the latest first.</p>`
            : html`<ol class="log-lines" tabindex="0" aria-labelledby="log-title">
                ${repeat(lines, ({ id }) => id, lineTemplate)}
              </ol>`
        }
      `,
      this.#root,
    );
  }

  #chip(kind: LineKind): unknown {
    const count = this.#lines.filter((line) => line.kind === kind).length;
    const onChange = ({ target }: Event): void => this.#toggle(kind, (target as HTMLInputElement).checked);
    return html`<label>
      <input type="checkbox" .checked=${!this.#hidden.has(kind)} @change=${onChange} />
      ${KINDS[kind]}<span class="count">${count}</span>
    </label>`;
  }
}

function lineTemplate({ time, kind, tone, text, detail }: Line): unknown {
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
