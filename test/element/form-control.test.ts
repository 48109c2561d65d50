import { expect } from '@open-wc/testing';
import { FormController } from '../../src/controllers/form.js';

class Face extends HTMLElement {
  static readonly formAssociated = true;
  readonly control = new FormController(this.attachInternals());
}
customElements.define('test-form-control', Face);

const entry = {
  fileName: 'film.mp4',
  fileSize: 5,
  bucket: 'examplebucket',
  key: 'film',
  etag: '"etag"',
  url: 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/film',
  verified: true,
};

const restore = (state: unknown): string[] =>
  new Face().control.restore(state, 'examplebucket').map(({ result }) => result.key);

describe('what a browser hands back to a form', () => {
  it('is taken where it is whole', () => {
    expect(restore(JSON.stringify([entry, { ...entry, key: 'other' }]))).to.deep.equal(['film', 'other']);
  });

  it('is not taken from another bucket', () => {
    expect(restore(JSON.stringify([{ ...entry, bucket: 'other' }]))).to.be.empty;
  });

  it('brings nothing along that does not belong to it', () => {
    const [file] = new Face().control.restore(
      JSON.stringify([{ ...entry, callback: 'x', unverifiedReason: '<b>' }]),
      'examplebucket',
    );
    const { fileName, fileSize, ...result } = entry;
    expect(file).to.deep.equal({ fileName, fileSize, result });
  });

  const hostile: Record<string, unknown> = {
    nothing: null,
    'a file': new File([], 'x'),
    'no JSON': '[{',
    'a number': '5',
    'no list': JSON.stringify({ 0: entry, length: 1 }),
    'holes in a list': '[null, 1, "x", []]',
    'no key': JSON.stringify([{ ...entry, key: undefined }]),
    'a key that is no text': JSON.stringify([{ ...entry, key: ['film'] }]),
    'a size below nothing': JSON.stringify([{ ...entry, fileSize: -1 }]),
    'a size that is no number': JSON.stringify([{ ...entry, fileSize: '5' }]),
    'no word on whether it was verified': JSON.stringify([{ ...entry, verified: 'true' }]),
  };
  for (const [what, state] of Object.entries(hostile)) {
    it(`is left where it is ${what}`, () => {
      expect(restore(state)).to.be.empty;
    });
  }
});
