// Draws whether the page sends its file as a form (PostObject), and the faults of the form. The page uploads other small
// files first, because the first one of a page is always sent with PutObject.
import { MAX_FORM_SIZE } from '../../src/adapters/ali-oss/form-upload.js';
import { drawFault } from './draw-fault.js';
import type { Random } from './random.js';
import { MAX_FAULTS, type FailureCause, type Schedule } from './schedule.js';

export function addForm(random: Random, schedule: Schedule): void {
  const { size, cause } = schedule;
  if (size > MAX_FORM_SIZE || (cause && !allowsForm(cause)) || !random.chance(0.75)) return;
  schedule.firstFiles = random.integer(1, 2);
  if (!cause) return addFormFaults(random, schedule);
  // PutObject is sent where a form fails.
  if (cause.kind === 'fault') cause.fault.operation = ['PostObject', 'PutObject'];
}

/** Whether other files can be uploaded, and without a callback. */
const allowsForm = ({ kind }: FailureCause): boolean => kind === 'fault' || kind === 'object-exists';

/** Moves some faults of PutObject to PostObject, and adds others. */
function addFormFaults(random: Random, schedule: Schedule): void {
  const { faults, credentials, overwrite, visits } = schedule;
  // As for PutObject in make-schedule.ts. But a condition may have changed the schedule since.
  const mayDamage = overwrite || visits.flat().length === 0;
  for (const fault of faults) {
    if (fault.operation !== 'PutObject' || !random.chance(0.5)) continue;
    if (fault.fault.kind === 'corrupt' && !mayDamage) continue;
    fault.operation = 'PostObject';
    // After a failure, a page seldom sends a second form.
    fault.skip = 0;
  }
  let budget = MAX_FAULTS - credentials.faults.length;
  for (const { times } of faults) budget -= times ?? 1;
  for (let left = random.integer(0, 2); left > 0 && budget > 0; left -= 1) {
    const fault = drawFault(random, 'PostObject');
    if (fault.kind === 'corrupt' && !mayDamage) continue;
    if (fault.kind === 'status' && fault.code === 'SecurityTokenExpired' && expiresToken(schedule)) continue;
    faults.push({ operation: 'PostObject', partNumber: undefined, skip: 0, times: 1, fault });
    budget -= 1;
  }
}

const expiresToken = ({ faults }: Schedule): boolean =>
  faults.some(({ fault }) => fault.kind === 'status' && fault.code === 'SecurityTokenExpired');
