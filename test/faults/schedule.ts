// What goes wrong in one upload, drawn from a seed: the file, the faults, what the person does. Data alone; carried
// out by lane.ts (the server's side) and page/upload-page.ts (the page's side).
import type { Fault, FaultRule } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { UploadErrorCode } from '../../src/core/errors.js';
import { seededRandom } from '../support/seeded-random.js';

/** Bytes; the smallest part that OSS takes. */
export const PART = 100 * 1024;
const MAX_PARTS = 40;

/** How long the page waits for a byte to move, or for an answer, in milliseconds. */
export const PATIENCE = 1_200;

/** Once this many parts have arrived in a visit, once so much time has passed, or in this state of the upload. */
export type Moment = { parts: number } | { milliseconds: number } | { status: 'completing' };

/** What the person, or the world, does to the page. Durations in milliseconds. */
export type Deed =
  { do: 'pause'; duration: number } | { do: 'reload' } | { do: 'lose-network'; duration: number };

export type Step = Deed & { at: Moment };

/** Without the object it is meant for. */
export interface FaultOrder extends Omit<FaultRule, 'match'> {
  operation: Operation;
  partNumber?: number;
}

/** How the credentials endpoint fails. */
export type CredentialsFault = 'error' | 'throttled' | 'reset' | 'cut-off' | 'slow';

export type Right = 'ListParts' | 'AbortMultipartUpload';

/** Makes success impossible until it is mended. */
export type Cause =
  | { kind: 'order'; order: FaultOrder; code: UploadErrorCode }
  | { kind: 'credentials'; answer: CredentialsAnswer; code: UploadErrorCode }
  | { kind: 'cors'; hides: 'ETag' | 'everything'; code: UploadErrorCode }
  | { kind: 'object-exists'; code: 'object-exists' }
  | { kind: 'no-right'; code: 'access-denied' };

export type CredentialsAnswer =
  'refused' | 'login-page' | 'incomplete' | 'expired' | 'wrong-secret' | 'foreign';

export interface Schedule {
  seed: number;
  /** Bytes. */
  size: number;
  parallel: number;
  overwrite: boolean;
  orders: FaultOrder[];
  /** Parts that the server loses once it has acknowledged them. */
  losses: number[];
  /** Rights that the credentials lack. */
  denied: Right[];
  /** How far the device's clock is ahead of all others, in milliseconds. */
  skew: number;
  /** How long tokens live, in milliseconds; `undefined` for long enough. */
  tokenLife: number | undefined;
  /** Of the line, where it is slow. */
  bytesPerSecond: number;
  credentials: { skip: number; faults: CredentialsFault[] };
  /** What happens in each visit of the page; each but the last ends with a reload. */
  visits: Step[][];
  cause: Cause | undefined;
}

/** Failures in a row that an upload forgives by default; no request meets more of them than this. */
const FORGIVEN = 5;
/** The same for the credentials endpoint. */
const FORGIVEN_CREDENTIALS = 2;

export function makeSchedule(seed: number): Schedule {
  const chance = new Chance(seed);
  const size = drawSize(chance);
  const isHopeless = chance.happens(0.12);
  const schedule: Schedule = {
    seed,
    size,
    parallel: chance.between(1, 5),
    overwrite: chance.happens(0.3),
    orders: [],
    losses: [],
    denied: [],
    skew: chance.happens(0.12) ? chance.between(-300, 300) * 60_000 : 0,
    tokenLife: undefined,
    bytesPerSecond: 0,
    credentials: { skip: 0, faults: [] },
    visits: isHopeless ? [[]] : drawVisits(chance, size),
    cause: isHopeless ? drawCause(chance, size) : undefined,
  };
  if (schedule.cause?.kind === 'object-exists') schedule.overwrite = false;
  if (isHopeless) return schedule;
  if (chance.happens(0.12)) {
    // Listing alone is what a page can miss; without the right to abort, cancelling leaves fragments.
    schedule.denied.push('AbortMultipartUpload');
    if (chance.happens(0.7)) schedule.denied.push('ListParts');
  }
  if (chance.happens(0.05) && size > 10 * PART) {
    schedule.tokenLife = 1_500;
    schedule.bytesPerSecond = size / 3;
  }
  let budget = FORGIVEN;
  if (chance.happens(0.15)) {
    const faults = chance.many(chance.between(1, FORGIVEN_CREDENTIALS), () =>
      chance.pick<CredentialsFault>(['error', 'throttled', 'reset', 'cut-off', 'slow']),
    );
    schedule.credentials = { skip: schedule.tokenLife ? chance.between(0, 1) : 0, faults };
    budget -= faults.length;
  }
  drawOrders(chance, schedule, budget);
  return schedule;
}

/** How many parts a file of this size has. */
export const partsOf = (size: number): number => Math.max(1, Math.ceil(size / PART));

/** Whether it goes out in one request. */
export const isPut = (size: number): boolean => size <= PART;

function drawSize(chance: Chance): number {
  const parts = chance.happens(0.3) ? chance.between(1, MAX_PARTS) : chance.between(2, 14);
  return chance.pick([
    ...[0, 1, PART - 1, PART, PART + 1],
    ...[parts * PART, parts * PART - 1, (parts - 1) * PART + 1],
    ...chance.many(8, () => (parts - 1) * PART + chance.between(1, PART)),
  ]);
}

function drawVisits(chance: Chance, size: number): Step[][] {
  const count = partsOf(size);
  const moment = (): Moment => {
    if (chance.happens(0.1)) return { status: 'completing' };
    return isPut(size) || chance.happens(0.3)
      ? { milliseconds: chance.between(0, 150) }
      : { parts: chance.between(1, Math.max(1, count - 1)) };
  };
  const inside = (): Step[] => {
    const number = chance.happens(0.4) ? chance.between(1, 2) : 0;
    return chance.many(number, () => ({
      at: moment(),
      do: chance.pick(['pause', 'pause', 'lose-network'] as const),
      duration: chance.between(0, 120),
    }));
  };
  const reloads = chance.happens(0.35) ? chance.between(1, 3) : 0;
  return [...chance.many(reloads, (): Step[] => [...inside(), { at: moment(), do: 'reload' }]), inside()];
}

/** Faults of the way and of the server that an upload must survive. */
function drawOrders(chance: Chance, schedule: Schedule, budget: number): void {
  const { size, denied, visits } = schedule;
  const put = isPut(size);
  const perPart = new Map<number, number>();
  let common = 0;
  let lostTokens = 0;
  let vanished = 0;

  for (let left = chance.between(0, 6); left > 0; left -= 1) {
    const operation = chance.pick<Operation>(
      put
        ? ['PutObject', 'PutObject', 'HeadObject', 'Preflight']
        : [
            ...Array<Operation>(8).fill('UploadPart'),
            ...(['InitiateMultipartUpload', 'CompleteMultipartUpload', 'CompleteMultipartUpload'] as const),
            ...(['ListParts', 'ListParts', 'HeadObject', 'Preflight'] as const),
          ],
    );
    const fault = drawFault(chance, operation);
    const times = operation === 'Preflight' ? 1 : chance.between(1, 2);
    const partNumber = operation === 'UploadPart' ? chance.between(1, partsOf(size)) : undefined;
    // Who did not hear that an object was stored can't tell a damaged one from somebody else's, and must not replace it.
    if (fault.kind === 'corrupt' && put && !schedule.overwrite && visits.flat().length > 0) continue;
    const isToken = fault.kind === 'status' && fault.code === 'SecurityTokenExpired';
    // A token is renewed once for a request, and an upload begins anew three times at most.
    if (isToken && (lostTokens += 1) > 1) continue;
    if (fault.kind === 'abort-upload' && ((vanished += 1) > 2 || denied.length > 0)) continue;
    const met = isToken || fault.kind === 'abort-upload' ? 1 : times;
    const worst = Math.max(0, ...perPart.values());
    const ownWorst = partNumber === undefined ? worst : Math.max(worst, (perPart.get(partNumber) ?? 0) + met);
    const nextCommon = partNumber === undefined ? common + met : common;
    if (nextCommon + ownWorst > budget) continue;
    common = nextCommon;
    if (partNumber !== undefined) perPart.set(partNumber, (perPart.get(partNumber) ?? 0) + met);
    const skip = partNumber === undefined && chance.happens(0.3) ? 1 : 0;
    schedule.orders.push({ operation, partNumber, skip, times: met, fault });
  }
  // What is lost must be found missing: by a list, or by the Complete that names it.
  if (!put && denied.length === 0 && visits.length <= 3 && chance.happens(0.08)) {
    schedule.losses = chance.many(chance.between(1, 2), () => chance.between(1, partsOf(size)));
  }
}

function drawFault(chance: Chance, operation: Operation): Fault {
  const refusals: Fault[] = [
    { kind: 'status', status: 500, code: 'InternalError' },
    { kind: 'status', status: 502, code: 'BadGateway' },
    { kind: 'status', status: 503, code: 'ServiceUnavailable' },
    { kind: 'status', status: 503, code: 'UploadTrafficRateLimitExceeded', retryAfter: 3 },
    { kind: 'status', status: 429, code: 'TotalQpsLimitExceeded', retryAfter: 1 },
  ];
  const expired: Fault = { kind: 'status', status: 403, code: 'SecurityTokenExpired' };
  const brokenLines: Fault[] = [{ kind: 'reset', at: 'before-body' }, { kind: 'lost-response' }];
  const late: Fault = { kind: 'delayed-response', delay: chance.pick([20, 200, 2 * PATIENCE]) };
  const bodies: Fault[] = [
    { kind: 'reset', at: 'in-body', afterBytes: chance.between(1, PART) },
    { kind: 'reset', at: 'after-body' },
    { kind: 'slow', bytesPerSecond: 4 * PART },
    { kind: 'corrupt', offset: 0 },
  ];
  const stall: Fault = { kind: 'stall', afterBytes: chance.pick([0, 1]) };
  switch (operation) {
    case 'UploadPart':
      return chance.pick([
        ...[...refusals, ...brokenLines, ...bodies, ...bodies, late, expired],
        ...[{ kind: 'lost-response' } as const, stall, { kind: 'abort-upload' } as const],
      ]);
    case 'PutObject':
      return chance.pick([...refusals, ...brokenLines, ...bodies, late, expired, stall]);
    case 'CompleteMultipartUpload':
      return chance.pick([
        ...[...refusals, ...brokenLines, { kind: 'lost-response' } as const, late, expired],
        ...[{ kind: 'reset', at: 'after-body' } as const, { kind: 'abort-upload' } as const],
      ]);
    case 'ListParts':
      return chance.pick([...refusals, ...brokenLines, late, expired, { kind: 'abort-upload' }]);
    case 'InitiateMultipartUpload':
      return chance.pick([...refusals, ...brokenLines, late, expired, { kind: 'stall' }]);
    case 'Preflight':
      return { kind: 'reset', at: 'before-body' };
    default:
      return chance.pick([...refusals, ...brokenLines]);
  }
}

function drawCause(chance: Chance, size: number): Cause {
  const operation: Operation = isPut(size) ? 'PutObject' : 'UploadPart';
  const partNumber = isPut(size) ? undefined : chance.between(1, partsOf(size));
  const always = (fault: Fault, code: UploadErrorCode): Cause => ({
    kind: 'order',
    code,
    order: { operation, partNumber, times: null, fault },
  });
  const cutOff: Cause = {
    kind: 'order',
    code: 'network',
    order: {
      operation: 'InitiateMultipartUpload',
      times: null,
      fault: { kind: 'reset', at: 'before-body' },
    },
  };
  const answers: [CredentialsAnswer, UploadErrorCode][] = [
    ['refused', 'credentials-refused'],
    ['login-page', 'credentials-not-json'],
    ['incomplete', 'credentials-incomplete'],
    ['expired', 'credentials-expired'],
    ['wrong-secret', 'signature-refused'],
    ['foreign', 'credentials-rejected'],
  ];
  return chance.pick<Cause>([
    always({ kind: 'status', status: 500, code: 'InternalError' }, 'server-error'),
    always({ kind: 'status', status: 503, code: 'ServiceUnavailable' }, 'throttled'),
    always({ kind: 'status', status: 403, code: 'RequestTimeTooSkewed' }, 'clock-skewed'),
    always({ kind: 'status', status: 400, code: 'InvalidDigest' }, 'request-refused'),
    // An empty file has no byte that could be damaged.
    ...(size > 0 ? [always({ kind: 'corrupt', offset: 0 }, 'verification-failed')] : []),
    // Without a body: a line that takes bytes is one that an upload never gives up.
    ...(isPut(size) ? [] : [cutOff]),
    ...answers.map(([answer, code]): Cause => ({ kind: 'credentials', answer, code })),
    // An object that is put in one request is verified without its ETag.
    ...(isPut(size) ? [] : [{ kind: 'cors', hides: 'ETag', code: 'etag-hidden' } as const]),
    { kind: 'cors', hides: 'everything', code: 'cors-blocked' },
    { kind: 'object-exists', code: 'object-exists' },
    { kind: 'no-right', code: 'access-denied' },
  ]);
}

class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  happens(probability: number): boolean {
    return this.#random() < probability;
  }

  /** Whole numbers, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)]!;
  }

  many<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }
}
