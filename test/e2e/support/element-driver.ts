// Drives an element in a real browser as a user would: selects files, clicks buttons, reads the text.
// Waits in the page through `evaluate`, which works under a strict Content-Security-Policy.
import type { ElementHandle } from 'puppeteer-core';
import type { Checkpoint, Upload, UploadErrorCode, UploadStatus } from '../../../src/core/index.js';
import type { OssResumableUpload } from '../../../src/oss-resumable-upload.js';

type Button = 'upload' | 'pause' | 'resume' | 'retry' | 'cancel' | 'remove';

export interface Failure {
  code: UploadErrorCode;
  message: string;
  hint: string;
}

export class ElementDriver {
  /** Called for each step, because a reload creates a new element. */
  readonly handle: () => Promise<ElementHandle<OssResumableUpload>>;

  constructor(handle: () => Promise<ElementHandle<OssResumableUpload>>) {
    this.handle = handle;
  }

  /**
   * Selects files in the element's file input.
   *
   * @param expectedStatus The status to wait for. `paused` for the file of an upload that was restored after a reload.
   */
  async choose(paths: string | readonly string[], expectedStatus: UploadStatus = 'ready'): Promise<void> {
    const host = await this.handle();
    const input = await host.evaluateHandle((element) =>
      element.shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!,
    );
    await input.uploadFile(...[paths].flat());
    await this.waitForStatus(expectedStatus);
  }

  /** Sets the files of the input and waits until one of them is uploaded, for an element that starts on its own. */
  async chooseAndUpload(path: string): Promise<void> {
    const host = await this.handle();
    const uploaded = await host.evaluateHandle((element) => ({
      event: new Promise<void>((resolve) => {
        element.addEventListener('oss-upload-success', () => resolve(), { once: true });
      }),
    }));
    await this.choose(path, 'succeeded');
    await uploaded.evaluate(({ event }) => event);
  }

  async press(button: Button): Promise<void> {
    const host = await this.handle();
    const handle = await host.evaluateHandle(async (element, part) => {
      await element.updateComplete;
      return element.shadowRoot!.querySelector<HTMLButtonElement>(`[part~="${part}"]`);
    }, `${button}-button`);
    const target = handle.asElement() as ElementHandle<HTMLButtonElement> | null;
    if (!target) throw new Error(`No ${button} button: ${await this.text()}`);
    await target.click();
    // While the pointer is in a row, Undo is offered.
    if (button === 'cancel' || button === 'remove') await target.frame.page().mouse.move(0, 0);
  }

  /** Presses Cancel, and ends the time for Undo. */
  async discard(): Promise<void> {
    await this.press('cancel');
    const host = await this.handle();
    await host.evaluate((element) => element.cancel());
  }

  /** Waits until the element has this status. Rejects with the error if all uploads end with another status. */
  async waitForStatus(status: UploadStatus): Promise<void> {
    const host = await this.handle();
    const failure = await host.evaluate(async (element, expected) => {
      await customElements.whenDefined(element.localName);
      return new Promise<string | undefined>((resolve) => {
        // Restored uploads don't dispatch oss-state-change.
        const events = ['oss-state-change', 'oss-resumable-found'] as const;
        const check = () => {
          const { uploads } = element;
          const isSettled = ({ state }: Upload) =>
            ['succeeded', 'failed', 'cancelled'].includes(state.status);
          if (element.status !== expected && !(uploads.length > 0 && uploads.every(isSettled))) return;
          for (const type of events) element.removeEventListener(type, check);
          observer.disconnect();
          if (element.status === expected) return resolve(undefined);
          const failed = uploads.map(({ state }) => state).find(({ status }) => status === 'failed');
          const error = failed?.status === 'failed' ? failed.error : undefined;
          resolve(
            `Status is ${element.status}, expected ${expected}. ${error?.code} ${error?.message} ${String(error?.cause)}`,
          );
        };
        // Added files don't dispatch oss-state-change either, and may have waited until the list was loaded.
        const observer = new MutationObserver(check);
        observer.observe(element, { attributeFilter: ['status'] });
        for (const type of events) element.addEventListener(type, check);
        check();
      });
    }, status);
    if (failure !== undefined) throw new Error(failure);
  }

  /** Waits until a stored part is saved for the next visit. A page that is left at once may not write it any more. */
  async waitUntilSaved(): Promise<void> {
    const host = await this.handle();
    await host.evaluate(async ({ noResume, uploads }) => {
      const uploadId = uploads[0]?.checkpoint?.uploadId;
      if (noResume || uploadId === undefined) return;
      const resultOf = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error!);
        });
      const database = await resultOf(indexedDB.open('oss-resumable-upload'));
      const isSaved = async (): Promise<boolean> => {
        const transaction = database.transaction(['uploads', 'parts']);
        const records = resultOf(transaction.objectStore('uploads').getAll());
        const keys = await resultOf(transaction.objectStore('parts').getAllKeys());
        const ids = new Set(keys.map((key) => (key as [id: string, number: number])[0]));
        const record = ((await records) as { id: string; uploadId: string }[]).find(
          (saved) => saved.uploadId === uploadId,
        );
        return record !== undefined && ids.has(record.id);
      };
      while (!(await isSaved()));
      database.close();
    });
  }

  /** Waits until this many parts of the first upload are completed. */
  async waitForDoneParts(count: number): Promise<void> {
    const host = await this.handle();
    await host.evaluate(
      (element, expected) =>
        new Promise<void>((resolve) => {
          const check = () => {
            if ((element.uploads[0]?.checkpoint?.doneParts.length ?? 0) < expected) return;
            element.removeEventListener('oss-part-complete', check);
            resolve();
          };
          element.addEventListener('oss-part-complete', check);
          check();
        }),
      count,
    );
  }

  /** Waits until the list shows this many files. */
  async waitForFiles(count: number): Promise<void> {
    const host = await this.handle();
    await host.evaluate(
      ({ shadowRoot }, expected) =>
        new Promise<void>((resolve) => {
          const check = () => {
            if (shadowRoot!.querySelectorAll('[part~=item]').length !== expected) return;
            observer.disconnect();
            resolve();
          };
          const observer = new MutationObserver(check);
          observer.observe(shadowRoot!, { subtree: true, childList: true });
          check();
        }),
      count,
    );
  }

  /** Returns the number of unfinished uploads of earlier visits, after looking for them again. */
  async countResumable(): Promise<number> {
    const host = await this.handle();
    return host.evaluate(async (element) => (await element.listResumable()).length);
  }

  /** Waits until the button that opens the file picker has this label. */
  async waitForBrowseLabel(label: string): Promise<void> {
    await this.waitForText(new RegExp(`^${label}$`), '[part~=browse-button]');
  }

  /** Waits until the visible text matches, by default that of the whole element. */
  async waitForText(pattern: RegExp, selector = '[part=base]'): Promise<void> {
    const host = await this.handle();
    await host.evaluate(
      ({ shadowRoot }, where, source) =>
        new Promise<void>((resolve) => {
          const check = () => {
            const text = shadowRoot!.querySelector<HTMLElement>(where)?.innerText ?? '';
            if (!new RegExp(source).test(text)) return;
            observer.disconnect();
            resolve();
          };
          const observer = new MutationObserver(check);
          observer.observe(shadowRoot!, { subtree: true, childList: true, characterData: true });
          check();
        }),
      selector,
      pattern.source,
    );
  }

  async status(): Promise<string> {
    const host = await this.handle();
    return host.evaluate((element) => element.status);
  }

  /** Returns the element's visible text. */
  async text(): Promise<string> {
    const host = await this.handle();
    return host.evaluate(async (element) => {
      await element.updateComplete;
      return element.shadowRoot!.querySelector<HTMLElement>('[part=base]')!.innerText;
    });
  }

  /** Returns the error of the first upload, if it has failed. */
  async failure(): Promise<Failure | undefined> {
    const host = await this.handle();
    return host.evaluate((element) => {
      const state = element.uploads[0]?.state;
      if (state?.status !== 'failed') return undefined;
      const { code, message, hint } = state.error;
      return { code, message, hint };
    });
  }

  /** Returns the first upload's checkpoint, after a round trip through JSON. */
  async checkpoint(): Promise<Checkpoint> {
    const host = await this.handle();
    return host.evaluate(
      (element) => JSON.parse(JSON.stringify(element.uploads[0]!.checkpoint)) as Checkpoint,
    );
  }

  async setAttribute(name: string, value: string): Promise<void> {
    const host = await this.handle();
    await host.evaluate((element, attribute, text) => element.setAttribute(attribute, text), name, value);
  }

  /** Returns the numbers of the first upload's completed parts. */
  async doneParts(): Promise<number[]> {
    const host = await this.handle();
    return host.evaluate(
      (element) => (element.uploads[0] as Upload).checkpoint?.doneParts.map(({ number }) => number) ?? [],
    );
  }
}
