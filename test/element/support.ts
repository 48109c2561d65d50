// The element on an in-memory OSS, and helpers that act as a user.
import { fixture, oneEvent } from '@open-wc/testing';
import {
  Uploader,
  UploadError,
  type Channel,
  type CheckpointStore,
  type Locks,
  type UploaderOptions,
  type UploadStatus,
} from '../../src/core/index.js';
import type { OssResumableUploadEventMap } from '../../src/events.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { loadPanel } from '../../src/panel-loader.js';
import { whenPageSettled } from '../../src/page-settled.js';
import { FakeOss } from '../support/fake-oss.js';
import { MemoryStore } from '../support/memory-store.js';
import { makeFile, PART } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

export { makeFile, PART } from '../support/uploads.js';

// The element creates its uploads at once. loading.test.ts tests what it does before they are loaded.
await loadPanel();
await whenPageSettled();

/** A file of ten parts with a fixed date. */
export const film = new File([makeFile(10 * PART)], 'film.mp4', { lastModified: Date.UTC(2026, 0, 1) });

/** A file of two parts, large enough that discarding it needs confirmation. */
export const largeUpload = {
  partSize: 52e6,
  file: new File([new Uint8Array(53e6)], 'large.mp4'),
  stopAt: 2,
};

/** What persists between visits: the objects in OSS and the storage of the browser. */
export class TestSetup {
  readonly oss = new FakeOss();
  store: CheckpointStore = new MemoryStore();
  /** Without locks, tabs don’t exclude each other. */
  locks?: Locks;
  /** How often the element got ready for an upload. */
  preparations = 0;
  /** Without a channel, elements notice changes elsewhere at the next restore. */
  channel?: Channel;
}

/** Replaces a file handle. */
interface TestHandle {
  /** Absent when the handle is invalid. */
  file?: File;
}

export class TestUpload extends OssResumableUpload {
  readonly oss: FakeOss;
  readonly env = new VirtualEnvironment();
  readonly #setup: TestSetup;

  constructor(setup: TestSetup = new TestSetup()) {
    super();
    this.#setup = setup;
    this.oss = setup.oss;
    this.env.time = Date.now();
  }

  protected override createUploader(options: () => UploaderOptions): Uploader {
    const { oss, store, locks, channel } = this.#setup;
    const openHandle = (handle: unknown) => Promise.resolve((handle as TestHandle).file);
    const prepare = () => {
      this.#setup.preparations++;
    };
    const { env } = this;
    return new Uploader(options, { openGateway: oss.open, env, store, locks, channel, openHandle, prepare });
  }
}
customElements.define('test-upload', TestUpload);

/** Creates a fully configured element that sends one part at a time. */
export async function createElement(
  props: Partial<OssResumableUpload> = {},
  setup?: TestSetup,
): Promise<TestUpload> {
  const element = Object.assign(new TestUpload(setup), {
    region: 'oss-cn-hangzhou',
    bucket: 'examplebucket',
    credentialsUrl: '/sts',
    partSize: PART,
    parallel: 1,
    ...props,
  });
  return fixture<TestUpload>(element);
}

/** Simulates a visit that ends after the parts before `stopAt` are stored, four of ten by default. */
export async function leaveUnfinished(
  setup: TestSetup,
  { file = film, handle, stopAt = 5, ...props }: LeaveOptions = {},
): Promise<void> {
  const element = await createElement(props, setup);
  await element.addFiles([file]);
  const held = element.oss.hold('uploadPart', stopAt);
  element.start();
  await held.reached;
  element.pause();
  element.remove();
  for (const { upload } of await setup.store.list()) {
    if (handle && upload.fileName === file.name) await setup.store.save({ ...upload, handle });
  }
}

type LeaveOptions = Partial<OssResumableUpload> & { file?: File; handle?: TestHandle; stopAt?: number };

/** Simulates the next visit. Resolves once the unfinished upload is listed. */
export async function revisit(
  setup: TestSetup,
  props: Partial<OssResumableUpload> = {},
): Promise<TestUpload> {
  const element = await createElement(props, setup);
  await waitForStatus(element, 'resumable');
  return element;
}

/** Sets the files of the input as the file picker does. */
export function pick(element: OssResumableUpload, ...files: File[]): void {
  const input = query<HTMLInputElement>(element, 'input[type=file]');
  input.files = transfer(files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Lets the time pass in which Undo is offered. */
export async function passUndoTime(element: TestUpload, seconds = 8): Promise<void> {
  for (let second = 0; second < seconds; second += 1) element.env.advance(1_000);
  await element.updateComplete;
}

/** Picks a file and waits until it is in the list. */
export async function pickOne(element: OssResumableUpload, file: File): Promise<void> {
  pick(element, file);
  await waitForStatus(element, 'ready');
}

export function drag(
  element: HTMLElement,
  type: 'dragenter' | 'dragover' | 'dragleave',
  files: File[],
): DragEvent {
  return fire(element, type, files);
}

export function drop(element: HTMLElement, ...files: File[]): DragEvent {
  return fire(element, 'drop', files);
}

/** Resolves once the element has rendered this status. */
export async function waitForStatus(
  element: OssResumableUpload,
  status: UploadStatus | 'idle',
): Promise<void> {
  while (element.getAttribute('status') !== status) await attributeChange(element, 'status');
}

/** Returns a `validateFile` that settles when `answer` is called. */
export function validateSlowly(): {
  validateFile: () => Promise<string | undefined>;
  answer: (sentence?: string) => void;
} {
  let answer!: (sentence?: string) => void;
  const answered = new Promise<string | undefined>((resolve) => (answer = resolve));
  return { validateFile: () => answered, answer };
}

/** Resolves with the detail of the next event of this type. */
export async function nextDetail<Type extends keyof OssResumableUploadEventMap>(
  element: OssResumableUpload,
  type: Type,
): Promise<OssResumableUploadEventMap[Type]['detail']> {
  return (await oneEvent(element, type)).detail as OssResumableUploadEventMap[Type]['detail'];
}

export function query<T extends HTMLElement = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`No element matches ${selector}.`);
  return found;
}

export function part<T extends HTMLElement = HTMLElement>(element: Element, name: string): T {
  return query<T>(element, `[part~='${name}']`);
}

export function hasPart(element: Element, name: string): boolean {
  return element.shadowRoot?.querySelector(`[part~='${name}']`) !== null;
}

/** Returns the visible text, without isolates and extra white space. */
export function textOf(element: Element): string {
  return element.textContent
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Returns the labels of the buttons in the list, in order. */
export function buttons(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('[part~=item] button') ?? [])].map(textOf);
}

/** Returns the names in the list, in the order in which they are shown, and the text of the line for the uploaded files. */
export function rows(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('.item') ?? [])].map((item) =>
    textOf(item.querySelector('[part=file-name] .unseen') ?? item),
  );
}

/** Returns the row of a file. */
export function rowOf(element: Element, name: string): HTMLElement {
  const items = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[part=item]') ?? [])];
  const row = items.find((item) => textOf(item.querySelector('.unseen')!) === name);
  if (!row) throw new Error(`No row is named ${name}.`);
  return row;
}

export interface MixedList {
  element: TestUpload;
  /** Completes the upload of 3.txt or 4.txt. */
  release: Record<3 | 4, () => void>;
}

/** Creates an element with a list of which 0.txt has failed, 1.txt and 2.txt are uploaded, 3.txt and 4.txt are uploading. */
export async function createMixedList(count = 8): Promise<MixedList> {
  const element = await createElement();
  return { element, release: await startMixedList(element, count) };
}

/** Adds files to an element and brings them into the states of {@link createMixedList}. */
export async function startMixedList(element: TestUpload, count = 8): Promise<MixedList['release']> {
  Object.assign(element, { multiple: true, concurrentFiles: 2 });
  await element.addFiles(Array.from({ length: count }, (_, index) => new File(['x'], `${index}.txt`)));
  element.oss.fail('put', () => new UploadError('access-denied'));
  element.oss.intercept('put', () => {}, { times: 2 });
  const held = [element.oss.hold('put'), element.oss.hold('put')] as const;
  element.start();
  await Promise.all(held.map(({ reached }) => reached));
  await element.updateComplete;
  return { 3: held[0].release, 4: held[1].release };
}

/** Returns the last text of the live region. */
export function announcement(element: Element): string {
  return textOf(query(element, '[role=status]'));
}

function transfer(files: readonly File[]): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return data;
}

function fire(element: HTMLElement, type: string, files: readonly File[]): DragEvent {
  const event = new DragEvent(type, {
    bubbles: true,
    cancelable: true,
    composed: true,
    dataTransfer: transfer(files),
  });
  element.dispatchEvent(event);
  return event;
}

function attributeChange(element: Element, name: string): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(element, { attributeFilter: [name] });
  });
}
