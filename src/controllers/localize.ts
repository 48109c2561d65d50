/** Follows the language of the page: the `lang` of the closest ancestor, across shadow roots. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { defaultLanguage, findLanguage, onLocaleRegistered } from '../i18n/registry.js';
import type { Language, Strings } from '../i18n/types.js';
import { createLocalization, type Localization } from '../presentation/localization.js';

export class LocalizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #observer = new MutationObserver(() => this.refresh());
  #forgetRegistry?: () => void;
  #wanted?: Language | Promise<Language>;
  #current = defaultLanguage;
  #localization?: Localization;
  #strings?: Strings;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** How to put things now. The same object until something changes. @param strings a page's own texts */
  localization(strings: Strings | undefined): Localization {
    if (!this.#localization || this.#strings !== strings) {
      this.#strings = strings;
      this.#localization = createLocalization(this.#current, strings);
    }
    return this.#localization;
  }

  hostConnected(): void {
    this.#forgetRegistry = onLocaleRegistered(this.refresh);
    // A language that could not be loaded may be there now.
    addEventListener('online', this.refresh);
    for (const root of rootsAround(this.#host)) {
      this.#observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    }
    this.refresh();
  }

  hostDisconnected(): void {
    this.#forgetRegistry?.();
    removeEventListener('online', this.refresh);
    this.#observer.disconnect();
  }

  /** Looks again, after a move within the page too. */
  readonly refresh = (): void => {
    const wanted = findLanguage(languageAround(this.#host));
    this.#wanted = wanted;
    if (!(wanted instanceof Promise)) {
      this.#speak(wanted);
      return;
    }
    wanted.then(
      (language) => {
        if (this.#wanted === wanted) this.#speak(language);
      },
      // A language that can't be loaded is no reason to say nothing: the last one stays.
      () => {},
    );
  };

  #speak(language: Language): void {
    const { tag, locale } = this.#current;
    if (tag === language.tag && locale === language.locale) return;
    this.#current = language;
    this.#localization = undefined;
    this.#host.requestUpdate();
  }
}

/** What the browser speaks, where the page does not say: as its own controls do. */
function languageAround(element: Element): string {
  for (let node: Element | null = element; node; node = hostOf(node)) {
    const lang = node.closest('[lang]')?.getAttribute('lang');
    if (lang !== null && lang !== undefined) return lang;
  }
  return navigator.language;
}

function* rootsAround(element: Element): Iterable<Node> {
  for (let node: Element | null = element; node; node = hostOf(node)) yield node.getRootNode();
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
