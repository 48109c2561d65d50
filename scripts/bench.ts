// Compares this element with other upload clients in real browsers: over loopback, over emulated lines, with dying
// connections, with many small files, and with a pause. Prints tables.
//   npm run bench                               everything; takes about 45 minutes on a quiet machine
//   npm run bench -- --quick                    a small run that shows that everything works
//   npm run bench -- --situations loopback --contenders xhr,element --browsers chromium --rounds 5
//   npm run bench -- --write                    also updates docs/benchmarks.md, its charts and README.md
// Needs `npm run build`, and the npm registry: the other clients are installed into .cache/bench.
import { access, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'puppeteer-core';
import { parseByteSize } from '../src/core/byte-size.js';
import { launchBrowser, type BrowserName } from '../test/support/browsers.js';
import { seededRandom } from '../test/support/seeded-random.js';
import { BenchRunner, type Run } from './bench/bench-runner.js';
import { contenders, isReasonable } from './bench/contenders.js';
import { FilePool } from './bench/file-pool.js';
import { probeLine } from './bench/line-probe.js';
import { describeMachine } from './bench/machine.js';
import { toTextReport, type Results } from './bench/report.js';
import type { Measurement, Values } from './bench/results.js';
import { situations, type Scale, type Situation } from './bench/situations.js';
import { shuffle } from './bench/statistics.js';
import { formatRate, isRated, unitOf } from './bench/tables.js';
import { writeDocuments } from './bench/write-documents.js';
import { Workspace } from './foreign-clients/workspace.js';

const CACHE = fileURLToPath(new URL('../.cache/bench', import.meta.url));
const ELEMENT = fileURLToPath(new URL('../dist/oss-resumable-upload.js', import.meta.url));
const BROWSERS: readonly BrowserName[] = ['chromium', 'firefox'];
/** How long each line is checked for before it is used, in milliseconds. */
const PROBE_DURATION = 1_500;

const { values: options } = parseArgs({
  options: {
    /** Few situations, one round and small files. The numbers say little. */
    quick: { type: 'boolean', default: false },
    /** Names, separated by commas. */
    situations: { type: 'string' },
    contenders: { type: 'string' },
    browsers: { type: 'string' },
    /** By default, each situation has its own number. */
    rounds: { type: 'string' },
    /** Size of the file over loopback, such as `1GiB`. */
    size: { type: 'string' },
    /** How long a file occupies an emulated line, in seconds. */
    seconds: { type: 'string' },
    /** Number of small files. */
    files: { type: 'string' },
    /** For the order of the contenders, and for which connections die. */
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});

const isPartial = options.quick || [options.situations, options.contenders, options.browsers].some(Boolean);
if (options.write && isPartial) throw new Error('--write needs all situations, contenders and browsers.');
const shownSituations = select(situations, options.situations).filter(
  ({ isQuick }) => !options.quick || isQuick === true || options.situations !== undefined,
);
const shownContenders = select(contenders, options.contenders);
const browserNames = select(
  BROWSERS.map((name) => ({ name })),
  options.browsers,
).map(({ name }) => name);
const scale: Scale = {
  loopbackSize: parseSize(options.size ?? (options.quick ? '32MiB' : '256MiB')),
  lineSeconds: Number(options.seconds ?? (options.quick ? 1 : 3)),
  fileCount: Number(options.files ?? (options.quick ? 50 : 1_000)),
};
const seed = Number(options.seed);
const random = seededRandom(seed);

await access(ELEMENT).catch(() => {
  throw new Error('The element is not built. Run `npm run build`.');
});
await mkdir(CACHE, { recursive: true });
const workspace = new Workspace(CACHE, new AbortController().signal);
const packages = await workspace.installPackages(contenders.flatMap((contender) => contender.packages ?? []));
const runner = await BenchRunner.start(packages);
const files = await FilePool.create();
const measurements: Measurement[] = [];
const versions: string[] = [];
try {
  const lines = await checkLines();
  for (const browserName of browserNames) {
    const browser = await launchBrowser(browserName, { protocolTimeout: 0 });
    try {
      versions.push(await browser.version());
      for (const situation of shownSituations) await measureAll(browser, browserName, situation);
    } finally {
      await browser.close();
    }
  }
  const results: Results = {
    measurements,
    browsers: browserNames,
    situations: shownSituations,
    conditions: [...(await describeMachine(versions)), describeSizes(), ...lines],
  };
  console.log(toTextReport(results));
  if (options.write) await writeDocuments(results);
} finally {
  await runner.close();
  await files.remove();
}

/** Measures what each emulated line does, and describes it. */
async function checkLines(): Promise<string[]> {
  const descriptions: string[] = [];
  for (const { name, title, line } of shownSituations) {
    if (!line || !name.startsWith('line-')) continue;
    runner.line.conditions = line;
    const { roundTrip, bytesPerSecond } = await probeLine(runner.line, PROBE_DURATION);
    const megabits = (bytesPerSecond * 8) / 1e6;
    descriptions.push(
      `Emulated line “${title}”: measured ${roundTrip.toFixed(0)} ms, ${megabits.toPrecision(3)} Mbit/s.`,
    );
    console.error(descriptions.at(-1));
  }
  return descriptions;
}

function describe({ rate, bytesResent }: Values, situation: Situation): string {
  const resent = isRated(situation) ? '' : `, ${formatRate(bytesResent / 1e6)} MB sent again`;
  return `${formatRate(rate)} ${unitOf(situation)}${resent}`;
}

/** Runs all contenders in each round, in another order each time. */
async function measureAll(browser: Browser, browserName: BrowserName, situation: Situation): Promise<void> {
  const { size, count } = situation.files(scale);
  const active = shownContenders.filter(
    (contender) => !situation.without?.includes(contender.name) && isReasonable(contender, size),
  );
  const rounds = Number(options.rounds ?? (options.quick ? 1 : situation.rounds));
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of shuffle(active, random)) {
      const testFiles = await files.get(Math.min(size, contender.maxSize ?? Infinity), count);
      const run: Run = { browser, browserName, situation, contender, files: testFiles, seed: seed + round };
      const measurement = await measureOne(run);
      measurements.push(measurement);
      const outcome = measurement.error ?? describe(measurement.values!, situation);
      console.error(`${browserName}, ${situation.name}, ${contender.name}, round ${round}: ${outcome}`);
    }
  }
}

async function measureOne(run: Run): Promise<Measurement> {
  const { browserName, situation, contender } = run;
  const common = { browser: browserName, situation, contender };
  try {
    return { ...common, values: await runner.run(run) };
  } catch (error) {
    return { ...common, error: (error as Error).message };
  }
}

function describeSizes(): string {
  const small = contenders.flatMap(({ label, maxSize }) => (maxSize ? `${label} ≤ ${maxSize / 1e6} MB` : []));
  const sizes = shownSituations.map((situation) => {
    const { size, count } = situation.files(scale);
    return `${situation.title}: ${count > 1 ? `${count} × ` : ''}${size / 1e6} MB`;
  });
  return `Sizes: ${sizes.join('; ')}. Smaller, because they are slow: ${small.join(', ')}.`;
}

/** @throws RangeError for an unknown name */
function select<T extends { name: string }>(items: readonly T[], names: string | undefined): readonly T[] {
  if (names === undefined) return items;
  const wanted = names.split(',');
  const unknown = wanted.filter((name) => !items.some((item) => item.name === name));
  if (unknown.length > 0) {
    const known = [...new Set(items.map(({ name }) => name))].join(', ');
    throw new RangeError(`There is no ${unknown.join(', ')}. Known: ${known}.`);
  }
  return items.filter(({ name }) => wanted.includes(name));
}

function parseSize(text: string): number {
  const size = parseByteSize(text);
  if (size === undefined) throw new RangeError(`Invalid size: ${text}`);
  return size;
}
