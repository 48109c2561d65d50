import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const bundle = await readFile(new URL('../../../lib/slim-sdk.js', import.meta.url));

describe('lean SDK bundle', () => {
  it('stays small', () => {
    assert.ok(bundle.length < 46_000, `${bundle.length} bytes`);
    assert.ok(gzipSync(bundle, { level: 9 }).length < 16_000, 'gzip');
    assert.ok(brotliCompressSync(bundle).length < 14_500, 'brotli');
  });

  it('makes no code from text, which a strict content security policy forbids', () => {
    assert.doesNotMatch(bundle.toString(), /\beval\(|\bFunction\(/);
  });

  it('imports nothing', () => {
    assert.doesNotMatch(bundle.toString(), /\bimport\b|\brequire\(/);
  });

  it('names its origin and its license', () => {
    assert.match(bundle.toString(), /^\/\*! ali-oss [\d.]+, MIT/);
  });
});
