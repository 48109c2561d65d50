// Makes small images and videos, as real files that the browser decodes.

/** Colors of the left and the right half of the pictures. */
const LEFT = 'red';
const RIGHT = 'blue';

/** Draws two halves. */
export function twoHalves(width = 64, height = 32): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  for (const [index, color] of [LEFT, RIGHT].entries()) {
    context.fillStyle = color;
    context.fillRect((index * width) / 2, 0, width / 2, height);
  }
  return canvas;
}

export async function makeImage(type = 'image/png', canvas = twoHalves(), name = 'photo'): Promise<File> {
  const bytes = await (await canvas.convertToBlob({ type, quality: 0.95 })).arrayBuffer();
  return new File([bytes], `${name}.${type.split('/')[1]}`, { type });
}

/** Makes a JPEG with an EXIF orientation, as cameras store it. */
export async function makePhoto(orientation: number, canvas = twoHalves()): Promise<File> {
  const jpeg = new Uint8Array(await (await makeImage('image/jpeg', canvas)).arrayBuffer());
  const exif = Uint8Array.of(
    ...[0xff, 0xe1, 0, 34],
    ...ascii('Exif\0\0MM\0*'),
    ...[0, 0, 0, 8],
    ...[0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  );
  return new File([await new Blob([jpeg.slice(0, 2), exif, jpeg.slice(2)]).arrayBuffer()], 'photo.jpg', {
    type: 'image/jpeg',
  });
}

/** Makes a black PNG with one bit per pixel, which is small even if it is huge. */
export async function makeBlackPng(width: number, height: number, name = 'black.png'): Promise<File> {
  const row = new Uint8Array(1 + Math.ceil(width / 8));
  const rows = new Blob(Array.from({ length: height }, () => row)).stream();
  const deflated = await new Response(rows.pipeThrough(new CompressionStream('deflate'))).arrayBuffer();
  const ihdr = new DataView(new ArrayBuffer(13));
  ihdr.setUint32(0, width);
  ihdr.setUint32(4, height);
  ihdr.setUint8(8, 1);
  const bytes = [
    Uint8Array.of(0x89, ...ascii('PNG\r\n'), 0x1a, 10),
    pngChunk('IHDR', new Uint8Array(ihdr.buffer)),
    pngChunk('IDAT', new Uint8Array(deflated)),
    pngChunk('IEND', new Uint8Array()),
  ];
  return new File([await new Blob(bytes).arrayBuffer()], name, { type: 'image/png' });
}

/** Makes a GIF of one pixel, or one whose frame is larger than it says. */
export function makeGif(frameWidth = 1, frameHeight = 1): File {
  const size = (value: number) => [value & 255, value >> 8];
  const bytes = Uint8Array.of(
    ...ascii('GIF89a'),
    ...size(1),
    ...size(1),
    ...[0x80, 0, 0],
    ...[255, 0, 0, 0, 0, 255],
    // A comment extension whose content looks like a frame.
    ...[0x21, 0xfe, 3, 0x2c, 0x2c, 0x2c, 0],
    ...[0x2c, 0, 0, 0, 0, ...size(frameWidth), ...size(frameHeight), 0],
    ...[2, 2, 0x44, 1, 0, 0x3b],
  );
  return new File([bytes], 'pixel.gif', { type: 'image/gif' });
}

/** Makes a BMP of 1 × 1 red pixels. */
export function makeBmp(): File {
  const bytes = new Uint8Array(58);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii('BM'));
  for (const [offset, value] of [
    [2, 58],
    [10, 54],
    [14, 40],
    [18, 1],
    [22, 1],
    [34, 4],
  ] as const) {
    view.setUint32(offset, value, true);
  }
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  bytes[56] = 255;
  return new File([bytes], 'pixel.bmp', { type: 'image/bmp' });
}

/** Records a video of one picture. */
export async function recordVideo(type = 'video/webm'): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 32;
  const context = canvas.getContext('2d')!;
  const draw = () => context.drawImage(twoHalves(), 0, 0);
  draw();
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: type });
  const timer = setInterval(draw, 20);
  try {
    recorder.start(100);
    const chunks: Blob[] = [];
    await new Promise<void>((resolve) => {
      recorder.ondataavailable = ({ data }) => {
        if (data.size > 0) chunks.push(data);
        if (chunks.length > 0 && recorder.state === 'recording') recorder.stop();
      };
      recorder.onstop = () => resolve();
    });
    return new File(chunks, 'film', { type });
  } finally {
    clearInterval(timer);
  }
}

/** Makes an MP4 file with one picture, with its index at the end, as cameras write it. */
export async function makeMp4({ rotation = 0, handler = 'vide' } = {}): Promise<File> {
  const sample = await encodeVp8(twoHalves());
  const header = box('ftyp', ascii('isom'), uint32(0), ascii('isom'));
  const media = box('mdat', sample);
  const [sin, cos] = [Math.sin(rotation), Math.cos(rotation)].map((value) => Math.round(value) * 65_536);
  const entry = box('vp08', zeros(24), Uint8Array.of(0, 64, 0, 32), zeros(50), box('vpcC', zeros(12)));
  const movie = box(
    'moov',
    box('mvhd', zeros(100)),
    box(
      'trak',
      box(
        'tkhd',
        zeros(12),
        uint32(1),
        zeros(24),
        uint32(cos!),
        uint32(sin!),
        uint32(0),
        uint32(-sin!),
        uint32(cos!),
        zeros(24),
      ),
      box(
        'mdia',
        box('hdlr', zeros(8), ascii(handler), zeros(13)),
        box(
          'minf',
          box(
            'stbl',
            box('stsd', uint32(0), uint32(1), entry),
            box('stsz', zeros(8), uint32(1), uint32(sample.length)),
            box('stco', uint32(0), uint32(1), uint32(header.length + 8)),
          ),
        ),
      ),
    ),
  );
  return new File([header, media, movie], 'film.mp4', { type: 'video/mp4' });
}

async function encodeVp8(picture: OffscreenCanvas): Promise<Uint8Array<ArrayBuffer>> {
  let sample = new Uint8Array();
  const encoder = new VideoEncoder({
    output: (chunk) => chunk.copyTo((sample = new Uint8Array(chunk.byteLength))),
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'vp8', width: picture.width, height: picture.height });
  const frame = new VideoFrame(picture, { timestamp: 0 });
  encoder.encode(frame, { keyFrame: true });
  frame.close();
  await encoder.flush();
  encoder.close();
  return sample;
}

function box(type: string, ...contents: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = contents.reduce((sum, { length }) => sum + length, 8);
  const bytes = new Uint8Array(size);
  bytes.set(uint32(size));
  bytes.set(ascii(type), 4);
  let offset = 8;
  for (const content of contents) {
    bytes.set(content, offset);
    offset += content.length;
  }
  return bytes;
}

/** With a CRC-32, which decoders check. */
function pngChunk(type: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + content.length);
  bytes.set(uint32(content.length));
  bytes.set(ascii(type), 4);
  bytes.set(content, 8);
  let crc = -1;
  for (const byte of bytes.subarray(4, -4)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  bytes.set(uint32(~crc), 8 + content.length);
  return bytes;
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function uint32(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value >> 24, value >> 16, value >> 8, value);
}

function zeros(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length);
}
