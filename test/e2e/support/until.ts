// Waits in a page for what it shows. By `evaluate` alone: puppeteer's own waits make functions of strings, which a strict
// Content-Security-Policy forbids.
import type { ElementHandle, Frame, Page } from 'puppeteer-core';

/** Resolves once the text of an element matches. */
export async function untilText(page: Page, selector: string, pattern: RegExp): Promise<string> {
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

/** Resolves once there is such an element, with it. */
export async function untilThere<T extends Element>(
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
