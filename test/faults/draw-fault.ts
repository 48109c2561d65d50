// Draws the fault of a request.
import type { Fault } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { Random } from './random.js';
import { PART_SIZE, REQUEST_TIMEOUT } from './schedule.js';

/** Draws a fault that the upload must recover from automatically. */
export function drawFault(random: Random, operation: Operation): Fault {
  const errors: Fault[] = [
    { kind: 'status', status: 500, code: 'InternalError' },
    { kind: 'status', status: 502, code: 'BadGateway' },
    { kind: 'status', status: 503, code: 'ServiceUnavailable' },
    { kind: 'status', status: 503, code: 'UploadTrafficRateLimitExceeded', retryAfter: 3 },
    { kind: 'status', status: 429, code: 'TotalQpsLimitExceeded', retryAfter: 1 },
  ];
  const expired: Fault = { kind: 'status', status: 403, code: 'SecurityTokenExpired' };
  const brokenConnections: Fault[] = [{ kind: 'reset', at: 'before-body' }, { kind: 'lost-response' }];
  const late: Fault = { kind: 'delayed-response', delay: random.pick([20, 200, 2 * REQUEST_TIMEOUT]) };
  const bodyFaults: Fault[] = [
    { kind: 'reset', at: 'in-body', afterBytes: random.integer(1, PART_SIZE) },
    { kind: 'reset', at: 'after-body' },
    { kind: 'slow', bytesPerSecond: 4 * PART_SIZE },
    { kind: 'corrupt', offset: 0 },
  ];
  const stall: Fault = { kind: 'stall', afterBytes: random.pick([0, 1]) };
  switch (operation) {
    case 'UploadPart':
      return random.pick([
        ...[...errors, ...brokenConnections, ...bodyFaults, ...bodyFaults, late, expired],
        ...[{ kind: 'lost-response' } as const, stall, { kind: 'abort-upload' } as const],
      ]);
    case 'PutObject':
    case 'PostObject':
      return random.pick([...errors, ...brokenConnections, ...bodyFaults, late, expired, stall]);
    case 'CompleteMultipartUpload':
      return random.pick([
        ...[...errors, ...brokenConnections, { kind: 'lost-response' } as const, late, expired],
        ...[{ kind: 'reset', at: 'after-body' } as const, { kind: 'abort-upload' } as const],
      ]);
    case 'ListParts':
      return random.pick([...errors, ...brokenConnections, late, expired, { kind: 'abort-upload' }]);
    case 'InitiateMultipartUpload':
      return random.pick([...errors, ...brokenConnections, late, expired, { kind: 'stall' }]);
    case 'Preflight':
      return { kind: 'reset', at: 'before-body' };
    default:
      return random.pick([...errors, ...brokenConnections]);
  }
}
