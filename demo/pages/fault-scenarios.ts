// What can go wrong between a page and OSS, how the demo makes it happen, and what should come of it.

import { UPLOAD_CORS_RULES, type CorsRule } from '../../dev/oss-emulator/cors.js';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import type { FaultRule } from '../../dev/oss-emulator/faults.js';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { CredentialsAnswer } from '../site/credentials-faults.js';
import { allowStorage, forbidStorage, hideNetwork, showNetwork } from './browser-faults.js';

/** The switches that a trouble may turn. */
export interface Bench {
  /** The address of the local OSS. */
  server: string;
  control: OssControl;
  bucket: string;
  answerCredentials(answer: CredentialsAnswer): Promise<unknown>;
  setBucket(name: string): void;
  restoreBucket(): void;
}

/** What stays as it is until it is mended; two of one kind can't be at once. */
export type Lasting = 'requests' | 'clock' | 'cors' | 'bucket' | 'credentials' | 'storage';

export interface Trouble {
  title: string;
  /** What should come of it. */
  outcome: string;
  /** Absent: it happens to the next request that it fits, and is over. */
  lasting?: Lasting;
  /** Absent: a person does it by hand. Answers a sentence where it could not be done. */
  order?: (bench: Bench) => unknown;
  /** What of it goes away with the page, and is put on by the next one. */
  putOn?: () => void;
}

export interface TroubleGroup {
  title: string;
  troubles: Trouble[];
}

export const MENDERS: Readonly<Record<Lasting, (bench: Bench) => unknown>> = {
  async requests({ control }) {
    await control.removeFaults();
    showNetwork();
  },
  clock: ({ control }) => control.setClockOffset(0),
  cors: ({ control, bucket }) => control.setCors(bucket, [...UPLOAD_CORS_RULES]),
  bucket: (bench) => bench.restoreBucket(),
  credentials: (bench) => bench.answerCredentials('right'),
  storage: allowStorage,
};

const HOUR = 3_600_000;

const DEAD_LINE: FaultRule = { match: {}, times: null, fault: { kind: 'reset', at: 'before-body' } };

/** The requests that carry the file: parts, or the whole where it is small. */
const CARRIES_BYTES: Operation[] = ['UploadPart', 'PutObject'];

const orderFault =
  (rule: FaultRule): NonNullable<Trouble['order']> =>
  ({ control }) =>
    control.addFault(rule);

/** Loses the part that came last of whatever is on its way. */
async function loseLastPart({ control, bucket }: Bench): Promise<string | undefined> {
  const stored = await control.requests({ operation: 'UploadPart', bucket, status: 200 });
  const uploads = await control.uploads();
  const last = stored.filter(({ uploadId }) => uploads.some((upload) => upload.uploadId === uploadId)).at(-1);
  if (!last?.uploadId || last.partNumber === undefined) return 'There is no part to lose: upload first.';
  await control.deletePart(bucket, last.uploadId, last.partNumber);
  return undefined;
}

const orderCors =
  (change: Partial<CorsRule>): NonNullable<Trouble['order']> =>
  ({ control, bucket }) =>
    control.setCors(
      bucket,
      UPLOAD_CORS_RULES.map((rule) => ({ ...rule, ...change })),
    );

const orderCredentials =
  (answer: CredentialsAnswer): NonNullable<Trouble['order']> =>
  (bench) =>
    bench.answerCredentials(answer);

export const TROUBLE_GROUPS: readonly TroubleGroup[] = [
  {
    title: 'On the way',
    troubles: [
      {
        title: 'A connection is cut off',
        outcome: 'One part loses its connection before its first byte. It is sent once more.',
        order: orderFault({
          match: { operation: CARRIES_BYTES },
          fault: { kind: 'reset', at: 'before-body' },
        }),
      },
      {
        title: 'A connection breaks',
        outcome: 'One part loses its connection midway. It alone is sent again; the others go on.',
        order: orderFault({ match: { operation: CARRIES_BYTES }, fault: { kind: 'reset', at: 'in-body' } }),
      },
      {
        title: 'A connection breaks at the end',
        outcome:
          'All bytes of a part have left, and OSS has kept none. It is asked first; then they are sent again.',
        order: orderFault({
          match: { operation: CARRIES_BYTES },
          fault: { kind: 'reset', at: 'after-body' },
        }),
      },
      {
        title: 'The answer to a part is lost',
        outcome: 'OSS has the part, and the page does not know: it asks before it sends it again.',
        order: orderFault({ match: { operation: 'UploadPart' }, times: 2, fault: { kind: 'lost-response' } }),
      },
      {
        title: 'An answer is late',
        outcome:
          'OSS has a part, and takes five seconds to say so. It is waited for, and nothing is sent again.',
        order: orderFault({
          match: { operation: CARRIES_BYTES },
          fault: { kind: 'delayed-response', delay: 5_000 },
        }),
      },
      {
        title: 'A part stalls',
        outcome: 'No byte moves and nothing answers. After a minute without a byte, that part is sent again.',
        order: orderFault({ match: { operation: CARRIES_BYTES }, fault: { kind: 'stall' } }),
      },
      {
        title: 'The line is dead',
        outcome: 'It tries again at growing intervals, then keeps what has arrived and leaves it to Retry.',
        lasting: 'requests',
        order: orderFault(DEAD_LINE),
      },
      {
        title: 'The network is gone',
        outcome:
          'The browser says so too. The upload waits as long as it takes, and goes on by itself when mended.',
        lasting: 'requests',
        order: orderFault(DEAD_LINE),
        putOn: hideNetwork,
      },
      {
        title: 'A byte changes',
        outcome:
          'One bit of a part flips on the way. The checksum tells, and nobody calls the damaged object a success.',
        order: orderFault({ match: { operation: CARRIES_BYTES }, fault: { kind: 'corrupt' } }),
      },
      {
        title: 'The last answer is lost',
        outcome:
          'OSS has put the parts together, and nobody hears of it. The object is looked for, and found.',
        order: orderFault({
          match: { operation: 'CompleteMultipartUpload' },
          fault: { kind: 'lost-response' },
        }),
      },
    ],
  },
  {
    title: 'At OSS',
    troubles: [
      {
        title: 'OSS is busy',
        outcome: 'Three requests are answered 503. Each waits for a while of its own, and goes on.',
        order: orderFault({
          match: { operation: CARRIES_BYTES },
          times: 3,
          fault: { kind: 'status', status: 503, code: 'ServiceUnavailable' },
        }),
      },
      {
        title: 'OSS fails',
        outcome: 'Three requests are answered 500. Each is tried again after a while of its own.',
        order: orderFault({
          match: { operation: CARRIES_BYTES },
          times: 3,
          fault: { kind: 'status', status: 500, code: 'InternalError' },
        }),
      },
      {
        title: 'The token has expired',
        outcome: 'New credentials are asked for once, and the part that was refused is sent again.',
        order: orderFault({
          match: { operation: CARRIES_BYTES },
          fault: { kind: 'status', status: 403, code: 'SecurityTokenExpired' },
        }),
      },
      {
        title: 'The fragments are cleaned up',
        outcome: 'A lifecycle rule removes the parts in the middle of it. The upload begins anew by itself.',
        order: orderFault({ match: { operation: 'UploadPart' }, fault: { kind: 'abort-upload' } }),
      },
      {
        title: 'A part is lost',
        outcome:
          'OSS has it no more, though it said so. The last step or the next list tells, and it alone is sent again.',
        order: loseLastPart,
      },
      {
        title: 'Parts can’t be listed',
        outcome:
          'As where the role may only put objects. After a pause or a reload, the browser’s own notes serve.',
        lasting: 'requests',
        order: orderFault({
          match: { operation: 'ListParts' },
          times: null,
          fault: { kind: 'status', status: 403, code: 'AccessDenied' },
        }),
      },
      {
        title: 'The clocks differ',
        outcome:
          'OSS is two hours ahead. It refuses one request and says so; the rest are dated by its clock.',
        lasting: 'clock',
        order: ({ control }) => control.setClockOffset(2 * HOUR),
      },
    ],
  },
  {
    title: 'In the settings of the bucket',
    troubles: [
      {
        title: 'CORS: another origin',
        outcome: 'The error tells a CORS fault from a dead network, and shows the rule that is missing.',
        lasting: 'cors',
        order: orderCors({ allowedOrigins: ['https://www.example.com'] }),
      },
      {
        title: 'CORS: ETag not exposed',
        outcome: 'The page can’t read what OSS answers to a part. The error names the header to expose.',
        lasting: 'cors',
        order: orderCors({ exposeHeaders: ['x-oss-request-id'] }),
      },
      {
        title: 'No such bucket',
        outcome:
          'A page can’t tell it from a wrong CORS rule: OSS answers nothing that it may read. The error names the bucket.',
        lasting: 'bucket',
        order: (bench) => bench.setBucket('no-such-bucket'),
      },
    ],
  },
  {
    title: 'At the credentials endpoint',
    troubles: [
      {
        title: '401',
        outcome: 'The visitor is not signed in, and is told so.',
        lasting: 'credentials',
        order: orderCredentials('refused'),
      },
      {
        title: '500',
        outcome: 'Asked again a few times, then an error that Retry recovers from.',
        lasting: 'credentials',
        order: orderCredentials('broken'),
      },
      {
        title: 'A sign-in page',
        outcome: 'HTML with status 200, as expired sessions get it. Named for what it is.',
        lasting: 'credentials',
        order: orderCredentials('login-page'),
      },
      {
        title: 'A field is missing',
        outcome: 'The error names the field: SecurityToken.',
        lasting: 'credentials',
        order: orderCredentials('incomplete'),
      },
      {
        title: 'Expired on arrival',
        outcome: 'As from a cache in between. Told before anything is sent to OSS.',
        lasting: 'credentials',
        order: orderCredentials('expired'),
      },
      {
        title: 'Short-lived',
        outcome:
          'They live ten seconds. On a slow line new ones are fetched ahead of each expiry, and no part is lost.',
        lasting: 'credentials',
        order: orderCredentials('short-lived'),
      },
      {
        title: 'No answer',
        outcome: 'After twenty seconds it is asked again, then told.',
        lasting: 'credentials',
        order: orderCredentials('silent'),
      },
    ],
  },
  {
    title: 'In the browser',
    troubles: [
      {
        title: 'Nothing can be stored',
        outcome:
          'As on a full disk. The upload goes on and says that it is for this visit only; once mended, reload.',
        lasting: 'storage',
        order: () => {},
        putOn: forbidStorage,
      },
      {
        title: 'The page goes away',
        outcome:
          'Reload, close the tab or kill the browser midway. Choose the file again: what has arrived is not sent again.',
      },
      {
        title: 'Two tabs',
        outcome:
          'Upload the same file from this page in a second tab. It waits, and takes over when the first is closed.',
      },
      {
        title: 'The file changes',
        outcome:
          'Reload midway, save the file anew, and choose it: the change is told, and you choose. Or delete it midway.',
      },
    ],
  },
];
