// Reads screenshots, and writes an animated PNG of them. Each frame holds only the pixels that differ from the previous one.
// Format: https://www.w3.org/TR/png-3/
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Bytes of a pixel of an image with and without transparency, by color type. */
const PIXEL_BYTES: Readonly<Record<number, number>> = { 2: 3, 6: 4 };
const RGBA = 6;

export interface Image {
  width: number;
  height: number;
  /** Red, green, blue and alpha of each pixel. */
  pixels: Uint32Array;
}

/** A frame of an animation. */
export interface Frame {
  image: Image;
  /** Milliseconds. */
  duration: number;
}

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** @throws RangeError if the image has another format than that of screenshots: 8 bits per channel, not interlaced */
export function decode(png: Buffer): Image {
  const chunks = readChunks(png);
  const header = chunks.find(({ name }) => name === 'IHDR')!.content;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const pixelBytes = PIXEL_BYTES[header[9]!];
  if (header[8] !== 8 || pixelBytes === undefined || header[12] !== 0)
    throw new RangeError('Only PNG images with 8-bit colors are supported.');
  const data = inflateSync(
    Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content)),
  );
  const rowBytes = width * pixelBytes;
  const rgba = new Uint8Array(width * height * 4);
  let above = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y += 1) {
    const start = y * (rowBytes + 1);
    const row = unfilter(data[start]!, data.subarray(start + 1, start + 1 + rowBytes), above, pixelBytes);
    for (let x = 0; x < width; x += 1) {
      const target = (y * width + x) * 4;
      rgba.set(row.subarray(x * pixelBytes, x * pixelBytes + 3), target);
      rgba[target + 3] = 255;
    }
    above = row;
  }
  return { width, height, pixels: new Uint32Array(rgba.buffer) };
}

/** Returns an animation that loops. Frames that change nothing make the previous one longer. */
export function encodeAnimation(frames: readonly Frame[]): Buffer {
  const { width, height } = frames[0]!.image;
  const parts: { area: Area; pixels: Uint32Array; duration: number }[] = [];
  let previous: Image | undefined;
  for (const { image, duration } of frames) {
    const area = previous ? changedArea(image, previous) : { x: 0, y: 0, width, height };
    if (area) parts.push({ area, pixels: changedPixels(image, previous, area), duration });
    else parts.at(-1)!.duration += duration;
    previous = image;
  }
  let sequence = 0;
  const content = parts.flatMap(({ area, pixels, duration }, index) => {
    const control = chunk('fcTL', frameControl((sequence += 1) - 1, area, duration));
    const data = compress(pixels, area);
    return index === 0
      ? [control, chunk('IDAT', data)]
      : [control, chunk('fdAT', Buffer.concat([uint32((sequence += 1) - 1), data]))];
  });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.from([8, RGBA, 0, 0, 0])])),
    // Zero stands for an endless loop.
    chunk('acTL', Buffer.concat([uint32(parts.length), uint32(0)])),
    ...content,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function changedArea({ width, height, pixels }: Image, previous: Image): Area | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let index = 0; index < pixels.length; index += 1) {
    if (pixels[index] === previous.pixels[index]) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Returns the pixels of an area. Those that have not changed are transparent. */
function changedPixels(image: Image, previous: Image | undefined, area: Area): Uint32Array {
  const result = new Uint32Array(area.width * area.height);
  for (let index = 0; index < result.length; index += 1) {
    const [x, y] = [index % area.width, Math.floor(index / area.width)];
    const source = (area.y + y) * image.width + area.x + x;
    if (image.pixels[source] !== previous?.pixels[source]) result[index] = image.pixels[source]!;
  }
  return result;
}

function compress(pixels: Uint32Array, { width, height }: Area): Buffer {
  const bytes = Buffer.from(pixels.buffer);
  const rows = Array.from({ length: height }, (_, y) => [
    // The filter "None": few colors are best compressed as they are.
    Buffer.alloc(1),
    bytes.subarray(y * width * 4, (y + 1) * width * 4),
  ]);
  return deflateSync(Buffer.concat(rows.flat()), { level: 9 });
}

function frameControl(sequence: number, { width, height, x, y }: Area, duration: number): Buffer {
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(Math.round(duration), 0);
  delay.writeUInt16BE(1000, 2);
  // The frame stays, and is blended with the previous ones.
  delay[4] = 0;
  delay[5] = 1;
  return Buffer.concat([...[sequence, width, height, x, y].map(uint32), delay]);
}

/** Undoes the filter of a row. @param above the row above, without its filter */
function unfilter(
  type: number,
  row: Uint8Array,
  above: Uint8Array,
  pixelBytes: number,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(row.length);
  for (let index = 0; index < row.length; index += 1) {
    const left = result[index - pixelBytes] ?? 0;
    const up = above[index] ?? 0;
    const upperLeft = above[index - pixelBytes] ?? 0;
    result[index] = row[index]! + predict(type, left, up, upperLeft);
  }
  return result;
}

function predict(type: number, left: number, up: number, upperLeft: number): number {
  switch (type) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upperLeft);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, upperLeft: number): number {
  const toLeft = Math.abs(up - upperLeft);
  const toUp = Math.abs(left - upperLeft);
  const toUpperLeft = Math.abs(left + up - 2 * upperLeft);
  if (toLeft <= toUp && toLeft <= toUpperLeft) return left;
  return toUp <= toUpperLeft ? up : upperLeft;
}

function readChunks(png: Buffer): { name: string; content: Buffer }[] {
  const chunks = [];
  for (let start = SIGNATURE.length; start < png.length;) {
    const length = png.readUInt32BE(start);
    const name = png.toString('latin1', start + 4, start + 8);
    chunks.push({ name, content: png.subarray(start + 8, start + 8 + length) });
    start += length + 12;
  }
  return chunks;
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  return Buffer.concat([uint32(content.length), body, uint32(crc32(body))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
