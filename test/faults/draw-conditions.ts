// Draws the conditions of a schedule: situations in addition to its faults and steps.
//   gateway, service-worker       a proxy, also behind a service worker, takes whole requests and passes them on slowly
//   no-progress                   the browser fires no upload progress events
//   redirect                      one request is redirected to a captive portal, which answers everything with 200
//   silent-storage                IndexedDB stops answering during one visit
//   callback                      the application server fails the callback of the stored object
//   same-bytes, other-bytes       the key has an object with the same bytes, or with others of the same number
//   same-file, other-files        several engines or elements in the page upload the same file, or one file each
//   element                       the page uses the element, moves it, and removes it and puts it back
//   other-date, decomposed-name   at later visits the same bytes have another date, or a name in Unicode's form NFD
//   form                          the page sends the file as a form, because it has uploaded another one: see draw-form.ts
import type { Operation } from '../../dev/oss-emulator/operation.js';
import { drawTrigger } from './draw-trigger.js';
import type { Random } from './random.js';
import {
  countParts,
  isSingleRequest,
  PART_SIZE,
  PORTAL,
  REQUEST_TIMEOUT,
  type Conditions,
  type FailureCause,
  type Schedule,
  type ScheduledFault,
  type Step,
} from './schedule.js';

export const noConditions: Conditions = {
  buffering: undefined,
  mutesProgress: false,
  storageFault: undefined,
  companions: undefined,
  isStoredAlready: false,
  reselection: undefined,
  usesElement: false,
  firstFiles: 0,
};

/** Draws conditions for a schedule and adds those that go together with its faults. */
export function addConditions(random: Random, schedule: Schedule): void {
  const { cause, size } = schedule;
  if (cause) {
    if (cause.kind === 'object-exists') cause.sameSize = size > 0 && random.chance(0.6);
    return;
  }
  if (random.chance(0.04)) return setCause(schedule, drawCallbackFailure(random));
  if (size > 0 && random.chance(0.02)) {
    setCause(schedule, { kind: 'object-exists', sameSize: true, code: 'object-exists' });
    schedule.overwrite = false;
    return;
  }
  schedule.mutesProgress = random.chance(0.08);
  schedule.usesElement = random.chance(0.12);
  if (schedule.visits.length > 1 && random.chance(0.35)) {
    schedule.reselection = random.pick(['other-date', 'decomposed-name']);
  }
  if (random.chance(0.07)) return addRedirect(random, schedule);
  // At most one of these. Without progress events, a slow uplink is the hardest.
  const conditions = [
    ...Array<Condition>(schedule.mutesProgress ? 20 : 5).fill(buffer),
    ...Array<Condition>(3).fill(silenceStorage),
    ...Array<Condition>(4).fill(addCompanions),
    ...Array<Condition>(2).fill(storeAlready),
    ...Array<Condition>(20).fill(() => {}),
  ];
  random.pick(conditions)(random, schedule);
  if (schedule.usesElement) addElementSteps(random, schedule);
}

type Condition = (random: Random, schedule: Schedule) => void;

/** Replaces the faults of a schedule by a cause: they could hide which request fails because of it. */
function setCause(schedule: Schedule, cause: FailureCause): void {
  Object.assign(schedule, {
    ...{ cause, visits: [[]], faults: [], lostParts: [], deniedPermissions: [] },
    ...{ tokenLifetime: undefined, bytesPerSecond: 0, credentials: { skip: 0, faults: [] } },
  } satisfies Partial<Schedule>);
}

function drawCallbackFailure(random: Random): FailureCause {
  return {
    kind: 'callback',
    failure: {
      response: random.pick(['error', 'error', 'not-json', 'not-json', 'reset', 'none']),
      again: random.chance(0.3),
      responseLost: random.chance(0.3),
    },
    code: 'callback-failed',
  };
}

/** Slows down the uplink so that each of the parallel parts takes longer than the page's timeout. */
function buffer(random: Random, schedule: Schedule): void {
  const { size, parallel, tokenLifetime } = schedule;
  const parts = countParts(size);
  if (parts < 2 || parts > 3 * parallel || tokenLifetime !== undefined) return;
  const secondsPerPart = (random.integer(12, 20) / 10) * (REQUEST_TIMEOUT / 1_000);
  const inFlight = Math.min(parts, parallel);
  schedule.buffering = {
    by: random.pick(['gateway', 'gateway', 'service-worker']),
    bytesPerSecond: Math.ceil((inFlight * PART_SIZE) / secondsPerPart),
    keepsAbandoned: random.chance(0.4),
  };
  // Behind a buffering hop, a stalled request can't be told from a slow one for a long time.
  schedule.faults = schedule.faults.filter(({ fault }) => fault.kind !== 'stall');
}

function silenceStorage(random: Random, schedule: Schedule): void {
  const { visits, size } = schedule;
  schedule.storageFault = {
    visit: random.integer(0, visits.length - 1),
    silent: random.pick(['open', 'transactions']),
    from: random.chance(0.5) ? 'start' : drawTrigger(random, size),
  };
}

function addCompanions(random: Random, schedule: Schedule): void {
  const { size, tokenLifetime } = schedule;
  const parts = countParts(size);
  const isSame = random.chance(0.5);
  const count = random.integer(1, isSame ? 2 : 3);
  if (tokenLifetime !== undefined || (!isSame && parts * (count + 1) > MAX_COMPANION_PARTS)) return;
  schedule.companions = { file: isSame ? 'same' : 'other', count };
  // With `overwrite`, a companion replaces the object of another one, or its own object after a reload.
  schedule.overwrite = false;
  if (isSame) {
    // Without ListParts, a companion knows only the parts that were saved before the other one was paused.
    schedule.deniedPermissions = [];
  } else if (!isSingleRequest(size) && random.chance(0.6)) {
    // So slow that requests wait longer for one of the six connections than the page's timeout.
    schedule.bytesPerSecond = 5 * PART_SIZE;
  }
}

const MAX_COMPANION_PARTS = 40;

function storeAlready(_: Random, schedule: Schedule): void {
  schedule.isStoredAlready = true;
  schedule.overwrite = false;
}

/**
 * Redirects one request to a captive portal, which ends the upload. Removes the faults that could store the part without
 * that request. The other engines of a page would not be retried.
 */
function addRedirect(random: Random, schedule: Schedule): void {
  const { size } = schedule;
  const operation = random.pick<Operation>(
    isSingleRequest(size)
      ? ['PutObject']
      : [
          ...Array<Operation>(4).fill('UploadPart'),
          ...(['InitiateMultipartUpload', 'CompleteMultipartUpload'] as const),
        ],
  );
  const fault: ScheduledFault = {
    operation,
    partNumber: operation === 'UploadPart' ? random.integer(1, countParts(size)) : undefined,
    times: null,
    fault: { kind: 'redirect', status: random.pick([302, 307]), location: PORTAL },
  };
  schedule.cause = { kind: 'fault', fault, code: 'redirected' };
  schedule.faults = [];
  schedule.lostParts = [];
  if (schedule.usesElement) addElementSteps(random, schedule);
}

function addElementSteps(random: Random, { visits, size }: Schedule): void {
  for (const steps of visits) {
    if (!random.chance(0.7)) continue;
    const step: Step = random.chance(0.6)
      ? {
          ...{ type: 'remove-element', at: drawTrigger(random, size) },
          ...{ duration: random.integer(0, 150), otherParent: random.chance(0.5) },
        }
      : { type: 'move-element', at: drawTrigger(random, size) };
    // A reload is the last step.
    const last = steps.at(-1)?.type === 'reload' ? steps.length - 1 : steps.length;
    steps.splice(random.integer(0, last), 0, step);
  }
}

/** A condition or a cause that statistics count. */
export type Kind = (typeof kinds)[number];

export const kinds = [
  'gateway',
  'service-worker',
  'no-progress',
  'redirect',
  'silent-storage',
  'callback',
  'same-bytes',
  'other-bytes',
  'same-file',
  'other-files',
  'element',
  'other-date',
  'decomposed-name',
  'form',
] as const;

/** Returns the kinds of situations that a schedule contains. */
export function kindsOf(schedule: Schedule): Kind[] {
  const { buffering, mutesProgress, storageFault, cause, isStoredAlready, companions } = schedule;
  const isPresent: Record<Kind, boolean> = {
    gateway: buffering?.by === 'gateway',
    'service-worker': buffering?.by === 'service-worker',
    'no-progress': mutesProgress,
    redirect: cause?.kind === 'fault' && cause.fault.fault.kind === 'redirect',
    'silent-storage': storageFault !== undefined,
    callback: cause?.kind === 'callback',
    'same-bytes': isStoredAlready,
    'other-bytes': cause?.kind === 'object-exists' && cause.sameSize,
    'same-file': companions?.file === 'same',
    'other-files': companions?.file === 'other',
    element: schedule.usesElement,
    'other-date': schedule.reselection === 'other-date',
    'decomposed-name': schedule.reselection === 'decomposed-name',
    form: schedule.firstFiles > 0,
  };
  return kinds.filter((kind) => isPresent[kind]);
}
