// What was measured, and its summary by browser, situation and contender. Pure.
import type { BrowserName } from '../../test/support/browsers.js';
import { contenderNames, contenders, BASELINE, type Contender } from './contenders.js';
import type { Situation } from './situations.js';
import { spreadOf, type Spread } from './statistics.js';

/** One upload of one contender. Values that a browser doesn't report are `undefined`. */
export interface Measurement {
  browser: BrowserName;
  situation: Situation;
  contender: Contender;
  /** Why the upload failed. A failed upload has no other values. */
  error?: string;
  values?: Values;
}

export interface Values {
  /** In MB/s, or in files per second for many files. */
  rate: number;
  /** CPU time of the browser, in seconds per GB, or per 1,000 files. */
  cpu: number | undefined;
  /** In milliseconds; 0 if no task took longer than 50 ms. */
  longestTask: number;
  /** In bytes. */
  heap: number | undefined;
  requests: number;
  /** Bytes that the server received beyond the size of the files. */
  bytesResent: number;
  /** From Pause until the last byte reached the server, in milliseconds. */
  silence: number | undefined;
  /** Compressed bytes of the scripts that were loaded before the file was selected, and after. */
  bytesLoadedBefore: number;
  bytesLoadedAfter: number;
}

export interface Summary {
  contender: Contender;
  /** Number of uploads, and of those that failed. */
  runs: number;
  failures: number;
  /** Each value of all successful rounds. */
  spread(value: keyof Values): Spread | undefined;
  /** Median rate as a share of the baseline's in the same browser and situation. */
  ofBaseline: number | undefined;
}

/** Summarizes the contenders of one situation, in the order of {@link contenders}. */
export function summarize(
  measurements: readonly Measurement[],
  browser: BrowserName,
  situation: Situation,
): Summary[] {
  const all = measurements.filter((each) => each.browser === browser && each.situation === situation);
  const summaries = contenderNames.flatMap((name) => {
    const variants = contenders.filter((contender) => contender.name === name);
    const candidates = variants
      .map((variant) => summarizeRounds(all.filter(({ contender }) => contender === variant)))
      .filter((summary) => summary !== undefined);
    return candidates.sort((a, b) => rateOf(b) - rateOf(a)).slice(0, 1);
  });
  const baseline = summaries.find(({ contender }) => contender.name === BASELINE);
  return summaries.map((summary) => ({
    ...summary,
    ofBaseline: baseline && rateOf(baseline) > 0 ? rateOf(summary) / rateOf(baseline) : undefined,
  }));
}

/** Names a contender in one situation, with the part size if it has variants. In Markdown. */
export function contenderLabel({ name, label, partSize = 0 }: Contender, situation: Situation): string {
  const hasVariants = contenders.filter((other) => other.name === name).length > 1;
  if (name === 'ali-oss-1' && situation.isOfManyFiles) return 'ali-oss, loop of `put`';
  return hasVariants && !situation.isOfManyFiles ? `${label}, ${partSize / 1024 ** 2} MiB` : label;
}

function summarizeRounds(rounds: readonly Measurement[]): Summary | undefined {
  const [first] = rounds;
  if (!first) return undefined;
  const values = rounds.flatMap((round) => round.values ?? []);
  return {
    contender: first.contender,
    runs: rounds.length,
    failures: rounds.length - values.length,
    spread: (value) => spreadOf(values.map((each) => each[value])),
    ofBaseline: undefined,
  };
}

function rateOf(summary: Summary): number {
  return summary.spread('rate')?.median ?? 0;
}
