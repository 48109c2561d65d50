/** Validates the settings when they change, and logs problems for the developer. */

import type { LitElement, ReactiveController } from 'lit';
import { pageOf, validateConfig, type ConfigProblems, type ElementConfig } from '../config.js';
import { UploadError } from '../core/index.js';
import { describeValue, invalidOption } from '../core/options/invalid-option.js';
import { reportUncaught } from './document.js';

const noProblems: ConfigProblems = { errors: [], warnings: [] };

export class ConfigWarningsController implements ReactiveController {
  readonly #host: LitElement & ElementConfig;
  readonly #logged = new Set<string>();
  readonly #isSettled: () => boolean;
  #validated: readonly unknown[] = [];
  #problems = noProblems;

  /** @param isSettled whether the page has set up the element */
  constructor(host: LitElement & ElementConfig, isSettled: () => boolean) {
    this.#host = host;
    this.#isSettled = isSettled;
    host.addController(this);
  }

  /** Missing and invalid settings, with English texts. Empty until the page has set up the element. */
  get errors(): readonly UploadError[] {
    return this.#problems.errors;
  }

  /** Validates the settings if one of them has changed. Logs each problem once. */
  hostUpdate(): void {
    if (!this.#isSettled()) return;
    const settings = this.#settings;
    if (settings.every((value, index) => Object.is(value, this.#validated[index]))) return;
    this.#validated = settings;
    this.#problems = validateConfig(this.#host, pageOf(this.#host));
    for (const error of this.#problems.errors) this.log(error);
    const attributes = [...this.#attributeProblems(), ...this.#unknownAttributes()];
    const warnings = [...this.#problems.warnings, ...attributes];
    for (const { hint } of warnings) this.#log('warn', hint);
  }

  /** Logs an error once. If a function of the page has thrown one, reports that one, too. */
  log({ code, values, cause }: UploadError): void {
    const { message, hint } = new UploadError(code, { values });
    this.#log('error', `${message} ${hint}`);
    const thrown = cause instanceof Error ? cause.message : describeValue(cause);
    if (cause !== undefined && this.#isNew(`${hint} ${thrown}`)) reportUncaught(cause);
  }

  /** Logs once that another source of credentials has removed uploads: a page may only have renewed a token. */
  warnOfOwnerChange(): void {
    this.#log(
      'warn',
      'The credentials come from another source, so the uploads were taken for those of another user and removed. To keep ' +
        'them when only a token changes, set resume-scope to an ID of the user.',
    );
  }

  /** The values of all properties that only the page sets. */
  get #settings(): unknown[] {
    return [...this.#properties]
      .filter(([, { state, reflect }]) => !state && !reflect)
      .map(([name]) => this.#host[name as keyof ElementConfig]);
  }

  get #properties(): (typeof LitElement)['elementProperties'] {
    return (this.#host.constructor as typeof LitElement).elementProperties;
  }

  /** Returns warnings about attributes that Lit converts without an error. */
  #attributeProblems(): UploadError[] {
    return [...this.#properties].flatMap(([property, { type, attribute }]) => {
      const name = typeof attribute === 'string' ? attribute : String(property).toLowerCase();
      const text = this.#host.getAttribute(name)?.trim() ?? '';
      const value = this.#host[property as keyof ElementConfig];
      const fix =
        type === Boolean && /^(?:false|no|off|0|undefined|null)$/i.test(text)
          ? 'The attribute is on with any value. Remove it to turn it off.'
          : type === Object && text && !value
            ? 'Use JSON.'
            : undefined;
      return fix ? [invalidOption(name, describeValue(text), fix)] : [];
    });
  }

  /** Returns warnings about attributes that have no effect. Their values may contain secrets. */
  #unknownAttributes(): UploadError[] {
    return [...this.#properties].flatMap(([property, { attribute }]) => {
      const name = String(property);
      const lowerCase = name.toLowerCase();
      const hyphenated = name.replace(/[A-Z]/g, '-$&').toLowerCase();
      const observed =
        attribute === false ? undefined : typeof attribute === 'string' ? attribute : lowerCase;
      const fix = observed ? `Use the attribute ${observed}.` : `Set the property ${name} with JavaScript.`;
      return [...new Set([lowerCase, hyphenated])]
        .filter((spelling) => spelling !== observed && this.#host.hasAttribute(spelling))
        .map((spelling) => invalidOption(spelling, 'an attribute', fix));
    });
  }

  #log(level: 'error' | 'warn', text: string): void {
    const line = `<${this.#host.localName}> ${text}`;
    if (!this.#isNew(line)) return;
    // eslint-disable-next-line no-console -- for the developer who builds the page
    console[level](line);
  }

  #isNew(text: string): boolean {
    const isNew = !this.#logged.has(text);
    this.#logged.add(text);
    return isNew;
  }
}
