// Waits for text and elements in a page. Uses `evaluate`, because Puppeteer's own wait functions compile strings, which a
// strict Content-Security-Policy forbids.
import type { ElementHandle, Frame, Page } from 'puppeteer-core';

/** Waits until the text of an element matches, and returns the text. */
export async function waitForText(page: Page, selector: string, pattern: RegExp): Promise<string> {
  return page.evaluate(
    (where, source) =>
      new Promise<string>((resolve) => {
        const check = () => {
          const text = document.querySelector<HTMLElement>(where)?.innerText ?? '';
          if (!new RegExp(source).test(text)) return;
          observer.disconnect();
          resolve(text);
        };
        const observer = new MutationObserver(check);
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        check();
      }),
    selector,
    pattern.source,
  );
}

/** Waits until an element exists, and returns it. */
export async function waitForElement<T extends Element>(
  frame: Frame,
  selector: string,
): Promise<ElementHandle<T>> {
  const handle = await frame.evaluateHandle(
    (where) =>
      new Promise<Element>((resolve) => {
        const check = () => {
          const found = document.querySelector(where);
          if (!found) return;
          observer.disconnect();
          resolve(found);
        };
        const observer = new MutationObserver(check);
        observer.observe(document, { subtree: true, childList: true });
        check();
      }),
    selector,
  );
  return handle as unknown as ElementHandle<T>;
}
