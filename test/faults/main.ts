// `npm run test:faults`: runs fault schedules and browser kills, and prints statistics. Exits with 1 on any violation.
//   --runs N          fault schedules per browser (1000)
//   --kills N         kills per browser (50)
//   --browser B       chromium, firefox or webkit (no kills); by default chromium and firefox, or the variable BROWSER
//   --seed N          the first seed; without --runs, runs only this schedule and prints its requests
//   --kind K          only schedules with this kind of situation, such as gateway; see draw-conditions.ts
//   --concurrency N   schedules to run at a time (4)
import { writeFile } from 'node:fs/promises';
import { inspect, parseArgs } from 'node:util';
import { browserVersion, findBrowser, missingBrowser, type BrowserName } from '../support/browsers.js';
import { countsFile, type TestCounts } from '../support/runner/test-counts.js';
import { kinds, kindsOf, type Kind } from './draw-conditions.js';
import { runKills } from './kills.js';
import type { RunRecord } from './schedule-runner.js';
import { makeSchedule } from './make-schedule.js';
import { runSchedules } from './schedules.js';
import { bundleScripts, type Scripts } from './scripts.js';
import { launchTabs, Tabs } from './tabs.js';
import { reportSchedule } from './report.js';
import { Statistics, toTable } from './statistics.js';
import { launchWebKitTabs, missingWebKit, webKitVersion } from './webkit.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    kills: { type: 'string' },
    browser: { type: 'string', default: process.env['BROWSER'] },
    seed: { type: 'string' },
    kind: { type: 'string' },
    concurrency: { type: 'string', default: '4' },
  },
});
const isSingle = values.seed !== undefined && values.runs === undefined;
const firstSeed = readCount('seed', values.seed ?? '1');
const runs = readCount('runs', values.runs ?? (isSingle ? '1' : '1000'));
const kills = readCount('kills', values.kills ?? (isSingle ? '0' : '50'));
const kind = readKind(values.kind);
const concurrency = Math.min(readCount('concurrency', values.concurrency), runs);

type Name = BrowserName | 'webkit';

/** Runs the suite and returns the exit code. */
async function main(): Promise<number> {
  const scripts = await bundleScripts('upload-page', 'kill-page', 'service-worker');
  const browsers: Statistics[] = [];
  for (const name of readBrowsers(values.browser)) {
    const statistics = await runIn(name, scripts);
    if (statistics) browsers.push(statistics);
  }

  console.log(`\n${toTable(browsers)}\n`);
  const counts: TestCounts = {
    passed: browsers.reduce((sum, { passed }) => sum + passed, 0),
    failed: browsers.reduce((sum, { failed }) => sum + failed, 0),
    skipped: 0,
  };
  const file = countsFile();
  if (file) await writeFile(file, JSON.stringify(counts));
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

async function runIn(name: Name, scripts: Scripts): Promise<Statistics | undefined> {
  const version = await findVersion(name);
  if (version === undefined) {
    console.error(name === 'webkit' ? missingWebKit : missingBrowser[name]);
    return undefined;
  }
  const statistics = new Statistics(version);
  const start = performance.now();
  for (const suite of [runAllSchedules, runAllKills]) {
    try {
      await suite(name, scripts, statistics);
    } catch (error) {
      statistics.suiteErrors += 1;
      console.log(`✖ ${String(error)}`);
    }
  }
  statistics.duration = performance.now() - start;
  return statistics;
}

async function findVersion(name: Name): Promise<string | undefined> {
  if (name === 'webkit') return webKitVersion();
  const command = await findBrowser(name);
  return command && browserVersion(command);
}

async function runAllSchedules(name: Name, scripts: Scripts, statistics: Statistics): Promise<void> {
  if (runs === 0) return;
  const tabs = new Tabs(() => (name === 'webkit' ? launchWebKitTabs() : launchTabs(name)));
  const reproduce = (seed: number) => `npm run test:faults -- --browser ${name} --seed ${seed}`;
  try {
    await runSchedules({
      ...{ tabs, scripts, seeds: selectSeeds(), concurrency },
      onEnd: (record) => {
        const report = reportSchedule(record);
        statistics.addSchedule(report);
        const { seed, violations } = report;
        const failed = violations.length > 0;
        if (failed) console.log(`✖ seed ${seed}: ${violations.join('; ')}\n    ${reproduce(seed)}`);
        // A failure may not reproduce, so print the requests right away.
        if (isSingle || failed) printRecord(record);
        const { scheduleCount } = statistics;
        if (!isSingle && scheduleCount % 100 === 0) console.log(`${scheduleCount} of ${runs} schedules`);
      },
    });
  } finally {
    await tabs.close();
  }
}

/** Returns the seeds of as many schedules as shall run, beginning with the first seed. */
function* selectSeeds(): Generator<number> {
  for (let seed = firstSeed, left = runs; left > 0; seed += 1) {
    if (kind && !kindsOf(makeSchedule(seed)).includes(kind)) continue;
    left -= 1;
    yield seed;
  }
}

async function runAllKills(name: Name, scripts: Scripts, statistics: Statistics): Promise<void> {
  // WebKit under WebDriver starts with an empty profile each time.
  if (kills === 0 || name === 'webkit') return;
  await runKills({
    ...{ name, scripts, seed: firstSeed, count: kills },
    onEnd: (report, index) => {
      statistics.addKill(report);
      const { violations } = report;
      if (violations.length > 0) console.log(`✖ kill ${index}: ${violations.join('; ')}`);
    },
  });
}

/** Prints the schedule, and its requests and page events in chronological order. */
function printRecord({ schedule, objects, visits, losses }: RunRecord): void {
  console.log(inspect(makeSchedule(schedule.seed), { depth: null }));
  const events = [
    ...objects
      .flatMap(({ requests }) => requests)
      .map((entry) => {
        const {
          sequence,
          operation,
          partNumber = '',
          uploadId = '',
          status = '',
          code = '',
          fault = '',
        } = entry;
        const duration = entry.endedAt === undefined ? 'pending' : `${entry.endedAt - entry.startedAt} ms`;
        const request = `${sequence} ${operation} ${partNumber} ${uploadId.slice(0, 6)}`;
        return {
          at: entry.startedAt,
          text: `${request} → ${status} ${code} ${fault} ${entry.disconnected ? 'broken' : ''} (${duration})`,
        };
      }),
    ...visits.flatMap(({ visit, startedAt, acknowledged, silentAt, outcomes }) => [
      ...startedAt.map((at) => ({ at, text: `visit ${visit}: upload started` })),
      ...acknowledged.map(({ number, at }) => ({ at, text: `visit ${visit}: part ${number} acknowledged` })),
      ...(silentAt === undefined ? [] : [{ at: silentAt, text: `visit ${visit}: storage fell silent` }]),
      ...(outcomes ? [{ at: Infinity, text: `visit ${visit}: ${inspect(outcomes)}` }] : []),
    ]),
    ...losses.map(({ partNumber, at }) => ({ at, text: `part ${partNumber} dropped by the server` })),
  ].sort((a, b) => a.at - b.at);
  const [first] = events;
  for (const { at, text } of events) console.log(`${String(at - (first?.at ?? 0)).padStart(6)} ms  ${text}`);
}

function readBrowsers(name: string | undefined): Name[] {
  switch (name) {
    case undefined:
      return ['chromium', 'firefox'];
    case 'chromium':
    case 'firefox':
    case 'webkit':
      return [name];
    default:
  }
  console.error(`Unknown browser: ${name}. Use chromium, firefox or webkit.`);
  process.exit(1);
}

function readKind(name: string | undefined): Kind | undefined {
  const known = kinds.find((candidate) => candidate === name);
  if (name === undefined || known) return known;
  console.error(`Unknown kind: ${name}. Use one of ${kinds.join(', ')}.`);
  process.exit(1);
}

function readCount(name: string, value: string): number {
  const count = Number(value);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  console.error(`--${name} must be a non-negative integer, but is ${value}.`);
  process.exit(1);
}

// On these signals Puppeteer only closes its browsers. Without an exit, the suite would start a new one.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

// Exit explicitly: a browser that failed to close must not keep the process alive.
process.exit(await main());
