// Binds the form of settings to the element's attributes, to the looks of the page, and to the page's address, so
// that a reload keeps them and a link shares them.

import type { DemoSettings } from '../site/demo-settings.js';

type Control = HTMLInputElement | HTMLSelectElement;

/** Controls that are an attribute of the element, by that name. */
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

const FULL_WIDTH = 800;

export interface SettingsFormParts {
  form: HTMLFormElement;
  element: HTMLElement;
  /** What the element stands in: takes language, direction and width. */
  frame: HTMLElement;
  settings: DemoSettings;
  onChange: () => void;
}

export class SettingsForm {
  readonly #parts: SettingsFormParts;

  /** Fills the form with the defaults and with what the address says, and applies it. */
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
    // The values are back only after the event.
    form.addEventListener('reset', () => queueMicrotask(() => this.#apply()));
    this.#apply();
  }

  /** Sets one as a person would. */
  set(name: string, value: string): void {
    setValue(this.#control(name), value);
    this.#apply();
  }

  /** Puts one back to its default. */
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
    this.#applyLooks();
    this.#writeAddress();
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

  #applyLooks(): void {
    const { frame, form } = this.#parts;
    setAttribute(frame, 'lang', this.#value('lang') || undefined);
    setAttribute(frame, 'dir', this.#value('dir') || undefined);
    setAttribute(document.documentElement, 'data-color-scheme', this.#value('color-scheme') || undefined);
    const width = Number(this.#value('width'));
    const narrow = width < FULL_WIDTH;
    frame.classList.toggle('is-narrow', narrow);
    frame.style.setProperty('inline-size', narrow ? `${width}px` : 'auto');
    const output = form.elements.namedItem('width-text') as HTMLOutputElement;
    output.value = narrow ? `${width} px` : 'all there is';
  }

  #writeAddress(): void {
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
