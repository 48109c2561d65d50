import { expect } from '@open-wc/testing';
import { randomUuid } from '../../src/core/random-uuid.js';

describe('a random UUID', () => {
  it('is of version 4', () => {
    for (let i = 0; i < 100; i++) {
      expect(randomUuid()).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, randomUuid)).size).to.equal(100);
  });

  it('needs no secure context', () => {
    const own = Object.getOwnPropertyDescriptor(crypto, 'randomUUID');
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(randomUuid()).to.have.length(36);
    } finally {
      if (own) Object.defineProperty(crypto, 'randomUUID', own);
      else delete (crypto as Partial<Crypto>).randomUUID;
    }
  });
});
