import { expect } from '@open-wc/testing';
import { fromFormState } from '../../src/controllers/form-state.js';

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
  fromFormState(state, 'examplebucket').map(({ result }) => result.key);

describe('restored form state', () => {
  it('is accepted when it is valid', () => {
    expect(restore(JSON.stringify([entry, { ...entry, key: 'other' }]))).to.deep.equal(['film', 'other']);
  });

  it('is ignored when it is from another bucket', () => {
    expect(restore(JSON.stringify([{ ...entry, bucket: 'other' }]))).to.be.empty;
  });

  it('drops unknown fields and invalid values', () => {
    const [file] = fromFormState(
      JSON.stringify([{ ...entry, callback: 'x', unverifiedReason: '<b>' }]),
      'examplebucket',
    );
    const { fileName, fileSize, ...result } = entry;
    expect(file).to.deep.equal({ fileName, fileSize, result });
  });

  const invalidStates: Record<string, unknown> = {
    null: null,
    'a file': new File([], 'x'),
    'invalid JSON': '[{',
    'a number': '5',
    'not a list': JSON.stringify({ 0: entry, length: 1 }),
    'a list of other values': '[null, 1, "x", []]',
    'without a key': JSON.stringify([{ ...entry, key: undefined }]),
    'with a key that is not a string': JSON.stringify([{ ...entry, key: ['film'] }]),
    'with a negative size': JSON.stringify([{ ...entry, fileSize: -1 }]),
    'with a size that is not a number': JSON.stringify([{ ...entry, fileSize: '5' }]),
    'with an invalid verified flag': JSON.stringify([{ ...entry, verified: 'true' }]),
  };
  for (const [description, state] of Object.entries(invalidStates)) {
    it(`is ignored when it is ${description}`, () => {
      expect(restore(state)).to.be.empty;
    });
  }
});
