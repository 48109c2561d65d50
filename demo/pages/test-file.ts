// A large test file. It takes one megabyte of memory: its blocks share the same random bytes, and
// only their headers differ. Each call returns the same content, so an upload can be resumed after a reload.

/** Bytes. */
const BLOCK_SIZE = 1_000_000;
const HEADER_SIZE = 16;
const BLOCKS = 200;

/** The tests of the demo use a smaller file. */
function countBlocks(): number {
  return Number(sessionStorage.getItem('test-file-blocks')) || BLOCKS;
}

export function testFileName(): string {
  return `test-file-${countBlocks()}-mb.bin`;
}

export function createTestFile(): File {
  const body = new Blob([randomBytes(BLOCK_SIZE - HEADER_SIZE)]);
  const blocks = Array.from({ length: countBlocks() }, (_, index) => [blockHeader(index), body]);
  return new File(blocks.flat(), testFileName(), {
    type: 'application/octet-stream',
    // Part of what identifies a file when it is selected again.
    lastModified: Date.UTC(2026, 0, 1),
  });
}

/** A header that differs in each block, so that the file's parts aren't interchangeable. */
function blockHeader(index: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`block ${index}`.padEnd(HEADER_SIZE));
}

/** Returns the same bytes on each call, from a xorshift generator. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let word = 0x9e3779b9;
  for (let index = 0; index < words.length; index += 1) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    words[index] = word;
  }
  return new Uint8Array(words.buffer, 0, length);
}
