// Properties that hold for whatever chance makes up. The chance is the same in every run and browser; what breaks a
// property is made as small as can be, and told with the seed and the path that lead to it.
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20260131, numRuns: 300 });

/** What has no business where something else is expected. */
export const anything = (): fc.Arbitrary<unknown> =>
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  });

/** A record some of whose fields were replaced or taken away. */
export function damaged(record: object): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(record).map(([name, value]): [string, fc.Arbitrary<unknown>] => [
    name,
    fc.oneof({ weight: 3, arbitrary: fc.constant(value as unknown) }, anything(), fc.constant(undefined)),
  ]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

export { fc };
