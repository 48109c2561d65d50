import { expect } from '@open-wc/testing';
import { randomUuid } from '../../src/core/random-uuid.js';

describe('randomUuid', () => {
  it('returns a version 4 UUID', () => {
    for (let i = 0; i < 100; i++) {
      expect(randomUuid()).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });

  it('returns a new UUID each time', () => {
    expect(new Set(Array.from({ length: 100 }, randomUuid)).size).to.equal(100);
  });

  it('works in an insecure context', () => {
    const original = Object.getOwnPropertyDescriptor(crypto, 'randomUUID');
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(randomUuid()).to.have.length(36);
    } finally {
      if (original) Object.defineProperty(crypto, 'randomUUID', original);
      else delete (crypto as Partial<Crypto>).randomUUID;
    }
  });
});
