/** Calls functions that a page has set as options. */

import { TimeoutError, withinTime, type Timers } from '../time-limit.js';
import { describeValue, invalidOption, isUnset, type ReportInvalid } from './invalid-option.js';

/** How long a function may take for one file, in milliseconds. */
export const FUNCTION_TIME_LIMIT = 30_000;

/** Reports an option that is neither unset nor a function. @param result what the function must return, in English */
export function checkFunction(option: string, value: unknown, result: string, invalid: ReportInvalid): void {
  if (isUnset(value) || typeof value === 'function') return;
  invalid(option, describeValue(value), `Set it to a function that returns ${result}.`);
}

/**
 * Returns the answer of a function for one file, which may be a promise.
 *
 * @throws UploadError `option-invalid` if the function throws, rejects or doesn't answer. `cause` is what it threw
 */
export async function callFunction(option: string, call: () => unknown, timers?: Timers): Promise<unknown> {
  try {
    return await withinTime(Promise.resolve(call()), FUNCTION_TIME_LIMIT, timers);
  } catch (cause) {
    const report = (fix: string, thrown?: unknown) => invalidOption(option, 'a function', fix, thrown);
    throw cause instanceof TimeoutError
      ? report(`The function doesn’t answer within ${FUNCTION_TIME_LIMIT / 1_000} seconds.`)
      : report('The function throws an error.', cause);
  }
}
