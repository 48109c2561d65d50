/** The subset of Node's `Buffer` that the SDK needs to sign requests and to encode headers. */

type Encoding = 'utf8' | 'utf-8' | 'latin1' | 'base64' | 'hex';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class SmallBuffer extends Uint8Array {
  readonly #view = new DataView(this.buffer, this.byteOffset, this.byteLength);

  readInt32BE(offset: number): number {
    return this.#view.getInt32(offset);
  }

  readInt32LE(offset: number): number {
    return this.#view.getInt32(offset, true);
  }

  writeInt32BE(value: number, offset: number): void {
    this.#view.setInt32(offset, value);
  }

  writeInt32LE(value: number, offset: number): void {
    this.#view.setInt32(offset, value, true);
  }

  override toString(encoding: Encoding = 'utf8'): string {
    switch (encoding) {
      case 'hex':
        return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
      case 'base64':
        return btoa(latin1(this));
      case 'latin1':
        return latin1(this);
      case 'utf8':
      case 'utf-8':
        return decoder.decode(this);
      default:
        return encoding satisfies never;
    }
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function fromText(text: string, encoding: Encoding): SmallBuffer {
  if (encoding !== 'latin1') return new SmallBuffer(encoder.encode(text));
  return new SmallBuffer(Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)));
}

function concat(
  list: readonly Uint8Array[],
  size = list.reduce((sum, item) => sum + item.length, 0),
): SmallBuffer {
  const result = new SmallBuffer(size);
  let offset = 0;
  for (const item of list) {
    result.set(item.subarray(0, size - offset), offset);
    offset += item.length;
  }
  return result;
}

// Not static methods of the class, because `Uint8Array.from` has a different signature.
export const Buffer = {
  alloc: (size: number): SmallBuffer => new SmallBuffer(size),
  concat,
  isBuffer: (value: unknown): value is SmallBuffer => value instanceof SmallBuffer,
  from: (source: string | ArrayLike<number>, encoding: Encoding = 'utf8'): SmallBuffer =>
    typeof source === 'string' ? fromText(source, encoding) : new SmallBuffer(source),
};
