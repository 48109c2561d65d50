// Binds the settings form to the element's attributes, the preview's appearance and the query string. A reload keeps
// the settings, and a link shares them.

import type { DemoSettings } from '../site/demo-settings.js';

type Control = HTMLInputElement | HTMLSelectElement;

/** The controls that set the element's attribute of the same name. */
const ATTRIBUTES = [
  'region',
  'bucket',
  'object-key',
  'overwrite',
  'part-size',
  'parallel',
  'retries',
  'auto-start',
  'concurrent-files',
  'multiple',
  'directory',
  'max-files',
  'accept',
  'max-size',
  'no-drop',
  'disabled',
] as const;

/** Maximum of the width slider, in CSS pixels. At the maximum, the element uses the full width. */
const FULL_WIDTH = 800;

export interface SettingsFormParts {
  form: HTMLFormElement;
  element: HTMLElement;
  /** The element's container; gets the language, direction and width. */
  preview: HTMLElement;
  settings: DemoSettings;
  onChange: () => void;
}

export class SettingsForm {
  readonly #parts: SettingsFormParts;

  /** Fills the form with the defaults and the query string, and applies it. */
  constructor(parts: SettingsFormParts) {
    this.#parts = parts;
    const { form, settings } = parts;
    this.#control('region').setAttribute('value', settings.region);
    this.#control('bucket').setAttribute('value', settings.bucket);
    this.#control('object-key').setAttribute('value', `${settings.prefix}{name}`);
    form.reset();
    for (const [name, value] of new URLSearchParams(location.search)) {
      const control = form.elements.namedItem(name);
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        setValue(control, value);
      }
    }
    form.addEventListener('input', () => this.#apply());
    form.addEventListener('submit', (event) => event.preventDefault());
    // The event fires before the controls are reset.
    form.addEventListener('reset', () => queueMicrotask(() => this.#apply()));
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

  #control(name: string): Control {
    return this.#parts.form.elements.namedItem(name) as Control;
  }

  #value(name: string): string {
    return valueOf(this.#control(name));
  }

  #apply(): void {
    const { element } = this.#parts;
    for (const name of ATTRIBUTES) {
      const control = this.#control(name);
      const value = control.value.trim();
      if (isCheckbox(control)) setAttribute(element, name, control.checked ? '' : undefined);
      else setAttribute(element, name, value || undefined);
    }
    this.#applyEndpoint();
    this.#applyAppearance();
    this.#updateQuery();
    this.#parts.onChange();
  }

  #applyEndpoint(): void {
    const { element, settings } = this.#parts;
    const style = this.#value('endpoint-style');
    const endpoint = settings.local
      ? settings.endpoints[style as keyof DemoSettings['endpoints']]
      : settings.endpoints.host;
    setAttribute(element, 'endpoint', endpoint);
    setAttribute(element, 'path-style', settings.local && style === 'path' ? '' : undefined);
    setAttribute(element, 'cname', settings.local && style === 'cname' ? '' : undefined);
  }

  #applyAppearance(): void {
    const { preview, form } = this.#parts;
    setAttribute(preview, 'lang', this.#value('lang') || undefined);
    setAttribute(preview, 'dir', this.#value('dir') || undefined);
    setAttribute(document.documentElement, 'data-color-scheme', this.#value('color-scheme') || undefined);
    const width = Number(this.#value('width'));
    const narrow = width < FULL_WIDTH;
    preview.classList.toggle('is-narrow', narrow);
    preview.style.setProperty('inline-size', narrow ? `${width}px` : 'auto');
    const output = form.elements.namedItem('width-text') as HTMLOutputElement;
    output.value = narrow ? `${width} px` : 'full width';
  }

  #updateQuery(): void {
    const parameters = new URLSearchParams();
    for (const control of this.#parts.form.elements) {
      if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) continue;
      const value = valueOf(control);
      if (value !== defaultOf(control)) parameters.set(control.name, value);
    }
    const query = parameters.toString();
    history.replaceState(null, '', query ? `?${query}` : location.pathname);
  }
}

const isCheckbox = (control: Control): control is HTMLInputElement => control.type === 'checkbox';

function valueOf(control: Control): string {
  return isCheckbox(control) ? (control.checked ? 'on' : 'off') : control.value;
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
