import { expect } from '@open-wc/testing';
import { sha256 } from '../../src/core/sha256.js';
import { fc } from '../support/properties.js';

async function sha256OfBrowser(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('SHA-256', () => {
  it('is that of the standard', () => {
    expect([sha256(''), sha256('abc')]).to.deep.equal([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ]);
  });

  it('equals that of the browser for any text', async () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.emailAddress());
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(sha256(text)).to.equal(await sha256OfBrowser(text));
      }),
    );
  });

  it('equals that of the browser at the borders of blocks', async () => {
    for (const length of [55, 56, 63, 64, 65, 119, 120]) {
      const text = 'a'.repeat(length);
      expect(sha256(text), String(length)).to.equal(await sha256OfBrowser(text));
    }
  });
});
