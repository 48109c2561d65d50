/** Reads the type and the dimensions of an image from its first bytes, so that huge images are never decoded. */

import { textAt, type Read } from './file-reader.js';

export interface ImageHeader {
  /** MIME type, which may differ from that of the file. */
  type: string;
  /** Pixels, with the orientation applied. */
  width: number;
  height: number;
}

/** A photo has about twenty segments before its dimensions. */
const MAX_SEGMENTS = 500;
/** A GIF with more blocks of metadata before its picture gets no thumbnail. */
const MAX_GIF_BLOCKS = 5_000;
/** The dimensions of AVIF and HEIC images are within so many bytes. */
const MAX_META_BYTES = 65_536;

/**
 * Returns `undefined` if the file is not an image of a supported type. SVG is not supported.
 *
 * @throws RangeError if the file is truncated
 */
export async function readImageHeader(read: Read): Promise<ImageHeader | undefined> {
  const view = await read(0, 32);
  if (view.byteLength < 12) return undefined;
  const signature = view.getUint32(0);
  if (signature === 0x89504e47) return header('image/png', view.getUint32(16), view.getUint32(20));
  if (signature >>> 8 === 0xffd8ff) return readJpeg(read);
  if (signature === 0x47494638) return readGif(read);
  if (signature >>> 16 === 0x424d) {
    return header('image/bmp', view.getInt32(18, true), Math.abs(view.getInt32(22, true)));
  }
  if (signature === 0x52494646 && textAt(view, 8, 4) === 'WEBP') return webp(view);
  if (textAt(view, 4, 4) === 'ftyp') {
    const [, brand] = /^(avi|hei|mif)/.exec(textAt(view, 8, 4)) ?? [];
    if (brand) return readHeif(read, brand === 'avi' ? 'image/avif' : 'image/heic');
  }
  return undefined;
}

function header(type: string, width: number, height: number): ImageHeader {
  return { type, width, height };
}

async function readJpeg(read: Read): Promise<ImageHeader | undefined> {
  let isRotated = false;
  for (let offset = 2, count = 0; count < MAX_SEGMENTS; count++) {
    const start = await read(offset, 10);
    const marker = start.getUint16(0);
    const length = start.getUint16(2);
    if (marker < 0xff01 || length < 2) return undefined;
    if (marker === 0xffff) {
      // A fill byte.
      offset += 1;
      continue;
    }
    // Frame headers. The other markers in this range are tables.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
      const sides = [start.getUint16(7), start.getUint16(5)] as const;
      const [width, height] = isRotated ? [sides[1], sides[0]] : sides;
      return header('image/jpeg', width, height);
    }
    if (marker === 0xffe1 && textAt(start, 4, 4) === 'Exif')
      isRotated = isSideways(await read(offset, length + 2));
    offset += 2 + length;
  }
  return undefined;
}

/** Whether the EXIF orientation swaps width and height. The decoder applies it. */
function isSideways(segment: DataView): boolean {
  const tiff = 10;
  const littleEndian = segment.getUint16(tiff) === 0x4949;
  const directory = tiff + segment.getUint32(tiff + 4, littleEndian);
  const count = segment.getUint16(directory, littleEndian);
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (segment.getUint16(entry, littleEndian) === 0x0112)
      return segment.getUint16(entry + 8, littleEndian) > 4;
  }
  return false;
}

/** The first frame may be larger than the screen that the header declares. */
async function readGif(read: Read): Promise<ImageHeader | undefined> {
  const screen = await read(0, 13);
  const tableSize = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let offset = 13 + tableSize(screen.getUint8(10));
  for (let count = 0; count < MAX_GIF_BLOCKS; count++) {
    const block = await read(offset, 10);
    if (block.getUint8(0) === 0x2c) {
      const [width, height] = [5, 7].map((at) => block.getUint16(at, true)) as [number, number];
      return header(
        'image/gif',
        Math.max(width, screen.getUint16(6, true)),
        Math.max(height, screen.getUint16(8, true)),
      );
    }
    if (block.getUint8(0) !== 0x21) return undefined;
    // An extension: two bytes, then sub-blocks until one that is empty.
    offset += 2;
    let length: number;
    do {
      length = (await read(offset, 1)).getUint8(0);
      offset += 1 + length;
    } while (length > 0 && ++count < MAX_GIF_BLOCKS);
  }
  return undefined;
}

function webp(view: DataView): ImageHeader | undefined {
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
  switch (textAt(view, 12, 4)) {
    case 'VP8X':
      return header('image/webp', uint24(24) + 1, uint24(27) + 1);
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return header('image/webp', (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
    }
    case 'VP8 ':
      return header('image/webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    default:
      return undefined;
  }
}

/** The largest of the images in the file counts: the others are tiles or previews of it. */
async function readHeif(read: Read, type: string): Promise<ImageHeader | undefined> {
  const view = await read(0, MAX_META_BYTES);
  let [width, height, isRotated] = [0, 0, false];
  for (let offset = 0; offset + 16 <= view.byteLength; offset++) {
    const code = view.getUint32(offset);
    if (code === 0x69737065 /* ispe */) {
      const sides = [view.getUint32(offset + 8), view.getUint32(offset + 12)] as const;
      if (sides[0] * sides[1] > width * height) [width, height] = sides;
    }
    if (code === 0x69726f74 /* irot */) isRotated = view.getUint8(offset + 4) % 2 === 1;
  }
  return isRotated ? header(type, height, width) : header(type, width, height);
}
