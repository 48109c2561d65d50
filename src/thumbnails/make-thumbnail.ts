/**
 * Draws a small square thumbnail of an image, or of the first frame of a video. Uses browser decoders that work off the main
 * thread and take bytes instead of URLs, so a Content-Security-Policy needs no additional source.
 */

import { createReader, textAt, type Read } from './file-reader.js';
import { readImageHeader, type ImageHeader } from './image-header.js';
import { readMp4 } from './mp4.js';
import type { VideoSample } from './video-sample.js';
import { readWebm } from './webm.js';

/** Larger images are not decoded: a pixel takes four bytes. The photos of phones have up to 50 megapixels. */
const MAX_PIXELS = 51e6;
/** Larger images are not read, in bytes. */
const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
/** Images are decoded to this multiple of the thumbnail, because decoders take only a sample of the pixels. */
const OVERSAMPLING = 4;
/** A panorama with a larger ratio of its sides is decoded smaller. */
const MAX_RATIO = 8;

interface Picture {
  source: VideoFrame | ImageBitmap;
  /** Pixels. */
  width: number;
  height: number;
  /** Clockwise, in radians. */
  rotation: number;
}

/**
 * Returns `undefined` if the file is too large or is of another type.
 *
 * @param size side of the square, in pixels
 * @throws Error if the file can't be read or decoded
 */
export async function makeThumbnail(file: Blob, size: number): Promise<HTMLCanvasElement | undefined> {
  const picture = await decode(file, size);
  if (!picture) return undefined;
  try {
    return draw(picture, size);
  } finally {
    picture.source.close();
  }
}

async function decode(file: Blob, size: number): Promise<Picture | undefined> {
  const read = createReader(file);
  const image = await readImageHeader(read);
  if (image)
    return isSmall(image) && file.size <= MAX_IMAGE_BYTES ? decodeImage(file, image, size) : undefined;
  const video = await readVideo(read);
  return video && isSmall(video) ? decodeVideo(video) : undefined;
}

function isSmall({ width, height }: { width: number; height: number }): boolean {
  return width > 0 && height > 0 && width * height <= MAX_PIXELS;
}

async function readVideo(read: Read): Promise<VideoSample | undefined> {
  const view = await read(0, 12);
  if (view.byteLength < 12 || typeof VideoDecoder !== 'function') return undefined;
  if (view.getUint32(0) === 0x1a45dfa3) return readWebm(read);
  return /ftyp|moov|mdat|wide|free|skip/.test(textAt(view, 4, 4)) ? readMp4(read) : undefined;
}

async function decodeImage(file: Blob, { type, width, height }: ImageHeader, size: number): Promise<Picture> {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  const scale = Math.min(1, (size * OVERSAMPLING * Math.min(MAX_RATIO, long / short)) / long);
  const target = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  // In Firefox, `createImageBitmap` decodes files on the main thread.
  if (typeof ImageDecoder !== 'function' || !(await ImageDecoder.isTypeSupported(type))) {
    return toPicture(await resize(file.slice(0, file.size, type), target));
  }
  const decoder = new ImageDecoder({
    data: file.stream(),
    type,
    desiredWidth: target.width,
    desiredHeight: target.height,
  });
  // Rejected when the decoder is closed, and nothing waits for them.
  for (const promise of [decoder.completed, decoder.tracks.ready]) promise.catch(() => undefined);
  try {
    const { image } = await decoder.decode();
    // Chromium decodes only JPEG images to another size, and draws large frames on the main thread.
    if (image.codedWidth * image.codedHeight < 4 * target.width * target.height) return toPicture(image);
    try {
      return toPicture(await resize(image, target));
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}

function resize(
  image: ImageBitmapSource,
  { width, height }: { width: number; height: number },
): Promise<ImageBitmap> {
  // The other side follows from the ratio, which differs from that of the file if the image is rotated.
  return createImageBitmap(image, width > height ? { resizeWidth: width } : { resizeHeight: height });
}

async function decodeVideo({
  codec,
  description,
  rotation,
  data,
}: VideoSample): Promise<Picture | undefined> {
  const config: VideoDecoderConfig = { codec, ...(description && { description }) };
  if (!(await VideoDecoder.isConfigSupported(config)).supported) return undefined;
  const frame = await new Promise<VideoFrame | undefined>((resolve, reject) => {
    let first: VideoFrame | undefined;
    const decoder = new VideoDecoder({
      output: (decoded) => (first ? decoded.close() : (first = decoded)),
      error: (error) => {
        first?.close();
        reject(error);
      },
    });
    decoder.configure(config);
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data }));
    decoder.flush().then(() => {
      decoder.close();
      resolve(first);
    }, reject);
  });
  return frame && { ...toPicture(frame), rotation };
}

function toPicture(source: VideoFrame | ImageBitmap): Picture {
  const [width, height] =
    'displayWidth' in source ? [source.displayWidth, source.displayHeight] : [source.width, source.height];
  return { source, width, height, rotation: 0 };
}

/** Draws the largest square in the center. */
function draw({ source, width, height, rotation }: Picture, size: number): HTMLCanvasElement | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const side = Math.min(width, height);
  context.imageSmoothingQuality = 'medium';
  context.translate(size / 2, size / 2);
  context.rotate(rotation);
  context.drawImage(
    source,
    (width - side) / 2,
    (height - side) / 2,
    side,
    side,
    -size / 2,
    -size / 2,
    size,
    size,
  );
  return canvas;
}
