/**
 * Chooses the size of parts and how many are in flight, by what earlier parts have shown about the network between the
 * browser and an endpoint. Pure.
 */

import { isRecord } from '../guards.js';

/** What is known about the network to an endpoint. */
export interface Line {
  /** Bytes per second of one connection, while the others were in use. */
  rate: number;
  /** Acknowledged bytes per second of all connections together. */
  throughput: number;
  /** Milliseconds. */
  roundTrip: number;
}

/** Parts in flight at most. Browsers open as many HTTP/1.1 connections to a host. */
export const MAX_CONNECTIONS = 6;
/** Parts in flight while nothing is known. */
const FIRST_CONNECTIONS = 2;
/** A second part is in flight if the first one leaves the network idle for more than this share of its time. */
const MAX_IDLE_SHARE = 0.05;
/** What is in flight is acknowledged within this time, so that a crash loses little. In seconds. */
const MAX_TIME_IN_FLIGHT = 5;

/** How long one part takes, in seconds. */
const MIN_PART_TIME = 1;
const MAX_PART_TIME = 4;

const MiB = 2 ** 20;
/** Part size while nothing is known, in bytes. */
export const FIRST_PART_SIZE = 4 * MiB;
/** Below this size, the number of requests becomes noticeable. In bytes. */
const MIN_PART_SIZE = MiB / 2;
const MAX_PART_SIZE = 64 * MiB;
/** Part sizes are multiples of this, in bytes. */
const STEP = MiB / 16;

/** Times outside of this range are absurd, in milliseconds. */
const MAX_ROUND_TRIP = 60_000;
/** Rates outside of this range are absurd, in bytes per second. */
const MIN_RATE = 100;
const MAX_RATE = 1e11;
/** Milliseconds after which what is known is outdated. */
const MAX_AGE = 30 * 24 * 3_600_000;

/**
 * Returns the preferred part size for a file. A part that is as large as the file stands for a single request.
 *
 * Each part costs its connection two round trips: for the preflight and for the response. At the end of a file, a
 * connection without a part is idle, on average for half the time of a part. The part size keeps the sum of both small.
 *
 * @param fileSize bytes
 * @returns bytes
 */
export function autoPartSize(fileSize: number, line: Line | undefined): number {
  if (!line) return FIRST_PART_SIZE;
  const { rate, throughput, roundTrip } = line;
  const fileTime = fileSize / (MAX_CONNECTIONS * rate);
  const partTime = clamp(Math.sqrt((4 * roundTrip * fileTime) / 1_000), MIN_PART_TIME, MAX_PART_TIME);
  // At least two parts can be in flight.
  const longest = (throughput * MAX_TIME_IN_FLIGHT) / 2;
  const size = clampSize(Math.min(rate * partTime, longest));
  if (fileSize <= Math.max(size, Math.min(longest, FIRST_PART_SIZE))) return Math.max(size, fileSize);
  // All connections get the same number of parts.
  const rounds = Math.ceil(fileSize / (MAX_CONNECTIONS * size));
  return clampSize(Math.ceil(fileSize / (MAX_CONNECTIONS * rounds) / STEP) * STEP);
}

/**
 * Whether one more part may be in flight.
 *
 * @param size of the part in bytes
 * @param inFlight number and bytes of the parts in flight
 */
export function mayStart(
  size: number,
  inFlight: { parts: number; bytes: number },
  line: Line | undefined,
): boolean {
  const { parts, bytes } = inFlight;
  if (parts === 0) return true;
  if (!line) return parts < FIRST_CONNECTIONS;
  const { throughput, roundTrip } = line;
  if (parts === 1 && 2 * roundTrip * throughput > MAX_IDLE_SHARE * size * 1_000) return true;
  return parts < MAX_CONNECTIONS && bytes + size <= MAX_TIME_IN_FLIGHT * throughput;
}

/**
 * Returns the least time between the starts of two parts, in milliseconds. Parts that start together also end together,
 * and then all connections are idle at the same time.
 *
 * @param size of the next part in bytes
 */
export function startInterval(size: number, { throughput, roundTrip }: Line): number {
  // On average, a part starts each time that a part is acknowledged.
  const average = (size * 1_000) / throughput;
  // A connection is idle for two round trips: for the response, and for the next preflight.
  return Math.min(2 * roundTrip, average / 2);
}

/** Returns how long a part takes with its round trips, in milliseconds. @param size bytes */
export function expectedTime(size: number, { rate, roundTrip }: Line): number {
  return (size * 1_000) / rate + 2 * roundTrip;
}

/** Validates what was saved. Returns `undefined` if it is for another endpoint, outdated, damaged or absurd. */
export function parseLine(value: unknown, endpoint: string, now: number): Line | undefined {
  if (!isRecord(value) || value['version'] !== 1 || value['endpoint'] !== endpoint) return undefined;
  const { rate, throughput, roundTrip, savedAt } = value;
  if (!isBetween(savedAt, now - MAX_AGE, now) || !isBetween(roundTrip, 0, MAX_ROUND_TRIP)) return undefined;
  if (!isBetween(rate, MIN_RATE, MAX_RATE) || !isBetween(throughput, MIN_RATE, MAX_RATE)) return undefined;
  return { rate, throughput, roundTrip };
}

function isBetween(value: unknown, minimum: number, maximum: number): value is number {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

function clampSize(size: number): number {
  return clamp(Math.floor(size / STEP) * STEP, MIN_PART_SIZE, MAX_PART_SIZE);
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}
