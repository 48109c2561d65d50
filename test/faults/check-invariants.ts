// Judges by the server's log and the pages' own words whether anything that had arrived was sent again. Pure.
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import type { SentRequest, VisitReport } from './task.js';

/** What the server lost, and when, in milliseconds since 1970. */
export interface Loss {
  uploadId: string;
  /** Absent where all parts went with their upload. */
  partNumber?: number;
  at: number;
}

export interface Evidence {
  /** Of one object, in order. */
  requests: readonly RequestEntry[];
  visits: readonly VisitReport[];
  losses: readonly Loss[];
  /** The credentials do not allow to list parts: then a page can know of no more than it heard. */
  listingDenied: boolean;
}

/** How long before it is left a page may learn of a part and not have written it down, in milliseconds. */
const UNWRITTEN = 1_000;

export interface Judgement {
  /** Finished parts that were sent again: each a sentence. */
  sentAgain: string[];
  /** Finished parts that came once more without the page having sent them. */
  repeatedByBrowser: number;
  /** Parts that were sent anew although no one had asked OSS for them after their answer was lost. */
  notAskedFor: string[];
  /** Parts whose answer was lost and that OSS turned out to have. */
  foundByAsking: number;
}

export function judge(evidence: Evidence): Judgement {
  const again = findSentAgain(evidence);
  return {
    sentAgain: again.flatMap(({ text, byPage }) => (byPage ? [text] : [])),
    repeatedByBrowser: again.filter(({ byPage }) => !byPage).length,
    notAskedFor: evidence.listingDenied ? [] : findNotAskedFor(evidence),
    foundByAsking: countFound(evidence),
  };
}

/** A part that OSS stored as it was sent. */
interface StoredPart {
  number: number;
  uploadId: string;
  begunAt: number;
  storedAt: number;
  /** The page got the answer, as far as the server can tell. */
  answered: boolean;
}

function storedParts({ requests }: Evidence): StoredPart[] {
  return requests.flatMap((entry) => {
    const { operation, partNumber, uploadId, startedAt, status, code, fault, faultedAt, endedAt } = entry;
    if (operation !== 'UploadPart' || partNumber === undefined || uploadId === undefined) return [];
    // What is stored of a damaged part is not the part.
    if (code !== undefined || (fault === 'corrupt' && faultedAt !== undefined)) return [];
    const executed = fault === 'lost-response' || fault === 'delayed-response' ? faultedAt : undefined;
    const storedAt = executed ?? (status === 200 ? endedAt : undefined);
    if (storedAt === undefined) return [];
    const answered = status === 200 && !entry.disconnected;
    return [{ number: partNumber, uploadId, begunAt: startedAt, storedAt, answered }];
  });
}

/** A part is finished once its answer has reached the page, or when the page begins anew and OSS has it. */
function findSentAgain(evidence: Evidence): { text: string; byPage: boolean }[] {
  const { requests, visits } = evidence;
  const losses = [...evidence.losses, ...vanishedUploads(requests)];
  const sentByPages = visits.flatMap(({ sent }) => sent);
  return storedParts(evidence).flatMap((part) => {
    const finishedAt = whenFinished(part, evidence);
    const isAgain = (other: { partNumber?: number; operation: string }, at: number): boolean =>
      other.operation === 'UploadPart' && other.partNumber === part.number && at > finishedAt;
    const again = requests.find((request) => isAgain(request, request.startedAt));
    if (!again) return [];
    const isLost = losses.some(
      ({ uploadId, partNumber = part.number, at }) =>
        uploadId === part.uploadId &&
        partNumber === part.number &&
        at >= part.begunAt &&
        at <= again.startedAt,
    );
    if (isLost) return [];
    const late = again.startedAt - finishedAt;
    return [
      {
        text: `part ${part.number} (request ${again.sequence}) was sent again ${late} ms after it had finished`,
        byPage: sentByPages.some((request) => isAgain(request, request.at)),
      },
    ];
  });
}

function vanishedUploads(requests: readonly RequestEntry[]): Loss[] {
  return requests.flatMap(({ fault, faultedAt, uploadId }) =>
    fault === 'abort-upload' && faultedAt !== undefined && uploadId !== undefined
      ? [{ uploadId, at: faultedAt }]
      : [],
  );
}

function whenFinished(part: StoredPart, { visits, listingDenied }: Evidence): number {
  const heardIn = visits.find(({ heard }) => heard.some((other) => isSame(other, part)));
  const heardAt = heardIn?.heard.find((other) => isSame(other, part))?.at ?? Infinity;
  const beginnings = visits.flatMap(({ beganAt }) => beganAt).filter((at) => at > part.storedAt);
  if (!listingDenied) return Math.min(heardAt, ...beginnings);
  const leftAt = visits.find(({ beganAt }) => (beganAt[0] ?? 0) > heardAt)?.beganAt[0] ?? Infinity;
  return leftAt - heardAt < UNWRITTEN ? Infinity : heardAt;
}

const isSame = (
  heard: { number: number; uploadId: string; at: number },
  { number, uploadId, begunAt }: StoredPart,
): boolean => heard.number === number && heard.uploadId === uploadId && heard.at >= begunAt;

/** All bytes of a part had left and no answer came: OSS is asked before they are sent once more. */
function findNotAskedFor({ visits }: Evidence): string[] {
  return visits.flatMap(({ sent, visit }) => {
    const parts = sent.filter(({ operation }) => operation === 'UploadPart');
    return parts.flatMap((request, index) => {
      if (!request.allSent || request.status !== 0) return [];
      const again = parts
        .slice(index + 1)
        .find(
          ({ partNumber, uploadId }) => partNumber === request.partNumber && uploadId === request.uploadId,
        );
      if (!again || wasAsked(sent, request, again)) return [];
      return [`part ${request.partNumber} of visit ${visit} was sent anew without confirming OSS for it`];
    });
  });
}

function wasAsked(sent: readonly SentRequest[], first: SentRequest, again: SentRequest): boolean {
  return sent.some(
    ({ operation, uploadId, at, status, endedAt = Infinity }) =>
      operation === 'ListParts' &&
      uploadId === first.uploadId &&
      status === 200 &&
      at >= first.at &&
      endedAt <= again.at,
  );
}

function countFound(evidence: Evidence): number {
  return storedParts(evidence).filter(
    ({ answered, number, uploadId, begunAt }) =>
      !answered &&
      !evidence.requests.some(
        (other) =>
          other.operation === 'UploadPart' &&
          other.partNumber === number &&
          other.uploadId === uploadId &&
          other.startedAt > begunAt,
      ),
  ).length;
}
