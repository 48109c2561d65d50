/** The element as a form control: attributes, validity and form callbacks. Contains no rendering or upload logic. */

import { LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { attachInternals } from './controllers/document.js';
import { FormController, type ControlState } from './controllers/form.js';

export abstract class FormElement extends LitElement {
  /** Makes the element a form-associated custom element. */
  static readonly formAssociated = true;

  /** Name under which the form submits the object key of each stored file, one entry per file. */
  @property({ reflect: true }) name?: string | undefined;

  /** Whether the form can't be submitted until a file is stored. */
  @property({ type: Boolean, reflect: true }) required = false;

  /** Whether the controls are disabled. Running uploads continue. A disabled `<fieldset>` has the same effect. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  @state() private formDisabled = false;

  protected readonly internals = attachInternals(this);
  protected readonly control = new FormController(this.internals);
  /** Whether the value has changed since the last `change` event. */
  #valueChanged = false;

  /** The state of the form control, except the attributes of this class. */
  protected abstract get controlState(): Omit<ControlState, 'name' | 'required'>;

  constructor() {
    super();
    this.addEventListener('click', (event) => {
      if (event.composedPath()[0] !== this || event.defaultPrevented) return;
      const isOnItself = event.detail > 0 && isInside(event, this.getBoundingClientRect());
      if (!isOnItself) this.activate();
    });
  }

  /** Called when one of the element's labels is clicked, or `click()` is called. */
  protected abstract activate(): void;

  /** The form that the element belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** The `<label>` elements of this element. */
  get labels(): NodeListOf<HTMLLabelElement> {
    return this.internals.labels as NodeListOf<HTMLLabelElement>;
  }

  /**
   * Why the form can't be submitted: `valueMissing` if a required file is missing, `customError` if a file is not stored
   * yet.
   */
  get validity(): ValidityState {
    this.updateControl();
    return this.internals.validity;
  }

  /** The message that explains why the form can't be submitted. Empty if it can. */
  get validationMessage(): string {
    this.updateControl();
    return this.internals.validationMessage;
  }

  /** Whether the element is validated when its form is submitted. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** Returns whether the element is valid. If not, fires `invalid`. */
  checkValidity(): boolean {
    this.updateControl();
    return this.internals.checkValidity();
  }

  /** Returns whether the element is valid. If not, fires `invalid` and shows the validation message. */
  reportValidity(): boolean {
    this.updateControl();
    return this.internals.reportValidity();
  }

  /** Makes the element invalid with a message of your own. @param message empty to make it valid again */
  setCustomValidity(message: string): void {
    this.control.customError = message;
    this.updateControl();
  }

  /** Whether the element or a `<fieldset>` around it is disabled. */
  protected get isDisabled(): boolean {
    return this.disabled || this.formDisabled;
  }

  protected formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
  }

  protected formAssociatedCallback(): void {
    if (this.hasUpdated) this.updateControl();
  }

  /** Updates the form immediately, because the page may submit it before the next rendering. */
  override requestUpdate(...change: Parameters<LitElement['requestUpdate']>): void {
    super.requestUpdate(...change);
    const [property] = change;
    if (!this.hasUpdated) return;
    // Frameworks also set `undefined`, which would toggle the attribute.
    if (property === 'disabled') this.toggleAttribute('disabled', toBoolean(this.disabled));
    else if (property === 'name' || property === 'required') this.updateControl();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.updateControl();
    if (!this.#valueChanged) return;
    this.#valueChanged = false;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }

  /** Updates the form value and the validity. */
  protected updateControl(): void {
    const { name, required } = this;
    // Several calls before the next rendering must not lose the `change` event.
    this.#valueChanged = this.control.update({ name, required, ...this.controlState }) || this.#valueChanged;
  }

  /** Runs a change of the value that the user hasn't made. As on other form controls, no `change` event follows. */
  protected setValue(change: () => void): void {
    const wasChanged = this.#valueChanged;
    change();
    this.updateControl();
    this.#valueChanged = wasChanged;
  }
}

function isInside({ clientX, clientY }: MouseEvent, { left, right, top, bottom }: DOMRect): boolean {
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

function toBoolean(value: unknown): boolean {
  return Boolean(value);
}
