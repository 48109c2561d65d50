// Derives a random but repeatable fault schedule from a seed.
import type { Fault } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { UploadErrorCode } from '../../src/core/errors.js';
import { addConditions, noConditions } from './draw-conditions.js';
import { drawFault } from './draw-fault.js';
import { addForm } from './draw-form.js';
import { drawTrigger } from './draw-trigger.js';
import { Random } from './random.js';
import {
  countParts,
  isSingleRequest,
  MAX_FAULTS,
  PART_SIZE,
  type CredentialsFault,
  type CredentialsResponse,
  type FailureCause,
  type Schedule,
  type Step,
} from './schedule.js';

const MAX_PARTS = 40;
const CONDITIONS_SEED = 0x5eed;
const FORM_SEED = 0xf0f0;
/** The same for the credentials endpoint. */
const MAX_CREDENTIALS_FAULTS = 2;

export function makeSchedule(seed: number): Schedule {
  const schedule = makeBaseSchedule(seed);
  // Separate sequences of random numbers, so that a new condition doesn't change what else a seed stands for.
  addConditions(new Random(seed ^ CONDITIONS_SEED), schedule);
  addForm(new Random(seed ^ FORM_SEED), schedule);
  return schedule;
}

function makeBaseSchedule(seed: number): Schedule {
  const random = new Random(seed);
  const size = drawSize(random);
  const isBlocked = random.chance(0.12);
  const schedule: Schedule = {
    seed,
    size,
    parallel: random.integer(1, 5),
    overwrite: random.chance(0.3),
    faults: [],
    lostParts: [],
    deniedPermissions: [],
    clockSkew: random.chance(0.12) ? random.integer(-300, 300) * 60_000 : 0,
    tokenLifetime: undefined,
    bytesPerSecond: 0,
    credentials: { skip: 0, faults: [] },
    visits: isBlocked ? [[]] : drawVisits(random, size),
    cause: isBlocked ? drawCause(random, size) : undefined,
    ...noConditions,
  };
  if (schedule.cause?.kind === 'object-exists') schedule.overwrite = false;
  if (isBlocked) return schedule;
  if (random.chance(0.12)) {
    schedule.deniedPermissions.push('AbortMultipartUpload');
    if (random.chance(0.7)) schedule.deniedPermissions.push('ListParts');
  }
  if (random.chance(0.05) && size > 10 * PART_SIZE) {
    schedule.tokenLifetime = 1_500;
    schedule.bytesPerSecond = size / 3;
  }
  let budget = MAX_FAULTS;
  if (random.chance(0.15)) {
    const faults = random.repeat(random.integer(1, MAX_CREDENTIALS_FAULTS), () =>
      random.pick<CredentialsFault>(['error', 'throttled', 'reset', 'cut-off', 'slow']),
    );
    schedule.credentials = { skip: schedule.tokenLifetime ? random.integer(0, 1) : 0, faults };
    budget -= faults.length;
  }
  drawFaults(random, schedule, budget);
  return schedule;
}

function drawSize(random: Random): number {
  const parts = random.chance(0.3) ? random.integer(1, MAX_PARTS) : random.integer(2, 14);
  return random.pick([
    ...[0, 1, PART_SIZE - 1, PART_SIZE, PART_SIZE + 1],
    ...[parts * PART_SIZE, parts * PART_SIZE - 1, (parts - 1) * PART_SIZE + 1],
    ...random.repeat(8, () => (parts - 1) * PART_SIZE + random.integer(1, PART_SIZE)),
  ]);
}

function drawVisits(random: Random, size: number): Step[][] {
  const trigger = () => drawTrigger(random, size);
  const steps = (): Step[] => {
    const number = random.chance(0.4) ? random.integer(1, 2) : 0;
    return random.repeat(number, () => ({
      at: trigger(),
      type: random.pick(['pause', 'pause', 'lose-network'] as const),
      duration: random.integer(0, 120),
    }));
  };
  const reloads = random.chance(0.35) ? random.integer(1, 3) : 0;
  return [...random.repeat(reloads, (): Step[] => [...steps(), { at: trigger(), type: 'reload' }]), steps()];
}

/** Adds network and server faults that the upload must recover from automatically. */
function drawFaults(random: Random, schedule: Schedule, budget: number): void {
  const { size, deniedPermissions, visits } = schedule;
  const isPut = isSingleRequest(size);
  const perPart = new Map<number, number>();
  let shared = 0;
  let expiredTokens = 0;
  let vanishedUploads = 0;

  for (let left = random.integer(0, 6); left > 0; left -= 1) {
    const operation = random.pick<Operation>(
      isPut
        ? ['PutObject', 'PutObject', 'HeadObject', 'Preflight']
        : [
            ...Array<Operation>(8).fill('UploadPart'),
            ...(['InitiateMultipartUpload', 'CompleteMultipartUpload', 'CompleteMultipartUpload'] as const),
            ...(['ListParts', 'ListParts', 'HeadObject', 'Preflight'] as const),
          ],
    );
    const fault = drawFault(random, operation);
    const times = operation === 'Preflight' ? 1 : random.integer(1, 2);
    const partNumber = operation === 'UploadPart' ? random.integer(1, countParts(size)) : undefined;
    // A page that missed the response can't tell its own damaged object from someone else's, so it must not replace it.
    if (fault.kind === 'corrupt' && isPut && !schedule.overwrite && visits.flat().length > 0) continue;
    const isTokenFault = fault.kind === 'status' && fault.code === 'SecurityTokenExpired';
    // The engine renews a token once per request and restarts an upload at most three times.
    if (isTokenFault && (expiredTokens += 1) > 1) continue;
    if (fault.kind === 'abort-upload' && ((vanishedUploads += 1) > 2 || deniedPermissions.length > 0))
      continue;
    const applied = isTokenFault || fault.kind === 'abort-upload' ? 1 : times;
    const maxPerPart = Math.max(0, ...perPart.values());
    const newMaxPerPart =
      partNumber === undefined ? maxPerPart : Math.max(maxPerPart, (perPart.get(partNumber) ?? 0) + applied);
    const newShared = partNumber === undefined ? shared + applied : shared;
    if (newShared + newMaxPerPart > budget) continue;
    shared = newShared;
    if (partNumber !== undefined) perPart.set(partNumber, (perPart.get(partNumber) ?? 0) + applied);
    const skip = partNumber === undefined && random.chance(0.3) ? 1 : 0;
    schedule.faults.push({ operation, partNumber, skip, times: applied, fault });
  }
  // The engine detects a lost part through ListParts or through the CompleteMultipartUpload that names it.
  if (!isPut && deniedPermissions.length === 0 && visits.length <= 3 && random.chance(0.08)) {
    schedule.lostParts = random.repeat(random.integer(1, 2), () => random.integer(1, countParts(size)));
  }
}

function drawCause(random: Random, size: number): FailureCause {
  const operation: Operation = isSingleRequest(size) ? 'PutObject' : 'UploadPart';
  const partNumber = isSingleRequest(size) ? undefined : random.integer(1, countParts(size));
  const always = (fault: Fault, code: UploadErrorCode): FailureCause => ({
    kind: 'fault',
    code,
    fault: { operation, partNumber, times: null, fault },
  });
  const connectionRefused: FailureCause = {
    kind: 'fault',
    code: 'network',
    fault: {
      operation: 'InitiateMultipartUpload',
      times: null,
      fault: { kind: 'reset', at: 'before-body' },
    },
  };
  const responses: [CredentialsResponse, UploadErrorCode][] = [
    ['refused', 'credentials-refused'],
    ['login-page', 'credentials-not-json'],
    ['incomplete', 'credentials-incomplete'],
    ['expired', 'credentials-expired'],
    ['wrong-secret', 'signature-refused'],
    ['foreign', 'credentials-rejected'],
  ];
  return random.pick<FailureCause>([
    always({ kind: 'status', status: 500, code: 'InternalError' }, 'server-error'),
    always({ kind: 'status', status: 503, code: 'ServiceUnavailable' }, 'throttled'),
    always({ kind: 'status', status: 403, code: 'RequestTimeTooSkewed' }, 'clock-skewed'),
    always({ kind: 'status', status: 400, code: 'InvalidArgument' }, 'request-refused'),
    // An empty file has no byte to corrupt.
    ...(size > 0 ? [always({ kind: 'corrupt', offset: 0 }, 'verification-failed')] : []),
    // On a request without a body: while the server accepts bytes, the engine keeps retrying.
    ...(isSingleRequest(size) ? [] : [connectionRefused]),
    ...responses.map(([response, code]): FailureCause => ({ kind: 'credentials', response, code })),
    // A single-request upload is verified without its ETag.
    ...(isSingleRequest(size) ? [] : [{ kind: 'cors', hides: 'ETag', code: 'etag-hidden' } as const]),
    { kind: 'cors', hides: 'everything', code: 'cors-blocked' },
    { kind: 'object-exists', sameSize: false, code: 'object-exists' },
    { kind: 'no-permission', code: 'access-denied' },
  ]);
}
