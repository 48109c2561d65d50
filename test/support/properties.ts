// fast-check with a fixed seed, so that property-based tests are the same in every run and browser. A failure is reported
// as the smallest counterexample, with the seed and path to reproduce it.
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20260131, numRuns: 300 });

/** Generates arbitrary values, for code that must handle unexpected input. */
export const anything = (): fc.Arbitrary<unknown> =>
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  });

/** Generates copies of a record with some fields replaced or removed. */
export function damaged(record: object): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(record).map(([name, value]): [string, fc.Arbitrary<unknown>] => [
    name,
    fc.oneof({ weight: 3, arbitrary: fc.constant(value as unknown) }, anything(), fc.constant(undefined)),
  ]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

export { fc };
