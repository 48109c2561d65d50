// The element over an OSS in memory, and what a person would do with it.
import { fixture, oneEvent } from '@open-wc/testing';
import {
  Uploader,
  type CheckpointStore,
  type Locks,
  type UploaderOptions,
  type UploadStatus,
} from '../../src/core/index.js';
import type { OssResumableUploadEventMap } from '../../src/events.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { FakeOss } from '../support/fake-oss.js';
import { MemoryStore } from '../support/memory-store.js';
import { makeFile, PART } from '../support/uploads.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

export { makeFile, PART } from '../support/uploads.js';

/** Always the same file: its ten parts, its date. */
export const film = new File([makeFile(10 * PART)], 'film.mp4', { lastModified: Date.UTC(2026, 0, 1) });

/** A large one of two parts. */
export const CONFIRM_DISCARD_BYTES = {
  partSize: 52e6,
  file: new File([new Uint8Array(53e6)], 'large.mp4'),
  stopAt: 2,
};

/** What outlives a visit to the page: what OSS has, and what the browser keeps. */
export class World {
  readonly oss = new FakeOss();
  store: CheckpointStore = new MemoryStore();
  /** Tabs are not kept apart without them. */
  locks?: Locks;
}

/** Stands for the handle of a file. */
interface TestHandle {
  /** None where it leads nowhere. */
  file?: File;
}

export class TestUpload extends OssResumableUpload {
  readonly oss: FakeOss;
  readonly env = new VirtualEnvironment();
  readonly #world: World;

  constructor(world: World = new World()) {
    super();
    this.#world = world;
    this.oss = world.oss;
    this.env.time = Date.now();
  }

  protected override createUploader(options: () => UploaderOptions): Uploader {
    const { oss, store, locks } = this.#world;
    const openHandle = (handle: unknown) => Promise.resolve((handle as TestHandle).file);
    return new Uploader(options, { openGateway: oss.open, env: this.env, store, locks, openHandle });
  }
}
customElements.define('test-upload', TestUpload);

/** An element that is set up completely, one part under way at a time. */
export async function createElement(
  set: Partial<OssResumableUpload> = {},
  world?: World,
): Promise<TestUpload> {
  const element = Object.assign(new TestUpload(world), {
    region: 'oss-cn-hangzhou',
    bucket: 'examplebucket',
    credentialsUrl: '/sts',
    partSize: PART,
    parallel: 1,
    ...set,
  });
  return fixture<TestUpload>(element);
}

/** An earlier visit: the parts before `stopAt` arrive, four of ten by default, then the page is gone. */
export async function leaveUnfinished(
  world: World,
  { file = film, handle, stopAt = 5, ...set }: LeaveOptions = {},
): Promise<void> {
  const element = await createElement(set, world);
  await element.addFiles([file]);
  const held = element.oss.hold('uploadPart', stopAt);
  element.start();
  await held.reached;
  element.pause();
  element.remove();
  for (const { upload } of await world.store.list()) {
    if (handle && upload.fileName === file.name) await world.store.save({ ...upload, handle });
  }
}

type LeaveOptions = Partial<OssResumableUpload> & { file?: File; handle?: TestHandle; stopAt?: number };

/** A visit after it: resolves once what was left is on the list. */
export async function revisit(world: World, set: Partial<OssResumableUpload> = {}): Promise<TestUpload> {
  const element = await createElement(set, world);
  await statusIs(element, 'resumable');
  return element;
}

/** Sets the files as the file picker does. */
export function pick(element: OssResumableUpload, ...files: File[]): void {
  const input = one<HTMLInputElement>(element, 'input[type=file]');
  input.files = transfer(files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Picks a file and waits until it is in the list. */
export async function pickOne(element: OssResumableUpload, file: File): Promise<void> {
  pick(element, file);
  await statusIs(element, 'ready');
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
export async function statusIs(element: OssResumableUpload, status: UploadStatus | 'idle'): Promise<void> {
  while (element.getAttribute('status') !== status) await attributeChange(element, 'status');
}

/** Resolves with the detail of the next event of this type. */
export async function detailOf<Type extends keyof OssResumableUploadEventMap>(
  element: OssResumableUpload,
  type: Type,
): Promise<OssResumableUploadEventMap[Type]['detail']> {
  return (await oneEvent(element, type)).detail as OssResumableUploadEventMap[Type]['detail'];
}

export function one<T extends HTMLElement = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

export function part<T extends HTMLElement = HTMLElement>(element: Element, name: string): T {
  return one<T>(element, `[part~='${name}']`);
}

export function hasPart(element: Element, name: string): boolean {
  return element.shadowRoot?.querySelector(`[part~='${name}']`) !== null;
}

/** As a person reads it. */
export function textOf(element: Element): string {
  return (element.textContent ?? '')
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words on the buttons of the list, in order. */
export function buttons(element: Element): string[] {
  return [...(element.shadowRoot?.querySelectorAll('[part~=item] button') ?? [])].map(textOf);
}

/** What assistive technology was told last. */
export function spoken(element: Element): string {
  return textOf(one(element, '[role=status]'));
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
