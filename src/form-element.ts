/**
 * What a form sees of the element, as of any control: its attributes, its validity, and what the form calls it for.
 * Knows nothing of how it is drawn, nor of how its files are uploaded.
 */

import { LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { FormController, type ControlState } from './controllers/form.js';

export abstract class FormElement extends LitElement {
  /** Takes part in forms. */
  static readonly formAssociated = true;

  /** Under which the form submits the object key of each file that is stored. */
  @property({ reflect: true }) name?: string | undefined;

  /** Whether the form can be submitted only once a file is stored. */
  @property({ type: Boolean, reflect: true }) required = false;

  /** Whether the controls are out of use; an upload that is under way goes on. A disabled `fieldset` does the same. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  @state() private formDisabled = false;

  protected readonly internals = this.attachInternals();
  protected readonly control = new FormController(this.internals);
  /** Whether the form has yet to hear of a new value. */
  #isValueNew = false;

  /** What the form has to know now. */
  protected abstract get controlState(): Omit<ControlState, 'name' | 'required'>;

  /** The form that it belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  /** The `<label>`s that name it. */
  get labels(): NodeListOf<HTMLLabelElement> {
    return this.internals.labels as NodeListOf<HTMLLabelElement>;
  }

  /** Whether the form can be submitted, and what is in its way: `valueMissing`, or `customError` for unfinished files. */
  get validity(): ValidityState {
    this.updateControl();
    return this.internals.validity;
  }

  /** What the browser says where the form can't be submitted; empty where it can. */
  get validationMessage(): string {
    this.updateControl();
    return this.internals.validationMessage;
  }

  /** Whether it can keep the form from being submitted. */
  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  /** Whether nothing is in the way of submitting the form; tells by the event `invalid` where something is. */
  checkValidity(): boolean {
    this.updateControl();
    return this.internals.checkValidity();
  }

  /** The same, and has the browser show what is in the way. */
  reportValidity(): boolean {
    this.updateControl();
    return this.internals.reportValidity();
  }

  /** Keeps the form from being submitted for a reason of the page's own. @param message empty to let it go */
  setCustomValidity(message: string): void {
    this.control.customError = message;
    this.updateControl();
  }

  /** Whether the element itself, or a fieldset around it, is disabled. */
  protected get isDisabled(): boolean {
    return this.disabled || this.formDisabled;
  }

  protected formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
  }

  protected formResetCallback(): void {
    this.control.reset();
  }

  /** A form may be asked before the next rendering. */
  override requestUpdate(...change: Parameters<LitElement['requestUpdate']>): void {
    super.requestUpdate(...change);
    const [property] = change;
    if (!this.hasUpdated) return;
    if (property === 'disabled') this.toggleAttribute('disabled', this.disabled);
    else if (property === 'name' || property === 'required') this.updateControl();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.updateControl();
    if (!this.#isValueNew) return;
    this.#isValueNew = false;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }

  /** Tells the form at once what it would hear at the next rendering. */
  protected updateControl(): void {
    const { name, required } = this;
    // Whoever asks for the validity first must not keep the form from hearing of the value.
    this.#isValueNew = this.control.update({ name, required, ...this.controlState }) || this.#isValueNew;
  }
}
