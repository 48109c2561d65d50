// The conditions under which the contenders are compared.
import { noConditions, type LineConditions } from './line.js';

const MEGABIT = 1e6 / 8;
const MB = 1e6;

export interface Scale {
  /** Bytes to upload over loopback. */
  loopbackSize: number;
  /** Time that an upload occupies an emulated line for, in seconds. */
  lineSeconds: number;
  /** Number of small files. */
  fileCount: number;
}

export interface Situation {
  /** Selects it on the command line. */
  name: string;
  title: string;
  /** Without it, browser and servers are connected directly. */
  line?: LineConditions;
  /** The files of one run: their size in bytes, and their number. */
  files(scale: Scale): { size: number; count: number };
  /** How often each contender runs by default. */
  rounds: number;
  /** Contenders that it tells nothing new about. */
  without?: readonly string[];
  /** Pauses each upload at this share of its bytes, and resumes it. Measures nothing else. */
  pauseAt?: number;
  /** Whether the rate is counted in files. */
  isOfManyFiles?: boolean;
  /** Whether it is part of a quick run. */
  isQuick?: boolean;
}

const SMALL_FILE = 10_000;
/** Slow lines need more time, because their files would be too small for several parts. */
const MIN_LINE_SIZE = 4 * MB;
/** Variants of other contenders that differ from them only where the network is not the limit. */
const LOOPBACK_VARIANTS = ['no-verify', 'ali-oss-8'];
const VARIANTS = [...LOOPBACK_VARIANTS, 'again'];

const conditions = (roundTrip: number, megabits: number): LineConditions => ({
  roundTrip,
  bytesPerSecond: megabits * MEGABIT,
});

const line = (roundTrip: number, megabits: number): Situation => ({
  name: `line-${roundTrip}-${megabits}`,
  title: `${roundTrip} ms, ${megabits} Mbit/s`,
  line: conditions(roundTrip, megabits),
  files: ({ lineSeconds }) => ({
    size: Math.round(Math.max(MIN_LINE_SIZE, lineSeconds * megabits * MEGABIT)),
    count: 1,
  }),
  rounds: 2,
  without: LOOPBACK_VARIANTS,
});

const loopbackFile: Situation['files'] = ({ loopbackSize }) => ({ size: loopbackSize, count: 1 });

const smallFiles: Pick<Situation, 'files' | 'rounds' | 'without' | 'isOfManyFiles'> = {
  files: ({ fileCount }) => ({ size: SMALL_FILE, count: fileCount }),
  rounds: 2,
  without: VARIANTS,
  isOfManyFiles: true,
};

const lineFile: Situation['files'] = ({ lineSeconds }) => ({
  size: Math.round(lineSeconds * 100 * MEGABIT),
  count: 1,
});

export const situations: readonly Situation[] = [
  {
    name: 'loopback',
    title: 'Loopback',
    files: loopbackFile,
    rounds: 3,
    isQuick: true,
  },
  { ...line(20, 100), isQuick: true },
  line(150, 20),
  line(300, 5),
  line(150, 300),
  line(20, 600),
  {
    name: 'dying',
    title: '20 ms, 100 Mbit/s, 1 % of connections die',
    line: { ...conditions(20, 100), deathRate: 0.01 },
    files: lineFile,
    rounds: 2,
    without: VARIANTS,
    isQuick: true,
  },
  {
    name: 'many',
    title: 'Small files, loopback',
    ...smallFiles,
    isQuick: true,
  },
  {
    name: 'many-line',
    title: 'Small files, 20 ms, 100 Mbit/s',
    line: conditions(20, 100),
    ...smallFiles,
  },
  {
    name: 'pause',
    title: 'Pause and resume, loopback',
    // Through the proxy, which knows when the last byte arrives. In front of a slow line, the operating system would
    // buffer more than it does in reality.
    line: noConditions,
    files: loopbackFile,
    // What is in flight at the moment of the pause differs.
    rounds: 7,
    without: ['xhr', ...VARIANTS],
    pauseAt: 0.4,
    isQuick: true,
  },
];
