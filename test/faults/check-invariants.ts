// Checks, from the server's log and the pages' reports, that no completed part or object was sent again. Pure.
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import type { AcknowledgedPart, SentRequest, VisitReport } from './task.js';

/** A stored part that the server dropped. */
export interface PartLoss {
  uploadId: string;
  /** Absent if the whole upload was dropped. */
  partNumber?: number | undefined;
  /** In milliseconds since 1970. */
  at: number;
}

/** Everything that was recorded about the uploads of one object. */
export interface RunLog {
  /** The key of the object. */
  key: string;
  /** The requests for the key that the server received, in order. */
  requests: readonly RequestEntry[];
  visits: readonly VisitReport[];
  losses: readonly PartLoss[];
  /** Whether the credentials lack the permission for ListParts. The page then knows only acknowledged parts. */
  listingDenied: boolean;
  /** Whether several engines of the page upload the object. Each knows only by its own requests what OSS has. */
  isShared: boolean;
  /** Whether the page expects a callback, for which it must store the object again. */
  hasCallback: boolean;
  /** Whether the page may replace an object. */
  overwrite: boolean;
}

/** How long after an acknowledgement the page may not yet have saved the part, in milliseconds. */
const CHECKPOINT_DELAY = 1_000;

export interface InvariantReport {
  /** Completed parts that the page sent again, one sentence each. */
  resentParts: string[];
  /** The number of completed parts that the browser re-sent without a request of the page. */
  resentByBrowser: number;
  /** Parts that were sent again after a lost response without a ListParts in between, one sentence each. */
  unconfirmedResends: string[];
  /** Parts that were in flight twice at the same time, one sentence each. */
  duplicates: string[];
  /** Objects of single requests that were sent again, or stored twice, one sentence each. */
  resentObjects: string[];
  /** The number of parts that OSS had stored although their response was lost, and that were not sent again. */
  recoveredByListing: number;
}

export function checkInvariants(runLog: RunLog): InvariantReport {
  const { key } = runLog;
  const visits = runLog.visits.map((visit) => ({
    ...visit,
    sent: visit.sent.filter((request) => request.key === key),
  }));
  const log = { ...runLog, visits };
  const resent = findResentParts(log);
  return {
    resentParts: resent.flatMap(({ text, byPage }) => (byPage ? [text] : [])),
    resentByBrowser: resent.filter(({ byPage }) => !byPage).length,
    unconfirmedResends: log.listingDenied ? [] : findUnconfirmedResends(log),
    duplicates: findDuplicates(log),
    resentObjects: runLog.hasCallback ? [] : [...findResentObjects(log), ...findReplacedObjects(log)],
    recoveredByListing: countRecovered(log),
  };
}

/** A part that the server stored undamaged. */
interface StoredPart {
  number: number;
  uploadId: string;
  requestedAt: number;
  storedAt: number;
  /** Whether the server sent the whole response. */
  responded: boolean;
}

function findStoredParts({ requests }: RunLog): StoredPart[] {
  return requests.flatMap((entry) => {
    const { operation, partNumber, uploadId, startedAt, status } = entry;
    if (operation !== 'UploadPart' || partNumber === undefined || uploadId === undefined) return [];
    const storedAt = findStoreTime(entry);
    if (storedAt === undefined) return [];
    const responded = status === 200 && !entry.disconnected;
    return [{ number: partNumber, uploadId, requestedAt: startedAt, storedAt, responded }];
  });
}

/** Returns when OSS had performed a request. `undefined` if it refused it or stored something else. */
function findStoreTime(entry: RequestEntry): number | undefined {
  const { status, code, fault, faultedAt, endedAt } = entry;
  if (code !== undefined || isDamaged(entry)) return undefined;
  const executedAt = fault === 'lost-response' || fault === 'delayed-response' ? faultedAt : undefined;
  return executedAt ?? (status === 200 ? endedAt : undefined);
}

/** Finds parts that were sent again after they had finished, except those that the server lost. */
function findResentParts(log: RunLog): { text: string; byPage: boolean }[] {
  const { requests, visits } = log;
  const losses = [...log.losses, ...findVanishedUploads(requests)];
  const sentByPages = visits.flatMap(({ sent }) => sent);
  return findStoredParts(log).flatMap((part) => {
    const isResend = (other: { partNumber?: number | undefined; operation: string }, at: number): boolean =>
      other.operation === 'UploadPart' &&
      other.partNumber === part.number &&
      at > findFinishTime(part, visitAt(log, at), log);
    const resend = requests.find((request) => isResend(request, request.startedAt));
    if (!resend) return [];
    const isLost = losses.some(
      ({ uploadId, partNumber = part.number, at }) =>
        uploadId === part.uploadId &&
        partNumber === part.number &&
        at >= part.requestedAt &&
        at <= resend.startedAt,
    );
    if (isLost) return [];
    const delay = resend.startedAt - findFinishTime(part, visitAt(log, resend.startedAt), log);
    return [
      {
        text: `part ${part.number} was sent again ${delay} ms after it had finished (request ${resend.sequence})`,
        byPage: sentByPages.some((request) => isResend(request, request.at)),
      },
    ];
  });
}

function findVanishedUploads(requests: readonly RequestEntry[]): PartLoss[] {
  return requests.flatMap(({ fault, faultedAt, uploadId }) =>
    fault === 'abort-upload' && faultedAt !== undefined && uploadId !== undefined
      ? [{ uploadId, at: faultedAt }]
      : [],
  );
}

/**
 * Returns when the page had to know, in the given visit, that a part was stored: when its response reached the page, or
 * when the upload was next started or resumed, since the engine then lists the parts. `Infinity` if it never had to.
 */
function findFinishTime(part: StoredPart, visit: VisitReport | undefined, log: RunLog): number {
  const { visits, listingDenied, isShared } = log;
  const acknowledgements = visits.flatMap(({ acknowledged }) => acknowledged);
  const acknowledgedAt = acknowledgements.find((other) => isSamePart(other, part))?.at ?? Infinity;
  const first = visitAt(log, part.requestedAt);
  if (visit && first && visit.visit > first.visit) {
    if (!isRemembered(part.uploadId, visit, visits)) return Infinity;
    if (listingDenied) {
      const lastSave = Math.min(visits[first.visit + 1]?.begunAt ?? Infinity, first.silentAt ?? Infinity);
      return lastSave - acknowledgedAt < CHECKPOINT_DELAY ? Infinity : acknowledgedAt;
    }
  }
  if (listingDenied) return acknowledgedAt;
  const starts = visits
    .filter((other) => other === first || isRemembered(part.uploadId, other, visits))
    .flatMap(({ startedAt }) => (isShared ? startedAt.slice(0, 1) : startedAt));
  return Math.min(acknowledgedAt, ...starts.filter((at) => at > part.storedAt));
}

/** Returns the visit during which something happened. */
function visitAt({ visits }: RunLog, at: number): VisitReport | undefined {
  return visits.findLast(({ begunAt }) => begunAt <= at) ?? visits[0];
}

/** Whether a visit could know an upload ID: it used the ID itself, or an earlier one saved it and this one could read it. */
function isRemembered(uploadId: string, visit: VisitReport, visits: readonly VisitReport[]): boolean {
  const firstUse = ({ sent }: VisitReport): number =>
    sent.find((request) => request.uploadId === uploadId)?.at ?? Infinity;
  if (firstUse(visit) < Infinity) return true;
  const couldRead = (visit.sent[0]?.at ?? Infinity) <= (visit.silentAt ?? Infinity);
  // An upload ID is saved before its first use.
  const couldSave = (other: VisitReport): boolean => firstUse(other) < (other.silentAt ?? Infinity);
  return couldRead && visits.some((other) => other.visit < visit.visit && couldSave(other));
}

const isSamePart = (acknowledged: AcknowledgedPart, { number, uploadId, requestedAt }: StoredPart): boolean =>
  acknowledged.number === number && acknowledged.uploadId === uploadId && acknowledged.at >= requestedAt;

/** Finds parts whose body was fully sent, got no response, and was sent again without listing the parts first. */
function findUnconfirmedResends({ visits }: RunLog): string[] {
  return visits.flatMap(({ sent, visit }) => {
    const parts = sent.filter(({ operation }) => operation === 'UploadPart');
    return parts.flatMap((request, index) => {
      if (!request.bodySent || request.status !== 0) return [];
      const resend = parts
        .slice(index + 1)
        .find(
          ({ partNumber, uploadId }) => partNumber === request.partNumber && uploadId === request.uploadId,
        );
      if (!resend || wasListedBetween(sent, request, resend)) return [];
      return [`part ${request.partNumber} of visit ${visit} was sent again without listing the parts first`];
    });
  });
}

/** Finds parts that a page sent while the same part was already in flight. */
function findDuplicates({ visits }: RunLog): string[] {
  return visits.flatMap(({ sent, visit, endedAt }) =>
    sent
      .filter(({ operation }) => operation === 'UploadPart')
      .filter((request, index, parts) =>
        parts
          .slice(0, index)
          .some(
            (other) => other.partNumber === request.partNumber && (other.endedAt ?? endedAt) > request.at,
          ),
      )
      .map(({ partNumber }) => `part ${partNumber} of visit ${visit} was in flight twice at the same time`),
  );
}

const isSingleRequest = ({ operation }: { operation: string }): boolean =>
  operation === 'PutObject' || operation === 'PostObject';

const isDamaged = ({ fault, faultedAt }: RequestEntry): boolean =>
  fault === 'corrupt' && faultedAt !== undefined;

/**
 * Finds objects that a page sent again in a single request after OSS had acknowledged them, or after OSS may have received
 * them, without asking for the object first.
 */
function findResentObjects({ requests, visits, isShared }: RunLog): string[] {
  // Which of several engines has sent a request isn't known. A damaged object has to be sent again.
  if (isShared || requests.some(isDamaged)) return [];
  return visits.flatMap(({ sent, visit }) => {
    const uploads = sent.filter(isSingleRequest);
    return uploads.flatMap((request, index) => {
      const resend = uploads[index + 1];
      if (!resend) return [];
      const { operation, status, bodySent } = request;
      const sentence = `the object of visit ${visit} was sent again with ${resend.operation}`;
      if (status === 200) return [`${sentence} after ${operation} had succeeded`];
      const mayBeStored = status === 0 && (bodySent || operation === 'PostObject');
      if (!mayBeStored || wasRequestedBetween(sent, request, resend)) return [];
      return [`${sentence} after ${operation} without a response, and without HeadObject in between`];
    });
  });
}

/** Whether OSS was asked for the object and has answered. With 403, it doesn't tell: a permission or the clock may be wrong. */
function wasRequestedBetween(sent: readonly SentRequest[], first: SentRequest, resend: SentRequest): boolean {
  return sent.some(
    ({ operation, at, status = 0, endedAt = Infinity }) =>
      operation === 'HeadObject' &&
      [200, 403, 404].includes(status) &&
      at >= first.at &&
      endedAt <= resend.at,
  );
}

/** Finds objects that replaced an undamaged one without permission. Requests that overlap may both succeed. */
function findReplacedObjects({ key, requests, overwrite }: RunLog): string[] {
  if (overwrite || requests.some(isDamaged)) return [];
  const stored = requests.filter(isSingleRequest).flatMap((entry) => {
    const storedAt = findStoreTime(entry);
    return storedAt === undefined ? [] : [{ startedAt: entry.startedAt, storedAt }];
  });
  const isReplaced = stored.some(({ startedAt }) => stored.some(({ storedAt }) => storedAt < startedAt));
  return isReplaced ? [`${key} was replaced, without \`overwrite\``] : [];
}

function wasListedBetween(sent: readonly SentRequest[], first: SentRequest, resend: SentRequest): boolean {
  return sent.some(
    ({ operation, uploadId, at, status, endedAt = Infinity }) =>
      operation === 'ListParts' &&
      uploadId === first.uploadId &&
      status === 200 &&
      at >= first.at &&
      endedAt <= resend.at,
  );
}

function countRecovered(log: RunLog): number {
  return findStoredParts(log).filter(
    ({ responded, number, uploadId, requestedAt }) =>
      !responded &&
      !log.requests.some(
        (other) =>
          other.operation === 'UploadPart' &&
          other.partNumber === number &&
          other.uploadId === uploadId &&
          other.startedAt > requestedAt,
      ),
  ).length;
}
