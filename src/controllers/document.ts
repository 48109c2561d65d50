/**
 * Access to the document of the element, which may be that of an iframe or a pop-up window. Stands in for what servers (Lit
 * SSR) and test environments (jsdom, happy-dom) lack, so that nothing throws there.
 */

import { adoptStyles, supportsAdoptingStyleSheets, type CSSResultOrNative } from 'lit';

type DocumentWindow = Window & typeof globalThis;

/** Whether there is a document. On a server, elements are created and rendered, but not connected. */
export const hasDocument = 'document' in globalThis;

/** Returns the window of the node's document, which may differ from the window that runs this script. */
export function windowOf(node: Node): DocumentWindow {
  return (node.ownerDocument as Document | null | undefined)?.defaultView ?? globalThis.window;
}

export function matchesMedia(node: Node, query: string): boolean {
  const view = windowOf(node) as Partial<DocumentWindow> | undefined;
  return view?.matchMedia?.(query).matches ?? false;
}

/** Returns `false` if it isn't known. */
export function isOffline(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
}

/** Reports an error as if nothing had caught it. */
export function reportUncaught(error: unknown): void {
  // eslint-disable-next-line no-console -- in place of the browser
  ('reportError' in globalThis ? reportError : console.error)(error);
}

/** What a form control does without a form. */
const withoutForm = {
  form: null,
  labels: [],
  validity: { valid: true },
  validationMessage: '',
  willValidate: false,
  setFormValue() {},
  setValidity() {},
  checkValidity: () => true,
  reportValidity: () => true,
};

export function attachInternals(element: HTMLElement): ElementInternals {
  let internals: Partial<ElementInternals> = 'attachInternals' in element ? element.attachInternals() : {};
  try {
    internals.role = null;
  } catch {
    // The ARIA properties of jsdom 26 throw.
    internals = {};
  }
  for (const [name, value] of Object.entries(withoutForm)) {
    if (!(name in internals)) Object.assign(internals, { [name]: value });
  }
  return internals as ElementInternals;
}

/** Adds a listener for several events. Returns a function that removes it. */
export function listen<Type extends Event>(
  target: EventTarget,
  types: readonly string[],
  listener: (event: Type) => void,
  options?: AddEventListenerOptions,
): () => void {
  for (const type of types) target.addEventListener(type, listener as EventListener, options);
  return () => {
    for (const type of types) target.removeEventListener(type, listener as EventListener, options);
  };
}

/** Applies styles to a shadow root. A constructed style sheet works only in the document that constructed it. */
export function applyStyles(root: ShadowRoot, styles: CSSResultOrNative[]): void {
  const view = root.ownerDocument.defaultView;
  if (view === window || !supportsAdoptingStyleSheets) adoptStyles(root, styles);
  // Without a window, nothing is rendered.
  else if (view) root.adoptedStyleSheets = styles.map((style) => copyOf(style, view));
}

/**
 * Adds a style sheet to a shadow root that has styles already.
 *
 * @param styles all styles, in order
 */
export function addStyles(root: ShadowRoot, styles: CSSResultOrNative[], added: CSSResultOrNative): void {
  if (supportsAdoptingStyleSheets) applyStyles(root, styles);
  else if (styles.includes(added)) adoptStyles(root, [added]);
}

function copyOf(style: CSSResultOrNative, view: DocumentWindow): CSSStyleSheet {
  const sheet = new view.CSSStyleSheet();
  const rules = 'cssRules' in style ? Array.from(style.cssRules, ({ cssText }) => cssText) : [style.cssText];
  sheet.replaceSync(rules.join('\n'));
  return sheet;
}
