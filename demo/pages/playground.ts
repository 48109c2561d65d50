// The playground: a field for each attribute of the element, its appearance, and the resulting HTML. The query string keeps
// the settings, so that a reload restores them and a link shares them.

import { html, nothing, render, type TemplateResult } from 'lit';
import type { DemoSettings } from '../site/demo-settings.js';
import type { AttributeField } from './attributes.js';
import { tagSource } from './tag-source.js';
import { applyTheme, THEMES } from './theme.js';
import type { Transfer } from './throttled-transfer.js';

type Control = HTMLInputElement | HTMLSelectElement;

/** Names of the languages of the element, in the language itself. */
const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  ja: '日本語',
  ko: '한국어',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
  ru: 'Русский',
  ar: 'العربية',
};

const DIRECTIONS: Readonly<Record<string, string>> = { ltr: 'left to right', rtl: 'right to left' };
const COLOR_SCHEMES: Readonly<Record<string, string>> = { light: 'light', dark: 'dark' };

/** Maximum of the width slider, in CSS pixels. At the maximum, the element uses the full width. */
const FULL_WIDTH = 560;

/** Prefix of the controls that don't set an attribute of the same name. */
const APPEARANCE = 'appearance-';

export interface PlaygroundParts {
  root: HTMLElement;
  element: HTMLElement;
  /** The element's container; gets the language, direction and width. */
  preview: HTMLElement;
  fields: readonly AttributeField[];
  settings: DemoSettings;
}

export class Playground {
  readonly #parts: PlaygroundParts;
  /** What the demo sets while the connection is throttled, unless the visitor has set it. Not part of the HTML. */
  #transfer: Transfer | undefined;
  #theme = '';
  #css = '';

  /** Renders the form, fills it with the defaults and the query string, and applies it. */
  constructor(parts: PlaygroundParts) {
    this.#parts = parts;
    this.#render();
    this.#form.reset();
    for (const [name, value] of new URLSearchParams(location.search)) {
      const control = this.#form.elements.namedItem(name);
      if (isControl(control)) setValue(control, value);
    }
    this.#form.addEventListener('input', () => this.#apply());
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    // The event fires before the controls are reset.
    this.#form.addEventListener('reset', () => queueMicrotask(() => this.#apply()));
    this.#apply();
  }

  /** Sets a control and applies the form. */
  set(name: string, value: string): void {
    setValue(this.#control(name), value);
    this.#apply();
  }

  /** Resets a control to its default and applies the form. */
  restore(name: string): void {
    this.set(name, defaultOf(this.#control(name)));
  }

  /** Sets the part size and parallelism where the form leaves them to the element. */
  useTransfer(transfer: Transfer | undefined): void {
    this.#transfer = transfer;
    this.#apply();
  }

  get #form(): HTMLFormElement {
    return this.#parts.root.querySelector('form')!;
  }

  /** The HTML for the current settings. */
  get #source(): string {
    const { element, fields } = this.#parts;
    const attributes = fields.flatMap(({ name, isBoolean, default: value }) => {
      const text = valueOf(this.#control(name));
      if (isBoolean) return text === 'on' ? [[name, ''] as const] : [];
      return text === '' || text === value ? [] : [[name, text] as const];
    });
    const inherited = ['lang', 'dir'].flatMap((name) => {
      const value = this.#appearance(name);
      return value ? [[name, value] as const] : [];
    });
    return tagSource(element.localName, [...attributes, ...inherited], this.#css);
  }

  #control(name: string): Control {
    return this.#form.elements.namedItem(name) as Control;
  }

  #appearance(name: string): string {
    return this.#control(APPEARANCE + name).value;
  }

  #apply(): void {
    const { element, fields } = this.#parts;
    const transfer: Record<string, string> = this.#transfer
      ? { 'part-size': String(this.#transfer.partSize), parallel: String(this.#transfer.parallel) }
      : {};
    for (const { name, isBoolean } of fields) {
      const text = valueOf(this.#control(name));
      if (isBoolean) setAttribute(element, name, text === 'on' ? '' : undefined);
      else setAttribute(element, name, text || transfer[name]);
    }
    this.#applyAppearance();
    this.#updateQuery();
    this.#showSource();
  }

  #applyAppearance(): void {
    const { preview } = this.#parts;
    setAttribute(preview, 'lang', this.#appearance('lang') || undefined);
    setAttribute(preview, 'dir', this.#appearance('dir') || undefined);
    setAttribute(document.documentElement, 'data-color-scheme', this.#appearance('scheme') || undefined);
    const width = Number(this.#appearance('width'));
    const narrow = width < FULL_WIDTH;
    preview.classList.toggle('is-narrow', narrow);
    preview.style.setProperty('inline-size', narrow ? `${width}px` : 'auto');
    const output = this.#form.elements.namedItem('width-text') as HTMLOutputElement;
    output.value = narrow ? `${width} px` : 'full width';
    const theme = this.#appearance('theme');
    if (theme === this.#theme) return;
    this.#theme = theme;
    void applyTheme(theme).then((css) => {
      if (theme !== this.#theme) return;
      this.#css = css;
      this.#showSource();
    });
  }

  #updateQuery(): void {
    const parameters = new URLSearchParams();
    for (const control of this.#form.elements) {
      if (!isControl(control)) continue;
      const value = valueOf(control);
      if (value !== defaultOf(control)) parameters.set(control.name, value);
    }
    const query = parameters.toString();
    history.replaceState(null, '', (query ? `?${query}` : location.pathname) + location.hash);
  }

  #showSource(): void {
    const { root } = this.#parts;
    root.querySelector('code.source')!.textContent = this.#source;
    root.querySelector('.copy')!.textContent = 'Copy';
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.#source);
    this.#parts.root.querySelector('.copy')!.textContent = 'Copied';
  }

  #render(): void {
    const { fields, root } = this.#parts;
    render(
      html`<div class="code">
          <pre
            tabindex="0"
            role="region"
            aria-label="HTML for these settings"
          ><code class="source"></code></pre>
          <button type="button" class="copy" aria-live="polite" @click=${() => void this.#copy()}>
            Copy
          </button>
        </div>
        <form autocomplete="off">
          <fieldset>
            <legend>Appearance</legend>
            <div class="fields">
              ${select('theme', 'Theme', 'default', THEMES)}
              ${select('lang', 'Language', 'page default', LANGUAGES)}
              ${select('dir', 'Direction', 'page default', DIRECTIONS)}
              ${select('scheme', 'Color scheme', 'system', COLOR_SCHEMES)}
              <label>
                <span>Width, <output name="width-text">full width</output></span>
                <input
                  type="range"
                  name="${APPEARANCE}width"
                  min="200"
                  max=${FULL_WIDTH}
                  step="10"
                  value=${FULL_WIDTH}
                />
              </label>
            </div>
          </fieldset>
          <fieldset>
            <legend>Attributes</legend>
            <div class="attributes">
              ${fields.filter(({ isBoolean }) => !isBoolean).map((field) => this.#field(field))}
            </div>
            <div class="attributes">
              ${fields.filter(({ isBoolean }) => isBoolean).map((field) => this.#field(field))}
            </div>
          </fieldset>
          <button type="reset">Reset</button>
        </form>`,
      root,
    );
  }

  #field(field: AttributeField): TemplateResult {
    const { name, isBoolean, description } = field;
    const value = this.#defaults[name];
    const help = html`<p id="help-${name}">${withCode(description)}</p>`;
    if (isBoolean) {
      return html`<div class="attribute is-boolean">
        <label
          ><input type="checkbox" name=${name} aria-describedby="help-${name}" ?checked=${value === 'on'} />
          <code>${name}</code></label
        >
        ${help}
      </div>`;
    }
    return html`<div class="attribute">
      <label>
        <code>${name}</code>
        <input
          name=${name}
          value=${value ?? nothing}
          placeholder=${field.default || nothing}
          aria-describedby="help-${name}"
          spellcheck="false"
          autocapitalize="off"
        />
      </label>
      ${help}
    </div>`;
  }

  /** What the element needs to upload to the demo's bucket. */
  get #defaults(): Readonly<Record<string, string | undefined>> {
    const { region, bucket, endpoints, prefix } = this.#parts.settings;
    return {
      region,
      bucket,
      endpoint: endpoints.host,
      'credentials-url': '/credentials',
      'object-key': `${prefix}{name}`,
      overwrite: 'on',
    };
  }
}

function select(
  name: string,
  label: string,
  defaultText: string,
  options: Readonly<Record<string, string>>,
): TemplateResult {
  return html`<label>
    ${label}
    <select name=${APPEARANCE + name}>
      <option value="">${defaultText}</option>
      ${Object.entries(options).map(([value, text]) => html`<option value=${value}>${text}</option>`)}
    </select>
  </label>`;
}

/** Renders the text between backticks as code. */
function withCode(text: string): unknown[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

const isControl = (value: unknown): value is Control =>
  value instanceof HTMLInputElement || value instanceof HTMLSelectElement;

const isCheckbox = (control: Control): control is HTMLInputElement => control.type === 'checkbox';

function valueOf(control: Control): string {
  return isCheckbox(control) ? (control.checked ? 'on' : 'off') : control.value.trim();
}

function setValue(control: Control, value: string): void {
  if (isCheckbox(control)) control.checked = value === 'on';
  else control.value = value;
}

function defaultOf(control: Control): string {
  if (isCheckbox(control)) return control.defaultChecked ? 'on' : 'off';
  if (control instanceof HTMLInputElement) return control.defaultValue;
  return control.options[0]?.value ?? '';
}

function setAttribute(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
