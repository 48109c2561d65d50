// Finds parts that were uploaded more often than necessary, from the server's log and the page's events. Pure.
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';

/** A part that the page reported as complete; `at` in milliseconds since 1970. */
export interface CompletedPart {
  number: number;
  at: number;
}

/** Returns requests that sent a part again although the page knew, from its response or from ListParts, that it was stored. */
export function findRepeatedParts(
  requests: readonly RequestEntry[],
  completed: readonly CompletedPart[],
): RequestEntry[] {
  const parts = requests.filter(({ operation }) => operation === 'UploadPart');
  const lists = requests.filter(({ operation }) => operation === 'ListParts');
  return parts.filter(({ partNumber, startedAt }) => {
    const completedBefore = completed.some(({ number, at }) => number === partNumber && at < startedAt);
    const listedBefore = parts.some(
      (other) =>
        other.partNumber === partNumber &&
        other.status === 200 &&
        lists.some((list) => list.startedAt >= (other.endedAt ?? Infinity) && list.startedAt < startedAt),
    );
    return completedBefore || listedBefore;
  });
}
