// Which parts were sent in vain, by the server's log and by what the page had heard. Pure.
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';

/** A part of which the page has heard that it arrived; `at` in milliseconds since 1970. */
export interface HeardPart {
  number: number;
  at: number;
}

/** Requests that sent a part again although the page knew, from its answer or from a later list, that it had arrived. */
export function findRepeatedParts(
  requests: readonly RequestEntry[],
  heard: readonly HeardPart[],
): RequestEntry[] {
  const parts = requests.filter(({ operation }) => operation === 'UploadPart');
  const lists = requests.filter(({ operation }) => operation === 'ListParts');
  return parts.filter(({ partNumber, startedAt }) => {
    const heardBefore = heard.some(({ number, at }) => number === partNumber && at < startedAt);
    const listedBefore = parts.some(
      (other) =>
        other.partNumber === partNumber &&
        other.status === 200 &&
        lists.some((list) => list.startedAt >= (other.endedAt ?? Infinity) && list.startedAt < startedAt),
    );
    return heardBefore || listedBefore;
  });
}
