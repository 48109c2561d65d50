// One element in a real browser, used as a person uses it: picks files, presses buttons, reads.
// Asks the page by `evaluate` alone, which a strict Content-Security-Policy does not mind.
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
  /** Looks it up anew for each step: a reload leaves another one. */
  readonly handle: () => Promise<ElementHandle<OssResumableUpload>>;

  constructor(handle: () => Promise<ElementHandle<OssResumableUpload>>) {
    this.handle = handle;
  }

  /**
   * Picks files from the disk in the element's own file input.
   *
   * @param then what it has to do with an upload of an earlier visit: `paused` where it is that one's file
   */
  async choose(paths: string | readonly string[], then: UploadStatus = 'ready'): Promise<void> {
    const host = await this.handle();
    const input = await host.evaluateHandle((element) =>
      element.shadowRoot!.querySelector<HTMLInputElement>('input[type=file]')!,
    );
    await input.uploadFile(...[paths].flat());
    await this.until(then);
  }

  async press(button: Button): Promise<void> {
    const host = await this.handle();
    const handle = await host.evaluateHandle(async (element, part) => {
      await element.updateComplete;
      return element.shadowRoot!.querySelector<HTMLButtonElement>(`[part~="${part}"]`);
    }, `${button}-button`);
    const target = handle.asElement() as ElementHandle<HTMLButtonElement> | null;
    if (!target) throw new Error(`There is no ${button} button: ${await this.text()}`);
    await target.click();
  }

  /** Resolves once the element has this status; rejects with what it says when its upload ends in another way. */
  async until(status: UploadStatus): Promise<void> {
    const host = await this.handle();
    const failure = await host.evaluate(
      (element, wanted) =>
        new Promise<string | undefined>((resolve) => {
          // What an earlier visit left is found without a change of its state.
          const turns = ['oss-state-change', 'oss-resumable-found'] as const;
          const check = () => {
            const { uploads } = element;
            const hasEnded = ({ state }: Upload) =>
              ['succeeded', 'failed', 'cancelled'].includes(state.status);
            if (element.status !== wanted && !(uploads.length > 0 && uploads.every(hasEnded))) return;
            for (const type of turns) element.removeEventListener(type, check);
            if (element.status === wanted) return resolve(undefined);
            const failed = uploads.map(({ state }) => state).find(({ status }) => status === 'failed');
            const error = failed?.status === 'failed' ? failed.error : undefined;
            resolve(
              `It ${element.status}, and should be ${wanted}. ${error?.code} ${error?.message} ${String(error?.cause)}`,
            );
          };
          for (const type of turns) element.addEventListener(type, check);
          check();
        }),
      status,
    );
    if (failure !== undefined) throw new Error(failure);
  }

  /** Resolves once the page has heard of so many finished parts of its first file. */
  async untilDoneParts(count: number): Promise<void> {
    const host = await this.handle();
    await host.evaluate(
      (element, wanted) =>
        new Promise<void>((resolve) => {
          const check = () => {
            if ((element.uploads[0]?.checkpoint?.doneParts.length ?? 0) < wanted) return;
            element.removeEventListener('oss-part-complete', check);
            resolve();
          };
          element.addEventListener('oss-part-complete', check);
          check();
        }),
      count,
    );
  }

  /** Resolves once the button that opens the file picker says this. */
  async untilInvites(words: string): Promise<void> {
    const host = await this.handle();
    await host.evaluate(
      ({ shadowRoot }, wanted) =>
        new Promise<void>((resolve) => {
          const check = () => {
            const button = shadowRoot!.querySelector<HTMLElement>('[part~=browse-button]');
            if (button?.innerText !== wanted) return;
            observer.disconnect();
            resolve();
          };
          const observer = new MutationObserver(check);
          observer.observe(shadowRoot!, { subtree: true, childList: true, characterData: true });
          check();
        }),
      words,
    );
  }

  async status(): Promise<string> {
    const host = await this.handle();
    return host.evaluate((element) => element.status);
  }

  /** What stands in the element to be read. */
  async text(): Promise<string> {
    const host = await this.handle();
    return host.evaluate(async (element) => {
      await element.updateComplete;
      return element.shadowRoot!.querySelector<HTMLElement>('[part=base]')!.innerText;
    });
  }

  async failure(): Promise<Failure | undefined> {
    const host = await this.handle();
    return host.evaluate((element) => {
      const state = element.uploads[0]?.state;
      if (state?.status !== 'failed') return undefined;
      const { code, message, hint } = state.error;
      return { code, message, hint };
    });
  }

  /** What the page could write down to go on later, as JSON makes it. */
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

  /** Part numbers that the page has heard of as finished. */
  async doneParts(): Promise<number[]> {
    const host = await this.handle();
    return host.evaluate(
      (element) => (element.uploads[0] as Upload).checkpoint?.doneParts.map(({ number }) => number) ?? [],
    );
  }
}
