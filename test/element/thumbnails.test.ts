// The picture in front of a file name: what it shows, which files have none, and what it costs.
import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import { createReader } from '../../src/thumbnails/file-reader.js';
import { readImageHeader } from '../../src/thumbnails/image-header.js';
import { readMp4 } from '../../src/thumbnails/mp4.js';
import { readWebm } from '../../src/thumbnails/webm.js';
import {
  makeBlackPng,
  makeBmp,
  makeGif,
  makeImage,
  makeMp4,
  makePhoto,
  recordVideo,
  twoHalves,
} from './media.js';
import {
  createElement,
  leaveUnfinished,
  part,
  pick,
  query,
  revisit,
  TestSetup,
  waitForStatus,
  type TestUpload,
  passUndoTime,
} from './support.js';

type Color = 'red' | 'blue' | 'other';
type Corners = [topLeft: Color, topRight: Color, bottomLeft: Color, bottomRight: Color];

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

const pictures = (element: TestUpload): HTMLCanvasElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLCanvasElement>('[part=thumbnail] canvas'),
];

/** Whether each row shows a picture. */
const rowsWithPicture = (element: TestUpload): boolean[] =>
  [...element.shadowRoot!.querySelectorAll('[part=thumbnail]')].map(
    (tile) => tile.querySelector('canvas') !== null,
  );

async function waitForPictures(element: TestUpload, count = 1): Promise<HTMLCanvasElement[]> {
  while (pictures(element).length < count) await nextFrame();
  return pictures(element);
}

async function add(files: File[], props: Partial<TestUpload> = {}): Promise<TestUpload> {
  const element = await createElement({ multiple: true, ...props });
  await element.addFiles(files);
  return element;
}

/** Adds files, and another one which is looked at after them. Resolves when that one has a picture. */
async function addWithLast(files: File[]): Promise<TestUpload> {
  const element = await add([...files, await makeImage('image/png', twoHalves(), 'last')]);
  await waitForPictures(element);
  return element;
}

function cornersOf(canvas: HTMLCanvasElement): Corners {
  const last = canvas.width - 5;
  const points = [
    [4, 4],
    [last, 4],
    [4, last],
    [last, last],
  ] as const;
  return points.map(([x, y]) => colorAt(canvas, x, y)) as Corners;
}

function colorAt(canvas: HTMLCanvasElement, x: number, y: number): Color {
  const [red = 0, green = 0, blue = 0, alpha] = canvas.getContext('2d')!.getImageData(x, y, 1, 1).data;
  if (alpha !== 255 || green > 80) return 'other';
  if (red > 170 && blue < 80) return 'red';
  return blue > 170 && red < 80 ? 'blue' : 'other';
}

async function cornersFor(file: File): Promise<Corners> {
  const [picture] = await waitForPictures(await add([file]));
  return cornersOf(picture!);
}

/** Replaces a global class by one that counts its instances. Restored after the test. */
function countInstances(name: 'ImageDecoder' | 'VideoDecoder'): { readonly count: number } {
  const original = globalThis[name] as new (...args: never[]) => object;
  let count = 0;
  const counting = class extends original {
    constructor(...args: never[]) {
      super(...args);
      count += 1;
    }
  };
  restore.push(() => Object.assign(globalThis, { [name]: original }));
  Object.assign(globalThis, { [name]: counting });
  return {
    get count() {
      return count;
    },
  };
}

/** Lets the next time limit of 10 seconds, which consists of two timers, end at once. Restored after the test. */
function shortenTimeLimit(): void {
  const { setTimeout } = globalThis;
  let left = 2;
  restore.push(() => Object.assign(globalThis, { setTimeout }));
  const shortened = (callback: () => void, ms?: number) =>
    setTimeout(callback, ms === 5_000 && left-- > 0 ? 0 : ms);
  Object.assign(globalThis, { setTimeout: shortened });
}

const restore: (() => void)[] = [];
const unhandled: unknown[] = [];
const onRejection = ({ reason }: PromiseRejectionEvent) => unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  addEventListener('unhandledrejection', onRejection);
});

afterEach(async () => {
  for (const undo of restore.splice(0)) undo();
  await nextFrame();
  removeEventListener('unhandledrejection', onRejection);
  expect(unhandled).to.deep.equal([]);
});

describe('the thumbnail of an image', () => {
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    it(`shows the image (${type})`, async () => {
      expect(await cornersFor(await makeImage(type))).to.deep.equal(['red', 'blue', 'red', 'blue']);
    });
  }

  it('shows the image (image/gif)', async () => {
    expect(await cornersFor(makeGif())).to.deep.equal(['red', 'red', 'red', 'red']);
  });

  it('shows the image (image/bmp)', async () => {
    expect(await cornersFor(makeBmp())).to.deep.equal(['red', 'red', 'red', 'red']);
  });

  it('shows an image whose type is wrong', async () => {
    const png = await makeImage();
    expect(await cornersFor(new File([png], 'a.jpg', { type: 'image/jpeg' }))).to.deep.equal([
      'red',
      'blue',
      'red',
      'blue',
    ]);
  });

  it('shows an image whose type the browser doesn’t know', async () => {
    const png = await makeImage();
    expect(await cornersFor(new File([png], 'A.PNG'))).to.deep.equal(['red', 'blue', 'red', 'blue']);
  });

  for (const [width, height] of [
    [900, 30],
    [30, 900],
    [1_200, 1_000],
  ] as const) {
    it(`shows the center of an image of ${width} × ${height} pixels`, async () => {
      const canvas = twoHalves(width, height);
      expect(await cornersFor(await makeImage('image/jpeg', canvas))).to.deep.equal([
        'red',
        'blue',
        'red',
        'blue',
      ]);
    });
  }

  const orientations: [orientation: number, corners: Corners][] = [
    [1, ['red', 'blue', 'red', 'blue']],
    [3, ['blue', 'red', 'blue', 'red']],
    [6, ['red', 'red', 'blue', 'blue']],
    [8, ['blue', 'blue', 'red', 'red']],
  ];
  for (const [orientation, corners] of orientations) {
    for (const [width, height] of [
      [64, 32],
      [32, 64],
      [1_600, 1_000],
    ] as const) {
      it(`respects the EXIF orientation ${orientation} of ${width} × ${height} pixels`, async () => {
        expect(await cornersFor(await makePhoto(orientation, twoHalves(width, height)))).to.deep.equal(
          corners,
        );
      });
    }
  }

  it('is sharp on displays with two pixels per CSS pixel', async () => {
    const [picture] = await waitForPictures(await add([await makeImage()]));
    const { width, height } = picture!.getBoundingClientRect();
    expect([picture!.width >= 2 * width, picture!.height >= 2 * height]).to.deep.equal([true, true]);
  });

  it('fills the tile', async () => {
    const element = await add([await makeImage()]);
    const tile = part(element, 'thumbnail').getBoundingClientRect();
    const [picture] = await waitForPictures(element);
    expect(picture!.getBoundingClientRect()).to.deep.equal(tile);
  });

  it('doesn’t change the height of the row', async () => {
    const element = await add([await makeImage()]);
    await element.updateComplete;
    const { height } = part(element, 'item').getBoundingClientRect();
    await waitForPictures(element);
    expect(part(element, 'item').getBoundingClientRect().height).to.equal(height);
  });

  it('is hidden from screen readers', async () => {
    const [picture] = await waitForPictures(await add([await makeImage()]));
    expect(picture!.closest('[aria-hidden=true]')).to.exist;
  });
});

describe('the thumbnail of a video', () => {
  const types = [
    'video/webm',
    'video/mp4',
    'video/mp4;codecs=avc1',
    'video/webm;codecs=avc1',
    'video/webm;codecs=av1',
  ].filter((type) => MediaRecorder.isTypeSupported(type));
  for (const type of types) {
    it(`shows the first picture of a recording (${type})`, async () => {
      expect(await cornersFor(await recordVideo(type))).to.deep.equal(['red', 'blue', 'red', 'blue']);
    });
  }

  it('shows the first picture of a file with its index at the end', async () => {
    expect(await cornersFor(await makeMp4())).to.deep.equal(['red', 'blue', 'red', 'blue']);
  });

  it('shows a video that was recorded upright', async () => {
    expect(await cornersFor(await makeMp4({ rotation: Math.PI / 2 }))).to.deep.equal([
      'red',
      'red',
      'blue',
      'blue',
    ]);
  });

  it('needs no URL of the file', async () => {
    const { createObjectURL } = URL;
    const urls: unknown[] = [];
    restore.push(() => (URL.createObjectURL = createObjectURL));
    URL.createObjectURL = (file) => {
      urls.push(file);
      return createObjectURL.call(URL, file);
    };
    await cornersFor(await makeMp4());
    expect(urls).to.be.empty;
  });
});

describe('no thumbnail is shown for', () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>window.hacked = true</script></svg>`;
  const text = 'This is no picture, although it is long enough to be one.';
  const files: Record<string, () => File | Promise<File>> = {
    'an empty image': () => new File([], 'a.png', { type: 'image/png' }),
    'an empty video': () => new File([], 'a.mp4', { type: 'video/mp4' }),
    'a text that is called an image': () => new File([text], 'a.png', { type: 'image/png' }),
    'a text that is called a video': () => new File([text], 'a.webm', { type: 'video/webm' }),
    'an image that is called a text': async () =>
      new File([await makeImage()], 'a.txt', { type: 'text/plain' }),
    'a vector graphic': () => new File([svg], 'a.svg', { type: 'image/svg+xml' }),
    'a vector graphic that is called a PNG': () => new File([svg], 'a.png', { type: 'image/png' }),
    'the signature of a PNG': async () => (await makeImage()).slice(0, 8) as File,
    'the header of a PNG': async () => new File([(await makeImage()).slice(0, 40)], 'a.png'),
    'the header of a JPEG': async () =>
      new File([(await makeImage('image/jpeg')).slice(0, 300)], 'a.jpg', { type: 'image/jpeg' }),
    'a damaged PNG': async () => {
      const bytes = new Uint8Array(await (await makeImage()).arrayBuffer());
      bytes.fill(0, 33);
      return new File([bytes], 'a.png', { type: 'image/png' });
    },
    'a PNG of 100 megapixels': () => makeBlackPng(10_000, 10_000),
    'a GIF with a huge frame': () => makeGif(65_535, 65_535),
    'a video without its index': async () => new File([(await makeMp4()).slice(0, 200)], 'a.mp4'),
    'a video with damaged pictures': async () => {
      const bytes = new Uint8Array(await (await makeMp4()).arrayBuffer());
      bytes.fill(255, 32, 60);
      return new File([bytes], 'a.mp4', { type: 'video/mp4' });
    },
    'a video without pictures': () => makeMp4({ handler: 'soun' }),
    'a video in a format that browsers don’t decode': () =>
      new File(['RIFF\0\0\0\0AVI LIST', new Uint8Array(1_000)], 'a.avi', { type: 'video/x-msvideo' }),
    'half a recording': async () => new File([(await recordVideo()).slice(0, 150)], 'a.webm'),
  };
  for (const [name, make] of Object.entries(files)) {
    it(name, async () => {
      const made = await make();
      const file = made instanceof File ? made : new File([made], 'a.png');
      expect(rowsWithPicture(await addWithLast([file]))).to.deep.equal([false, true]);
    });
  }

  it('a JPEG that claims 100 megapixels, which isn’t decoded', async () => {
    const bytes = new Uint8Array(await (await makeImage('image/jpeg')).arrayBuffer());
    const frame = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === 0xc0);
    bytes.set([0x27, 0x10, 0x27, 0x10], frame + 5);
    const decoders = countInstances('ImageDecoder');
    await addWithLast([new File([bytes], 'a.jpg', { type: 'image/jpeg' })]);
    expect(decoders.count).to.equal(1);
  });

  it('a file that can’t be read', async () => {
    const file = await makeImage();
    file.slice = () => {
      throw new DOMException('Gone.', 'NotFoundError');
    };
    expect(rowsWithPicture(await addWithLast([file]))).to.deep.equal([false, true]);
  });

  it('a file that is never read', async () => {
    shortenTimeLimit();
    const file = await makeImage();
    file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => new Promise<never>(() => {}) });
    expect(rowsWithPicture(await addWithLast([file]))).to.deep.equal([false, true]);
  });

  it('any file with `no-thumbnails`', async () => {
    const decoders = countInstances('ImageDecoder');
    const element = await add([await makeImage()], { noThumbnails: true });
    for (let count = 0; count < 10; count++) await nextFrame();
    expect([decoders.count, pictures(element)]).to.deep.equal([0, []]);
  });

  it('any file once `no-thumbnails` is set', async () => {
    const element = await add([await makeImage()]);
    const [picture] = await waitForPictures(element);
    element.setAttribute('no-thumbnails', '');
    await element.updateComplete;
    expect([pictures(element), picture!.width]).to.deep.equal([[], 0]);
  });
});

describe('a damaged video takes little time', () => {
  /** Returns how many bytes are read one by one. */
  async function countReads(action: () => Promise<unknown>): Promise<number> {
    const { getUint8, getUint32 } = DataView.prototype;
    let count = 0;
    restore.push(() => Object.assign(DataView.prototype, { getUint8, getUint32 }));
    DataView.prototype.getUint8 = function (...args) {
      count += 1;
      return getUint8.apply(this, args);
    };
    DataView.prototype.getUint32 = function (...args) {
      count += 1;
      return getUint32.apply(this, args);
    };
    await action().catch(() => undefined);
    return count;
  }

  it('if it has millions of boxes', async () => {
    const movie = new Uint8Array(8_000_000);
    for (let offset = 0; offset < movie.length; offset += 8)
      movie.set([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65], offset);
    const { length } = movie;
    movie.set([0, length >> 16, length >> 8, length, ...new TextEncoder().encode('moov')]);
    const reads = await countReads(() => readMp4(createReader(new Blob([movie]))));
    expect(reads).to.be.lessThan(10_000);
  });

  it('if a GIF has a comment of many megabytes', async () => {
    const screen = [...new TextEncoder().encode('GIF89a'), 1, 0, 1, 0, 0, 0, 0];
    const gif = new Uint8Array(8_000_000).fill(1);
    gif.set([...screen, 0x21, 0xfe]);
    let reads = 0;
    await readImageHeader((offset, length) => {
      reads++;
      return Promise.resolve(new DataView(gif.buffer, offset, length));
    });
    expect(reads).to.be.lessThan(10_000);
  });

  it('if the number of a track has a million digits', async () => {
    const field = new Uint8Array(1_000_000);
    const unknownSize = [0x01, 255, 255, 255, 255, 255, 255, 255];
    const header = [
      [0x1a, 0x45, 0xdf, 0xa3, 0x80],
      [0x18, 0x53, 0x80, 0x67, ...unknownSize],
      [0x16, 0x54, 0xae, 0x6b, ...unknownSize],
      [0xae, ...unknownSize],
      [0xd7, 0x01, 0, 0, 0, 0, field.length >> 16, field.length >> 8, field.length],
    ].map((bytes) => Uint8Array.from(bytes));
    const blocks = Array.from({ length: 500 }, () => Uint8Array.of(0xa3, 0x84, 0x81, 0, 0, 0x80));
    const file = new Blob([...header, field, ...blocks]);
    const reads = await countReads(() => readWebm(createReader(file)));
    expect(reads).to.be.lessThan(50_000);
  });
});

describe('the state of an upload', () => {
  it('is a badge on the picture when the file is uploaded', async () => {
    const element = await add([await makeImage()]);
    const [picture] = await waitForPictures(element);
    element.start();
    await waitForStatus(element, 'succeeded');
    expect([...part(element, 'thumbnail').children].map(({ className }) => className)).to.deep.equal([
      '',
      'badge',
    ]);
    expect(pictures(element)).to.deep.equal([picture]);
  });

  it('is a warning instead of the picture when the upload has failed', async () => {
    const element = await add([await makeImage()]);
    await waitForPictures(element);
    element.oss.fail('put', () => new UploadError('access-denied'));
    element.start();
    await waitForStatus(element, 'failed');
    const [icon] = part(element, 'thumbnail').children;
    expect([pictures(element).length, icon?.localName]).to.deep.equal([0, 'svg']);
  });

  it('is the picture again when the upload is retried', async () => {
    const element = await add([await makeImage()]);
    const [picture] = await waitForPictures(element);
    element.oss.fail('put', () => new UploadError('access-denied'));
    element.start();
    await waitForStatus(element, 'failed');
    element.retry();
    await waitForStatus(element, 'succeeded');
    expect(pictures(element)).to.deep.equal([picture]);
  });
});

describe('the row of a removed file', () => {
  it('keeps its picture while the removal can be undone, and afterwards', async () => {
    const element = await add([await makeImage()]);
    const [picture] = await waitForPictures(element);
    query(element, '[part~=remove-button]').click();
    await element.updateComplete;
    const during = cornersOf(pictures(element)[0]!);
    part(element, 'undo-button').click();
    await element.updateComplete;
    expect([during, pictures(element)]).to.deep.equal([['red', 'blue', 'red', 'blue'], [picture]]);
  });
});

describe('an upload of an earlier visit', () => {
  it('has a picture once its file is selected', async () => {
    const photo = await makeImage('image/png', twoHalves(300, 300));
    const file = new File([photo, new Uint8Array(1_000_000)], 'photo.png', { type: 'image/png' });
    const setup = new TestSetup();
    await leaveUnfinished(setup, { file });
    const element = await revisit(setup);
    const before = rowsWithPicture(element);
    pick(element, file);
    await waitForPictures(element);
    expect(before).to.deep.equal([false]);
  });
});

describe('thumbnails in a long list', () => {
  const makeMany = async (count: number): Promise<File[]> => {
    const image = await makeImage();
    return Array.from(
      { length: count },
      (_, index) => new File([image], `${index}.png`, { type: image.type }),
    );
  };

  it('are only made for rows that are rendered', async () => {
    const decoders = countInstances('ImageDecoder');
    const element = await add(await makeMany(300));
    const items = () => element.shadowRoot!.querySelectorAll('[part=item]').length;
    await waitForPictures(element, 10);
    while (pictures(element).length < items()) await nextFrame();
    expect(decoders.count).to.be.within(10, 100);
  });

  it('are kept for rows that have left the screen', async () => {
    const element = await add(await makeMany(120));
    const [picture] = await waitForPictures(element, 10);
    const list = part(element, 'list');
    list.scrollTop = list.scrollHeight;
    const isShown = () => pictures(element).includes(picture!);
    while (isShown()) await nextFrame();
    list.scrollTop = 0;
    while (!isShown()) await nextFrame();
    expect(cornersOf(picture!)).to.deep.equal(['red', 'blue', 'red', 'blue']);
  });
});

describe('the memory of a thumbnail', () => {
  it('is freed when the file is removed', async () => {
    const element = await add([await makeImage(), await makeImage('image/webp')]);
    const [first, second] = await waitForPictures(element, 2);
    query(element, '[part~=remove-button]').click();
    await passUndoTime(element);
    while (pictures(element).length > 1) await nextFrame();
    expect([first!.width, second!.width > 0]).to.deep.equal([0, true]);
  });

  it('is freed when the file is replaced', async () => {
    const element = await createElement();
    await element.addFiles([await makeImage()]);
    const [first] = await waitForPictures(element);
    await element.addFiles([await makeImage('image/webp')]);
    while (pictures(element)[0] === first || pictures(element).length === 0) await nextFrame();
    expect(first!.width).to.equal(0);
  });

  it('is only that of the small picture: every decoded frame is closed', async () => {
    let open = 0;
    const { close } = VideoFrame.prototype;
    const { decode } = ImageDecoder.prototype;
    restore.push(() => {
      VideoFrame.prototype.close = close;
      ImageDecoder.prototype.decode = decode;
    });
    ImageDecoder.prototype.decode = async function (...args) {
      const result = await decode.apply(this, args);
      open += 1;
      return result;
    };
    VideoFrame.prototype.close = function () {
      open -= 1;
      close.call(this);
    };
    const large = await makeImage('image/png', twoHalves(2_000, 1_000), 'large');
    await waitForPictures(await add([await makeImage('image/jpeg'), large]), 2);
    expect(open).to.equal(0);
  });
});

describe('a hidden page', () => {
  it('makes no thumbnails until it is shown', async () => {
    let isHidden = true;
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    restore.push(() => delete (document as { hidden?: boolean }).hidden);
    const decoders = countInstances('ImageDecoder');
    const element = await add([await makeImage()]);
    for (let count = 0; count < 20; count++) await nextFrame();
    const before = decoders.count;
    isHidden = false;
    await waitForPictures(element);
    expect(before).to.equal(0);
  });
});
