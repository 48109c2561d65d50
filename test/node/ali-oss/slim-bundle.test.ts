import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const bundle = await readFile(new URL('../../../lib/slim-sdk.js', import.meta.url));

describe('slim SDK bundle', () => {
  it('stays below its size limits', () => {
    assert.ok(bundle.length < 46_000, `${bundle.length} bytes`);
    assert.ok(gzipSync(bundle, { level: 9 }).length < 16_000, 'gzip');
    assert.ok(brotliCompressSync(bundle).length < 14_500, 'brotli');
  });

  it('uses no eval, so it runs under a strict content security policy', () => {
    assert.doesNotMatch(bundle.toString(), /\beval\(|\bFunction\(/);
  });

  it('imports nothing', () => {
    assert.doesNotMatch(bundle.toString(), /\bimport\b|\brequire\(/);
  });

  it('starts with a banner that names its origin and license', () => {
    assert.match(bundle.toString(), /^\/\*! ali-oss [\d.]+, MIT/);
  });
});
