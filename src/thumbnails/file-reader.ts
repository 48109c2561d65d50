/** Reads parts of a file that a parser visits in order, with few requests. */

/** Bytes that are read at once. */
const WINDOW = 65_536;

/** Returns `length` bytes, or fewer at the end of the file. Reading beyond the end of the view throws a RangeError. */
export type Read = (offset: number, length: number) => Promise<DataView<ArrayBuffer>>;

export function createReader(file: Blob): Read {
  let start = 0;
  let bytes = new ArrayBuffer(0);
  return async (offset, length) => {
    if (offset < start || offset + length > start + bytes.byteLength) {
      bytes = await file.slice(offset, offset + Math.max(length, WINDOW)).arrayBuffer();
      start = offset;
    }
    const from = offset - start;
    return new DataView(bytes, from, Math.min(length, bytes.byteLength - from));
  };
}

/** Returns bytes as Latin-1 text, for example a four-character code. */
export function textAt(view: DataView, offset: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, length));
}
