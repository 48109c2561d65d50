// How many thumbnails are kept, and which are freed.
import { expect } from '@open-wc/testing';
import { ThumbnailsController, type ThumbnailsHost } from '../../src/controllers/thumbnails.js';
import type { Upload } from '../../src/core/index.js';
import { makeImage } from '../element/media.js';

const LIMIT = 3;

/** A list that renders the thumbnails of some of its uploads. */
class List implements ThumbnailsHost {
  readonly isConnected = true;
  readonly ownerDocument = document;
  readonly noThumbnails = false;
  uploads: readonly Upload[];
  readonly #controller: ThumbnailsController;
  readonly #element = document.createElement('div');
  #rendered: readonly Upload[] = [];

  constructor(files: File[]) {
    this.uploads = files.map((file) => ({ file, state: { status: 'ready' } }) as unknown as Upload);
    this.#controller = new ThumbnailsController(this, LIMIT);
    document.body.append(this.#element);
  }

  addController(): void {
    // `requestUpdate` calls it.
  }

  requestUpdate(): void {
    this.#controller.hostUpdate();
    this.#element.replaceChildren(...this.pictures);
    this.#controller.hostUpdated();
  }

  get pictures(): HTMLCanvasElement[] {
    return this.#rendered.flatMap((upload) => this.#controller.pictureOf(upload) ?? []);
  }

  /** Renders these uploads. Resolves when they have `count` thumbnails. */
  async show(uploads: readonly Upload[], count: number): Promise<HTMLCanvasElement[]> {
    this.#rendered = uploads;
    this.requestUpdate();
    while (this.#element.childElementCount < count) await nextFrame();
    return this.pictures;
  }

  remove(): void {
    this.#element.remove();
  }
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

const isFreed = ({ width }: HTMLCanvasElement): boolean => width === 0;

describe('a limited number of thumbnails', () => {
  let list: List;
  beforeEach(async () => {
    const image = await makeImage();
    list = new List(Array.from({ length: 6 }, (_, index) => new File([image], `${index}.png`)));
  });
  afterEach(() => list.remove());

  it('is kept for rows that are not rendered any more', async () => {
    const [first] = await list.show(list.uploads.slice(0, 1), 1);
    await list.show(list.uploads.slice(1, 3), 2);
    expect(await list.show(list.uploads.slice(0, 1), 1)).to.deep.equal([first]);
  });

  it('doesn’t grow: the one that was rendered least recently is freed', async () => {
    const [first, second, third] = await list.show(list.uploads.slice(0, 3), 3);
    // Renders the first one again.
    await list.show(list.uploads.slice(0, 1), 1);
    await list.show(list.uploads.slice(3, 4), 1);
    expect([first!, second!, third!].map(isFreed)).to.deep.equal([false, true, false]);
  });

  it('is made again when it is rendered again', async () => {
    await list.show(list.uploads.slice(0, 3), 3);
    await list.show(list.uploads.slice(3, 6), 3);
    const again = await list.show(list.uploads.slice(0, 3), 3);
    expect(again.map(isFreed)).to.deep.equal([false, false, false]);
  });

  it('leaves the icons of further rows, if all thumbnails are rendered', async () => {
    const shown = await list.show(list.uploads, LIMIT);
    for (let count = 0; count < 5; count++) await nextFrame();
    list.requestUpdate();
    expect([list.pictures, list.pictures.some(isFreed)]).to.deep.equal([shown, false]);
  });

  it('is freed when the uploads are removed', async () => {
    const shown = await list.show(list.uploads, LIMIT);
    list.uploads = list.uploads.slice(1);
    await list.show(list.uploads, 2);
    expect(shown.map(isFreed)).to.deep.equal([true, false, false]);
  });
});
