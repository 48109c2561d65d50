// Draws when a step of a schedule happens.
import type { Random } from './random.js';
import { countParts, isSingleRequest, type Trigger } from './schedule.js';

/** @param size of the file in bytes */
export function drawTrigger(random: Random, size: number): Trigger {
  if (random.chance(0.1)) return { status: 'completing' };
  return isSingleRequest(size) || random.chance(0.3)
    ? { milliseconds: random.integer(0, 150) }
    : { parts: random.integer(1, Math.max(1, countParts(size) - 1)) };
}
