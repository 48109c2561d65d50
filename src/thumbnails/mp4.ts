/** Finds the first frame of an MP4 or QuickTime file, including fragmented ones. */

import { textAt, type Read } from './file-reader.js';
import { codecString, MAX_SAMPLE_BYTES, type VideoSample } from './video-sample.js';

type View = DataView<ArrayBuffer>;

/** Maximum number of top-level boxes that are read. */
const MAX_BOXES = 1_000;
/** Boxes in another one that are looked at. A track has about ten. */
const MAX_CHILDREN = 100;
/** The record of the codec in a sample entry. */
const records = ['avcC', 'hvcC', 'vpcC', 'av1C'];

interface Track {
  id: number;
  /** Size of a sample in fragments that don't specify it. */
  defaultSize: number;
  sample: Omit<VideoSample, 'data'>;
  /** Where the first sample is, unless the file is fragmented. */
  position: Position | undefined;
}

interface Position {
  /** Bytes. */
  offset: number;
  size: number;
}

/** @throws RangeError if the file is truncated */
export async function readMp4(read: Read): Promise<VideoSample | undefined> {
  let track: Track | undefined;
  let offset = 0;
  for (let count = 0; count < MAX_BOXES; count++) {
    const start = await read(offset, 16);
    const type = textAt(start, 4, 4);
    const is64Bit = start.getUint32(0) === 1;
    const size = is64Bit ? Number(start.getBigUint64(8)) : start.getUint32(0);
    if (size < 8) return undefined;
    if (type === 'moov' || type === 'moof') {
      if (size > MAX_SAMPLE_BYTES) return undefined;
      const box = await readBox(read, offset, size, is64Bit ? 16 : 8);
      let position: Position | undefined;
      if (type === 'moov') {
        track = readMovie(box);
        if (!track) return undefined;
        position = track.position;
      } else {
        position = track && readFragment(box, offset, track);
      }
      if (track && position) return { ...track.sample, data: await readSample(read, position) };
    }
    offset += size;
  }
  return undefined;
}

async function readBox(read: Read, offset: number, size: number, headerSize: number): Promise<View> {
  return slice(await read(offset, size), headerSize);
}

async function readSample(read: Read, { offset, size }: Position): Promise<View> {
  if (size > MAX_SAMPLE_BYTES) throw new RangeError('The sample is too large.');
  return read(offset, size);
}

function slice(view: View, offset: number, length = view.byteLength - offset): View {
  return new DataView(view.buffer, view.byteOffset + offset, length);
}

function children(view: View, offset = 0): [type: string, content: View][] {
  const found: [string, View][] = [];
  while (offset + 8 <= view.byteLength && found.length < MAX_CHILDREN) {
    const size = view.getUint32(offset);
    // QuickTime ends some lists with a zero.
    if (size < 8) break;
    found.push([textAt(view, offset + 4, 4), slice(view, offset + 8, size - 8)]);
    offset += size;
  }
  return found;
}

function child(view: View | undefined, ...path: string[]): View | undefined {
  for (const type of path) view = view && children(view).find(([name]) => name === type)?.[1];
  return view;
}

function readMovie(movie: View): Track | undefined {
  const boxes = children(movie);
  for (const [type, content] of boxes) {
    const handler = type === 'trak' ? child(content, 'mdia', 'hdlr') : undefined;
    if (handler && textAt(handler, 8, 4) === 'vide') return readTrack(content, movie);
  }
  return undefined;
}

function readTrack(box: View, movie: View): Track | undefined {
  const header = child(box, 'tkhd');
  const table = child(box, 'mdia', 'minf', 'stbl');
  const description = child(table, 'stsd');
  if (!header || !description) return undefined;
  const is64Bit = header.getUint8(0) === 1;
  const id = header.getUint32(is64Bit ? 20 : 12);
  const matrix = is64Bit ? 52 : 40;
  const entry = slice(description, 8);
  const format = textAt(entry, 4, 4);
  const record = children(slice(entry, 0, entry.getUint32(0)), 86).find(([type]) => records.includes(type));
  const codec = codecString(format, record?.[1]);
  if (!codec) return undefined;
  const defaults = children(child(movie, 'mvex') ?? slice(movie, 0, 0)).find(
    ([type, content]) => type === 'trex' && content.getUint32(4) === id,
  );
  return {
    id,
    defaultSize: defaults?.[1].getUint32(16) ?? 0,
    sample: {
      codec,
      description: record && ['avcC', 'hvcC'].includes(record[0]) ? record[1] : undefined,
      width: entry.getUint16(32),
      height: entry.getUint16(34),
      rotation: Math.atan2(header.getInt32(matrix + 4), header.getInt32(matrix)),
    },
    position: table && firstSample(table),
  };
}

function firstSample(table: View): Position | undefined {
  const sizes = child(table, 'stsz');
  const size = sizes && (sizes.getUint32(4) || (sizes.getUint32(8) > 0 && sizes.getUint32(12)));
  const offsets = child(table, 'stco');
  const longOffsets = child(table, 'co64');
  if (!size) return undefined;
  if (offsets) return { offset: offsets.getUint32(8), size };
  return longOffsets && { offset: Number(longOffsets.getBigUint64(8)), size };
}

/** @param start of the fragment in the file, in bytes */
function readFragment(fragment: View, start: number, { id, defaultSize }: Track): Position | undefined {
  for (const [type, content] of children(fragment)) {
    const header = type === 'traf' ? child(content, 'tfhd') : undefined;
    const run = child(content, 'trun');
    if (header?.getUint32(4) !== id || !run || run.getUint32(4) === 0) continue;
    // The flags tell which fields are present.
    const headerFlags = header.getUint32(0);
    let field = 8;
    const base = headerFlags & 1 ? Number(header.getBigUint64(field)) : start;
    field += (headerFlags & 1 && 8) + (headerFlags & 2 && 4) + (headerFlags & 8 && 4);
    const sampleSize = headerFlags & 16 ? header.getUint32(field) : defaultSize;
    const flags = run.getUint32(0);
    const dataOffset = flags & 1 ? run.getInt32(8) : 0;
    const first = 8 + (flags & 1 && 4) + (flags & 4 && 4) + (flags & 0x100 && 4);
    return { offset: base + dataOffset, size: flags & 0x200 ? run.getUint32(first) : sampleSize };
  }
  return undefined;
}
