/** Follows the element into another document, such as that of an iframe or a pop-up window. */

import { adoptStyles, supportsAdoptingStyleSheets, type CSSResultOrNative } from 'lit';

type DocumentWindow = Window & typeof globalThis;

/** Returns the window of the node's document, which may differ from the window that runs this script. */
export function windowOf(node: Node): DocumentWindow {
  return node.ownerDocument?.defaultView ?? window;
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
