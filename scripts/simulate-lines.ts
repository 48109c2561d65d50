// Simulates uploads over networks with different bandwidths and round trips, and prints a Markdown table: the share of the
// bandwidth that each setting uses, its part size, the parts in flight (at most, and on average), and how long the network needs
// for what is in flight at most.
// `npx tsx scripts/simulate-lines.ts [SCALE]` multiplies the sizes of the files.
import { autoPartSize, MAX_CONNECTIONS, type Line } from '../src/core/transfer/line.js';
import { PartLimiter } from '../src/core/transfer/part-limiter.js';
import { planParts } from '../src/core/transfer/part-plan.js';
import { CONNECTIONS, Network, type Conditions } from './simulate-lines/network.js';

const MIB = 2 ** 20;
/** Bytes per second. */
const MBIT = 125_000;
/** Part sizes of the fixed settings, in MiB. */
const PART_SIZES = [1, 2, 4, 8, 16, 32, 64];

interface Scenario extends Conditions {
  name: string;
  /** Bytes. */
  fileSize: number;
}

interface Result {
  /** Bytes. */
  partSize: number;
  /** Parts in flight at most. */
  parallel: number;
  /** Parts in flight on average. */
  meanParallel: number;
  /** Share of the bandwidth that the upload uses. */
  efficiency: number;
  /** How long the network needs for what is in flight at most, in seconds. */
  timeInFlight: number;
  /** What the upload has measured. */
  line?: Line | undefined;
}

/** How parts are sent, one after the other by each worker. */
type SendPart = (network: Network, size: number) => Promise<void>;

const scale = Number(process.argv[2] ?? 1);
const scenarios: Scenario[] = [
  makeScenario(20, 100, 512),
  makeScenario(150, 20, 128),
  makeScenario(300, 5, 64),
  makeScenario(150, 300, 1_024),
  makeScenario(20, 600, 1_024),
  makeScenario(150, 300, 1_024, { limit: 60 }),
  makeScenario(100, 1, 20),
  makeScenario(100, 1, 200),
  makeScenario(100, 1, 200, { variation: 0.5 }),
  makeScenario(100, 50, 256, { limit: 4 }),
  makeScenario(150, 50, 256, { limit: 3 }),
  makeScenario(100, 50, 1_024, { limit: 4, variation: 0.5 }),
  makeScenario(100, 10, 256, { limit: 4 }),
];

console.log('| network | best fixed | 4 MiB × 5 | first upload | second | third |');
console.log('|---|---|---|---|---|---|');
for (const scenario of scenarios) {
  const fixed: Result[] = [];
  for (const partSize of PART_SIZES) fixed.push(await sendFixed(scenario, partSize * MIB, MAX_CONNECTIONS));
  const best = fixed.reduce((a, b) => (b.efficiency > a.efficiency ? b : a));
  const results = [best, await upload(scenario, 4 * MIB, 5)];
  let line: Line | undefined;
  for (let visit = 1; visit <= 3; visit++) {
    const result = await uploadAuto(scenario, line);
    line = result.line;
    results.push(result);
  }
  const cells = results.map((result) => describe(result, best));
  console.log(`| ${[scenario.name, ...cells].join(' | ')} |`);
}

/** @param options `limit`: Mbit/s of one connection. `variation`: the share by which the network varies */
function makeScenario(
  roundTrip: number,
  mbits: number,
  mebibytes: number,
  { limit = Infinity, variation = 0 } = {},
): Scenario {
  const perConnection = limit < Infinity ? `, ${limit} a connection` : '';
  const varying = variation ? ` ± ${100 * variation} %` : '';
  return {
    name: `${roundTrip} ms, ${mbits} Mbit/s${perConnection}${varying}, ${mebibytes * scale} MiB`,
    roundTrip,
    bandwidth: mbits * MBIT,
    connectionLimit: limit * MBIT,
    variation,
    fileSize: mebibytes * MIB * scale,
  };
}

/** Sends parts of a fixed size, without any other request. */
function sendFixed(scenario: Scenario, partSize: number, parallel: number): Promise<Result> {
  return simulate(scenario, partSize, parallel, sendBody, false);
}

/** Uploads a file with fixed settings. */
function upload(scenario: Scenario, partSize: number, parallel: number): Promise<Result> {
  return simulate(scenario, partSize, parallel, sendBody, true);
}

/** Uploads a file with `auto`. @param remembered what the previous visit has measured */
async function uploadAuto(scenario: Scenario, remembered: Line | undefined): Promise<Result> {
  let limiter: PartLimiter | undefined;
  const { signal } = new AbortController();
  const send: SendPart = async (network, size) => {
    if (!limiter) {
      limiter = new PartLimiter(network);
      if (remembered) limiter.remember(remembered);
    }
    const slot = await limiter.acquire(size, 'auto', signal);
    await network.request(size, (bytes) => slot.sending(bytes));
    slot.acknowledged();
    slot.release();
  };
  const partSize = autoPartSize(scenario.fileSize, remembered);
  const result = await simulate(scenario, partSize, MAX_CONNECTIONS, send, true);
  return { ...result, line: limiter?.line };
}

function sendBody(network: Network, size: number): Promise<void> {
  return network.request(size);
}

/** @param isWhole whether credentials are requested, and the upload is initiated and completed */
async function simulate(
  { fileSize, ...conditions }: Scenario,
  partSize: number,
  parallel: number,
  send: SendPart,
  isWhole: boolean,
): Promise<Result> {
  const network = new Network(conditions);
  const queue = planParts(fileSize, partSize).values();
  const worker = async () => {
    for (const { start, end } of queue) await send(network, end - start);
  };
  const time = await network.run(async () => {
    if (isWhole) await network.sleep(conditions.roundTrip);
    if (isWhole) await network.request(0);
    await Promise.all(Array.from({ length: parallel }, worker));
    if (isWhole) await network.request(0);
  });
  /** Bytes per second that so many connections can send. */
  const bandwidthOf = (connections: number): number =>
    Math.min(conditions.bandwidth, connections * conditions.connectionLimit);
  return {
    partSize,
    parallel: network.mostRequests,
    meanParallel: network.requestTime / time,
    efficiency: (fileSize * 1_000) / bandwidthOf(CONNECTIONS) / time,
    timeInFlight: network.mostBytes / bandwidthOf(network.mostRequests),
  };
}

function describe(result: Result, best: Result): string {
  const { partSize, parallel, meanParallel, efficiency, timeInFlight } = result;
  const ofBest = `${percent(efficiency / best.efficiency)} of best`;
  const size = Number((partSize / MIB).toFixed(2));
  return `${percent(efficiency)}, ${ofBest}; ${size} MiB × ${parallel} (${meanParallel.toFixed(1)}); ${timeInFlight.toFixed(1)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
