// `npm run test:faults`: shows that nothing is lost, and prints the figures. Exits with 1 where anything was.
//   --runs N      schedules a browser (1000)      --kills N   kills a browser (50)
//   --browser B   chromium or firefox, both by default, or webkit, without kills; the variable BROWSER is heeded
//   --seed N      the first seed; alone it carries out that one schedule and shows what was asked
//   --lanes N     schedules at a time (4)
import { writeFile } from 'node:fs/promises';
import { inspect, parseArgs } from 'node:util';
import { browserVersion, findBrowser, missingBrowser, type BrowserName } from '../support/browsers.js';
import { tallyFile, type Tally } from '../support/runner/tally.js';
import { Figures, toTable } from './figures.js';
import { runKills } from './kills.js';
import type { Account } from './schedule-runner.js';
import { makeSchedule } from './schedule.js';
import { runSchedules } from './schedules.js';
import { bundleScripts, type Scripts } from './scripts.js';
import { launchTabs, Tabs } from './tabs.js';
import { judgeSchedule } from './report.js';
import { launchWebKitTabs, missingWebKit, webKitVersion } from './webkit.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    kills: { type: 'string' },
    browser: { type: 'string', default: process.env['BROWSER'] },
    seed: { type: 'string' },
    lanes: { type: 'string', default: '4' },
  },
});
const isSingle = values.seed !== undefined && values.runs === undefined;
const firstSeed = readCount('seed', values.seed ?? '1');
const runs = readCount('runs', values.runs ?? (isSingle ? '1' : '1000'));
const kills = readCount('kills', values.kills ?? (isSingle ? '0' : '50'));
const lanes = Math.min(readCount('lanes', values.lanes), runs);

type Name = BrowserName | 'webkit';

/** @returns the exit code */
async function main(): Promise<number> {
  const scripts = await bundleScripts('upload-page', 'kill-page');
  const figures: Figures[] = [];
  for (const name of readBrowsers(values.browser)) {
    const column = await runIn(name, scripts);
    if (column) figures.push(column);
  }

  console.log(`\n${toTable(figures)}\n`);
  const tally: Tally = {
    passed: figures.reduce((sum, { passed }) => sum + passed, 0),
    failed: figures.reduce((sum, { failed }) => sum + failed, 0),
    skipped: 0,
  };
  const file = tallyFile();
  if (file) await writeFile(file, JSON.stringify(tally));
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}

async function runIn(name: Name, scripts: Scripts): Promise<Figures | undefined> {
  const version = await findVersion(name);
  if (version === undefined) {
    console.error(name === 'webkit' ? missingWebKit : missingBrowser[name]);
    return undefined;
  }
  const column = new Figures(version);
  const start = performance.now();
  for (const work of [carryOutSchedules, carryOutKills]) {
    try {
      await work(name, scripts, column);
    } catch (error) {
      column.breakdowns += 1;
      console.log(`✖ ${String(error)}`);
    }
  }
  column.time = performance.now() - start;
  return column;
}

async function findVersion(name: Name): Promise<string | undefined> {
  if (name === 'webkit') return webKitVersion();
  const command = await findBrowser(name);
  return command && browserVersion(command);
}

async function carryOutSchedules(name: Name, scripts: Scripts, column: Figures): Promise<void> {
  if (runs === 0) return;
  const tabs = new Tabs(() => (name === 'webkit' ? launchWebKitTabs() : launchTabs(name)));
  const reproduce = (seed: number) => `npm run test:faults -- --browser ${name} --seed ${seed}`;
  try {
    const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
    await runSchedules({
      ...{ tabs, scripts, seeds, lanes },
      onEnd: (account) => {
        const verdict = judgeSchedule(account);
        column.add(verdict);
        const { seed, wrongs } = verdict;
        if (wrongs.length > 0) console.log(`✖ seed ${seed}: ${wrongs.join('; ')}\n    ${reproduce(seed)}`);
        // What goes wrong once in a while may not do so again.
        if (isSingle || wrongs.length > 0) show(account);
        if (!isSingle && column.count % 100 === 0) console.log(`${column.count} of ${runs} schedules`);
      },
    });
  } finally {
    await tabs.close();
  }
}

async function carryOutKills(name: Name, scripts: Scripts, column: Figures): Promise<void> {
  // A WebKit that is driven forgets everything when it ends.
  if (kills === 0 || name === 'webkit') return;
  await runKills({
    ...{ name, scripts, seed: firstSeed, count: kills },
    onEnd: (verdict, index) => {
      column.addKill(verdict);
      if (verdict.wrongs.length > 0) console.log(`✖ kill ${index}: ${verdict.wrongs.join('; ')}`);
    },
  });
}

function show({ schedule, requests, visits, losses }: Account): void {
  console.log(inspect(makeSchedule(schedule.seed), { depth: null }));
  const events = [
    ...requests.map((entry) => {
      const {
        sequence,
        operation,
        partNumber = '',
        uploadId = '',
        status = '',
        code = '',
        fault = '',
      } = entry;
      const end = entry.endedAt === undefined ? 'open' : `${entry.endedAt - entry.startedAt} ms`;
      const what = `${sequence} ${operation} ${partNumber} ${uploadId.slice(0, 6)}`;
      return {
        at: entry.startedAt,
        text: `${what} → ${status} ${code} ${fault} ${entry.disconnected ? 'disconnected' : ''} (${end})`,
      };
    }),
    ...visits.flatMap(({ visit, beganAt, heard, outcome }) => [
      ...beganAt.map((at) => ({ at, text: `page ${visit}: begins` })),
      ...heard.map(({ number, at }) => ({ at, text: `page ${visit}: part ${number} has arrived` })),
      ...(outcome ? [{ at: Infinity, text: `page ${visit}: ${inspect(outcome)}` }] : []),
    ]),
    ...losses.map(({ partNumber, at }) => ({ at, text: `part ${partNumber} is lost` })),
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
  console.error(`There is no browser called ${name}; there are chromium, firefox and webkit.`);
  process.exit(1);
}

function readCount(name: string, value: string): number {
  const count = Number(value);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  console.error(`--${name} must be a whole number, and is ${value}.`);
  process.exit(1);
}

// Puppeteer ends its browsers then, and no more: a new one would be started, and outlive this process.
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

// A browser that did not end as it was asked must not keep this process.
process.exit(await main());
