/** Finds the first frame of a WebM or Matroska file. */

import { textAt, type Read } from './file-reader.js';
import { codecString, MAX_SAMPLE_BYTES, type VideoSample } from './video-sample.js';

/** Maximum number of elements that are read. */
const MAX_ELEMENTS = 2_000;
/** Larger fields of a track are skipped, in bytes. Parameter sets take a few kilobytes. */
const MAX_FIELD_BYTES = 65_536;
/** Longer numbers are invalid, in bytes. */
const MAX_NUMBER_BYTES = 8;

/** IDs of elements, with their length marker. */
const ID = {
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codec: 0x86,
  codecPrivate: 0x63a2,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
} as const;

const containers = new Set<number>([ID.segment, ID.tracks, ID.track, ID.video, ID.cluster, ID.blockGroup]);
const trackFields = new Set<number>([
  ID.trackNumber,
  ID.trackType,
  ID.codec,
  ID.codecPrivate,
  ID.width,
  ID.height,
]);

/** Formats as in MP4 files. */
const formats: Readonly<Record<string, string>> = {
  V_VP8: 'vp08',
  V_VP9: 'vp09',
  V_AV1: 'av01',
  'V_MPEG4/ISO/AVC': 'avc1',
  'V_MPEGH/ISO/HEVC': 'hvc1',
};

/** Contents of the fields of a track by ID. */
type Track = Map<number, DataView<ArrayBuffer>>;

/** @throws RangeError if the file is truncated */
export async function readWebm(read: Read): Promise<VideoSample | undefined> {
  const tracks: Track[] = [];
  let offset = 0;
  for (let count = 0; count < MAX_ELEMENTS; count++) {
    const start = await read(offset, 12);
    const idLength = lengthAt(start, 0);
    const id = numberAt(start, 0, idLength);
    const { value: size, length: sizeLength } = sizeAt(start, idLength);
    const content = offset + idLength + sizeLength;
    if (id === ID.track) tracks.push(new Map());
    if (containers.has(id)) {
      // The size of a live recording is unknown, so the content is read until a picture is found.
      offset = content;
      continue;
    }
    if (trackFields.has(id) && size <= MAX_FIELD_BYTES) tracks.at(-1)?.set(id, await read(content, size));
    if (id === ID.block || id === ID.simpleBlock) {
      const number = sizeAt(await read(content, 8), 0);
      const track = tracks.find((each) => numberIn(each, ID.trackNumber) === number.value);
      if (track && numberIn(track, ID.trackType) === 1) {
        if (size > MAX_SAMPLE_BYTES) return undefined;
        // The number is followed by a time code and flags.
        const header = number.length + 3;
        return toSample(track, await read(content + header, size - header));
      }
    }
    offset = content + size;
  }
  return undefined;
}

function toSample(track: Track, data: DataView<ArrayBuffer>): VideoSample | undefined {
  const name = track.get(ID.codec);
  const format = name && formats[textAt(name, 0, name.byteLength)];
  const config = track.get(ID.codecPrivate);
  const codec = format && codecString(format, config);
  if (!codec) return undefined;
  return {
    codec,
    description: /^(avc|hvc)/.test(codec) ? config : undefined,
    width: numberIn(track, ID.width),
    height: numberIn(track, ID.height),
    rotation: 0,
    data,
  };
}

/** Numbers of variable length start with as many zeros as bytes follow, and a one, which isn't part of the value. */
function sizeAt(view: DataView, offset: number): { value: number; length: number } {
  const length = lengthAt(view, offset);
  const first = view.getUint8(offset) - 2 ** (8 - length);
  // The marker of a long number would exceed the precision.
  const value = first * 256 ** (length - 1) + numberAt(view, offset + 1, length - 1);
  return { value, length };
}

function lengthAt(view: DataView, offset: number): number {
  const length = Math.clz32(view.getUint8(offset)) - 23;
  if (length > 8) throw new RangeError('Not a number.');
  return length;
}

function numberAt(view: DataView, offset: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index++) value = value * 256 + view.getUint8(offset + index);
  return value;
}

function numberIn(track: Track, id: number): number {
  const view = track.get(id);
  return view && view.byteLength <= MAX_NUMBER_BYTES ? numberAt(view, 0, view.byteLength) : 0;
}
