/** The element as a form control: its value and its validity. */

import type { Messages } from '../i18n/types.js';

export interface ControlState {
  name: string | undefined;
  required: boolean;
  /** Object keys of the stored files. */
  keys: readonly string[];
  /** Differs whenever {@link formState} does for the same keys. */
  stateKey: string;
  /** Returns what the browser keeps for form restoration. `null`: it restores the default of the page. */
  formState: () => string | null;
  /** Why the form can't be submitted although files are selected. Empty if it can. */
  unfinished: string;
  messages: Pick<Messages, 'formFileMissing'>;
  /** Where the browser shows the validation message. */
  anchor: HTMLElement | undefined;
}

export class FormController {
  readonly #internals: ElementInternals;
  /** The last value that was set on the form. */
  #submitted = '';
  #keys = '[]';
  #customError = '';

  constructor(internals: ElementInternals) {
    this.#internals = internals;
  }

  /** The message of `setCustomValidity`. Empty if valid. */
  set customError(message: string) {
    this.#customError = message;
  }

  /** The texts of its labels, for the accessible name. Empty without labels. */
  get labelText(): string {
    const texts = Array.from(this.#internals.labels as NodeListOf<HTMLLabelElement>, (label) =>
      label.textContent.replace(/\s+/g, ' ').trim(),
    );
    return texts.filter(Boolean).join(' ');
  }

  /** Sets the form value and the validity. @returns whether the value has changed */
  update(control: ControlState): boolean {
    const { name, stateKey } = control;
    const keys = JSON.stringify(control.keys);
    const submitted = JSON.stringify([name, keys, stateKey]);
    if (submitted !== this.#submitted) {
      this.#submitted = submitted;
      this.#internals.setFormValue(formData(name, control.keys), control.formState());
    }
    this.#validate(control);
    const isNew = keys !== this.#keys;
    this.#keys = keys;
    return isNew;
  }

  #validate({ required, keys, unfinished, messages, anchor }: ControlState): void {
    // Without a form, there is nothing to submit, and assistive technology must not call a selected file invalid.
    if (!this.#internals.form && !this.#customError) return this.#internals.setValidity({});
    const message = this.#customError || unfinished;
    if (message) this.#internals.setValidity({ customError: true }, message, anchor);
    else if (required && keys.length === 0) {
      this.#internals.setValidity({ valueMissing: true }, messages.formFileMissing, anchor);
    } else this.#internals.setValidity({});
  }
}

function formData(name: string | undefined, keys: readonly string[]): FormData | null {
  if (!name || keys.length === 0) return null;
  const data = new FormData();
  for (const key of keys) data.append(name, key);
  return data;
}
