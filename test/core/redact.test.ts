import { expect } from '@open-wc/testing';
import { redact } from '../../src/core/redact.js';

describe('a redacted text', () => {
  it('has none of the secrets, in either form', () => {
    const secrets = ['STS.NT12345', 'a+b/c=1234'];
    const text = 'STS.NT12345 signed a+b/c=1234, or a%2Bb%2Fc%3D1234';
    expect(redact(text, secrets)).to.equal('… signed …, or …');
  });

  for (const placeholder of ['', 'a', 'id', 'key', 'AccessKey']) {
    it(`keeps the codes of OSS if the secret is only a placeholder: ${JSON.stringify(placeholder)}`, () => {
      expect(redact('InvalidAccessKeyId', [placeholder])).to.equal('InvalidAccessKeyId');
    });
  }
});
