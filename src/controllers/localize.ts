/** Follows the language of the page: the `lang` attribute of the closest ancestor, across shadow roots. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { defaultLanguage, findLanguage, onLocaleRegistered } from '../i18n/registry.js';
import type { Language, Strings } from '../i18n/types.js';
import { createLocalization, type ShellLocalization } from '../presentation/localization.js';
import { listen, windowOf } from './document.js';

export class LocalizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | undefined;
  #unsubscribe: (() => void) | undefined;
  #unlisten: (() => void) | undefined;
  #requested: Language | Promise<Language> | undefined;
  /** A copy, so that `#use` notices when the texts of the default language are completed. */
  #current = { ...defaultLanguage };
  #localization: ShellLocalization | undefined;
  #strings: Strings | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Returns the current localization: the same object until it changes. @param strings replace individual texts */
  localization(strings: Strings | undefined): ShellLocalization {
    if (!this.#localization || this.#strings !== strings) {
      this.#strings = strings;
      this.#localization = createLocalization(this.#current, strings);
    }
    return this.#localization;
  }

  hostConnected(): void {
    this.#unsubscribe = onLocaleRegistered(() => {
      // Texts that a locale lacks come from another one.
      this.#localization = undefined;
      this.#host.requestUpdate();
      this.refresh();
    });
    // A locale that could not be loaded while offline can be loaded now.
    this.#unlisten = listen(windowOf(this.#host), ['online'], this.refresh);
    this.#observer ??= new MutationObserver(this.refresh);
    for (const root of rootsAround(this.#host)) {
      this.#observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
    }
    this.refresh();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unlisten?.();
    this.#observer?.disconnect();
  }

  /** Reads the language again, for example after the element was moved. */
  readonly refresh = (): void => {
    const requested = findLanguage(languageAround(this.#host));
    this.#requested = requested;
    if (!(requested instanceof Promise)) {
      this.#use(requested);
      return;
    }
    // Meanwhile, the current language stays, whose texts may have been completed.
    const current = findLanguage(this.#current.tag);
    if (!(current instanceof Promise)) this.#use(current);
    requested.then(
      (language) => {
        if (this.#requested === requested) this.#use(language);
      },
      // If the locale can't be loaded, keep the previous one.
      () => {},
    );
  };

  #use(language: Language): void {
    const { tag, locale } = this.#current;
    if (tag === language.tag && locale === language.locale) return;
    this.#current = { ...language };
    this.#localization = undefined;
    this.#host.requestUpdate();
  }
}

/** Returns the language of the page around an element. Falls back to the browser's language, as native controls do. */
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
  return 'host' in root ? (root as ShadowRoot).host : null;
}
