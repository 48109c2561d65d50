// The faults that the demo can inject, and how the element is expected to handle each.

import { uploadCorsRules, type CorsRule } from '../../dev/oss-emulator/cors.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { FaultRule } from '../../dev/oss-emulator/faults.js';
import type { CredentialsMode } from '../site/credentials-faults.js';
import { demoOrigins } from '../site/demo-origins.js';
import { failStorage, restoreOnline, restoreStorage, simulateOffline } from './browser-faults.js';
import { CONTENT_OPERATIONS } from './traffic-poller.js';

/** What a scenario can change. */
export interface FaultContext {
  /** URL of the OSS emulator. */
  server: string;
  control: OssControl;
  bucket: string;
  setCredentialsMode(mode: CredentialsMode): Promise<unknown>;
  /** Sets the element's `bucket`. */
  setBucket(name: string): void;
  restoreBucket(): void;
}

/** What a persistent scenario changes. At most one scenario per scope is active. */
export type FaultScope = 'requests' | 'clock' | 'cors' | 'bucket' | 'credentials' | 'storage';

export interface FaultScenario {
  title: string;
  /** What happens, and how the element is expected to handle it. */
  description: string;
  /** Set if the scenario stays active until it is reset. Otherwise it affects only the next matching requests. */
  scope?: FaultScope;
  /** Absent if the scenario can't be automated. May return a message that says why it couldn't be triggered. */
  trigger?: (context: FaultContext) => unknown;
  /** Applies the part of the fault that a reload undoes. Called again when the page is loaded. */
  applyToPage?: () => void;
}

export interface FaultGroup {
  title: string;
  scenarios: FaultScenario[];
}

const corsRules = (): CorsRule[] => uploadCorsRules(demoOrigins(location.href));

export const resetters: Readonly<Record<FaultScope, (context: FaultContext) => unknown>> = {
  async requests({ control }) {
    await control.removeFaults();
    restoreOnline();
  },
  clock: ({ control }) => control.setClockOffset(0),
  cors: ({ control, bucket }) => control.setCors(bucket, corsRules()),
  bucket: (context) => context.restoreBucket(),
  credentials: (context) => context.setCredentialsMode('normal'),
  storage: restoreStorage,
};

const HOUR = 3_600_000;

const RESET_ALL_REQUESTS: FaultRule = { match: {}, times: null, fault: { kind: 'reset', at: 'before-body' } };

const injectFault =
  (rule: FaultRule): NonNullable<FaultScenario['trigger']> =>
  ({ control }) =>
    control.addFault(rule);

/** Deletes the most recently stored part of an unfinished upload from the emulator. */
async function loseLastPart({ control, bucket }: FaultContext): Promise<string | undefined> {
  const stored = await control.requests({ operation: 'UploadPart', bucket, status: 200 });
  const uploads = await control.uploads();
  const last = stored.filter(({ uploadId }) => uploads.some((upload) => upload.uploadId === uploadId)).at(-1);
  if (!last?.uploadId || last.partNumber === undefined)
    return 'There are no stored parts. Start an upload first.';
  await control.deletePart(bucket, last.uploadId, last.partNumber);
  return undefined;
}

const overrideCors =
  (change: Partial<CorsRule>): NonNullable<FaultScenario['trigger']> =>
  ({ control, bucket }) =>
    control.setCors(
      bucket,
      corsRules().map((rule) => ({ ...rule, ...change })),
    );

const useCredentialsMode =
  (mode: CredentialsMode): NonNullable<FaultScenario['trigger']> =>
  (context) =>
    context.setCredentialsMode(mode);

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    title: 'Network',
    scenarios: [
      {
        title: 'Connection reset before the body',
        description:
          'The connection for one part is reset before the first byte is sent. The part is retried.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          fault: { kind: 'reset', at: 'before-body' },
        }),
      },
      {
        title: 'Connection reset mid-transfer',
        description:
          'The connection for one part is reset halfway. Only that part is retried; the others continue.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          fault: { kind: 'reset', at: 'in-body' },
        }),
      },
      {
        title: 'Connection reset after the body',
        description:
          'All bytes of a part are sent, but OSS stores none. The uploader checks with OSS, then re-sends the part.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          fault: { kind: 'reset', at: 'after-body' },
        }),
      },
      {
        title: 'Lost part response',
        description:
          'OSS stores a part, but the response is lost. The uploader checks with OSS before it re-sends the part.',
        trigger: injectFault({
          match: { operation: 'UploadPart' },
          times: 2,
          fault: { kind: 'lost-response' },
        }),
      },
      {
        title: 'Delayed response',
        description:
          'OSS stores a part and responds five seconds later. The uploader waits; nothing is re-sent.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          fault: { kind: 'delayed-response', delay: 5_000 },
        }),
      },
      {
        title: 'Stalled part',
        description:
          'A request stalls: no bytes move, and no response arrives. The part is retried after a minute without progress.',
        trigger: injectFault({ match: { operation: CONTENT_OPERATIONS }, fault: { kind: 'stall' } }),
      },
      {
        title: 'No connection',
        description:
          'All requests to OSS fail. The uploader retries with exponential backoff, then fails. Completed parts are kept; Retry resumes.',
        scope: 'requests',
        trigger: injectFault(RESET_ALL_REQUESTS),
      },
      {
        title: 'Offline',
        description:
          'All requests to OSS fail, and the browser reports that it’s offline. The upload waits, and resumes automatically after Reset.',
        scope: 'requests',
        trigger: injectFault(RESET_ALL_REQUESTS),
        applyToPage: simulateOffline,
      },
      {
        title: 'Corrupted part',
        description:
          'One bit of a part is flipped in transit. The checksum detects it; a damaged object never counts as a success.',
        trigger: injectFault({ match: { operation: CONTENT_OPERATIONS }, fault: { kind: 'corrupt' } }),
      },
      {
        title: 'Lost completion response',
        description:
          'OSS completes the upload, but the response is lost. The uploader looks for the object and finds it.',
        trigger: injectFault({
          match: { operation: 'CompleteMultipartUpload' },
          fault: { kind: 'lost-response' },
        }),
      },
    ],
  },
  {
    title: 'OSS',
    scenarios: [
      {
        title: 'OSS returns 503',
        description:
          'Three requests return 503 Service Unavailable. They are retried with exponential backoff.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          times: 3,
          fault: { kind: 'status', status: 503, code: 'ServiceUnavailable' },
        }),
      },
      {
        title: 'OSS returns 500',
        description:
          'Three requests return 500 Internal Server Error. They are retried with exponential backoff.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          times: 3,
          fault: { kind: 'status', status: 500, code: 'InternalError' },
        }),
      },
      {
        title: 'Expired token',
        description:
          'OSS rejects one part because the security token has expired. The uploader fetches new credentials and re-sends the part.',
        trigger: injectFault({
          match: { operation: CONTENT_OPERATIONS },
          fault: { kind: 'status', status: 403, code: 'SecurityTokenExpired' },
        }),
      },
      {
        title: 'Upload removed by a lifecycle rule',
        description:
          'A lifecycle rule deletes the stored parts during the upload. The upload starts over automatically.',
        trigger: injectFault({ match: { operation: 'UploadPart' }, fault: { kind: 'abort-upload' } }),
      },
      {
        title: 'Lost part',
        description:
          'OSS loses a part that it has acknowledged. The uploader notices when it lists or completes the parts, and re-sends only that part.',
        trigger: loseLastPart,
      },
      {
        title: 'ListParts denied',
        description:
          'The role isn’t allowed to list parts. After a pause or a reload, the upload resumes from the checkpoint in the browser.',
        scope: 'requests',
        trigger: injectFault({
          match: { operation: 'ListParts' },
          times: null,
          fault: { kind: 'status', status: 403, code: 'AccessDenied' },
        }),
      },
      {
        title: 'Clock skew',
        description:
          'The server’s clock is two hours ahead. OSS rejects one request; the uploader signs later ones with the server’s time.',
        scope: 'clock',
        trigger: ({ control }) => control.setClockOffset(2 * HOUR),
      },
    ],
  },
  {
    title: 'Bucket configuration',
    scenarios: [
      {
        title: 'CORS: origin not allowed',
        description:
          'The error distinguishes a CORS problem from a network failure, and shows the missing rule.',
        scope: 'cors',
        trigger: overrideCors({ allowedOrigins: ['https://www.example.com'] }),
      },
      {
        title: 'CORS: ETag not exposed',
        description: 'The page can’t read the ETag of a part. The error names the header to expose.',
        scope: 'cors',
        trigger: overrideCors({ exposeHeaders: ['x-oss-request-id'] }),
      },
      {
        title: 'Missing bucket',
        description:
          'The bucket doesn’t exist. The response has no CORS headers, so a page can’t distinguish this from a missing CORS rule. The error names the bucket.',
        scope: 'bucket',
        trigger: (context) => context.setBucket('no-such-bucket'),
      },
    ],
  },
  {
    title: 'Credentials endpoint',
    scenarios: [
      {
        title: 'Endpoint returns 401',
        description: 'The user isn’t signed in. The error asks them to sign in.',
        scope: 'credentials',
        trigger: useCredentialsMode('unauthorized'),
      },
      {
        title: 'Endpoint returns 500',
        description: 'The request is retried a few times, then the upload fails. Retry resumes it.',
        scope: 'credentials',
        trigger: useCredentialsMode('server-error'),
      },
      {
        title: 'Sign-in page instead of JSON',
        description:
          'The endpoint returns HTML with status 200, as after a session has expired. The error says so.',
        scope: 'credentials',
        trigger: useCredentialsMode('sign-in-page'),
      },
      {
        title: 'Missing field',
        description: 'The response lacks SecurityToken. The error names the field.',
        scope: 'credentials',
        trigger: useCredentialsMode('missing-field'),
      },
      {
        title: 'Expired credentials',
        description:
          'The endpoint returns expired credentials, as from a cache. OSS rejects them twice, and the error says so.',
        scope: 'credentials',
        trigger: useCredentialsMode('expired'),
      },
      {
        title: 'Short-lived credentials',
        description:
          'Credentials expire after ten seconds. With throttling, watch new ones being fetched before each expiry; no part fails.',
        scope: 'credentials',
        trigger: useCredentialsMode('short-lived'),
      },
      {
        title: 'No response',
        description: 'The request times out after twenty seconds and is retried, then the upload fails.',
        scope: 'credentials',
        trigger: useCredentialsMode('no-response'),
      },
    ],
  },
  {
    title: 'Browser',
    scenarios: [
      {
        title: 'Storage full',
        description:
          'IndexedDB fails, as on a full disk. The upload continues and warns that progress can’t be saved. Reload the page after Reset.',
        scope: 'storage',
        trigger: () => {},
        applyToPage: failStorage,
      },
      {
        title: 'Page closed during an upload',
        description:
          'Reload, close the tab, or kill the browser during an upload. Choose the file again: stored parts aren’t re-sent.',
      },
      {
        title: 'Two tabs',
        description:
          'Upload the same file from this page in a second tab. The second tab waits, and takes over when the first one closes.',
      },
      {
        title: 'Modified file',
        description:
          'Reload during an upload, modify the file, and choose it again: the element reports the change and offers to start over. Or delete the file during an upload.',
      },
    ],
  },
];
