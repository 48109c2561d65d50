// Form of a PostObject request: reads its fields up to the file, and maps them to the headers of the same PutObject
// request, so that both operations share what follows.
// Sources: OSS API reference, "PostObject"; EC 0006-00000107 to 0006-00000112.

import type { IncomingMessage } from 'node:http';
import { MultipartReader, parseBoundary, type FormPart } from './multipart-form.js';
import { invalidArgument, OssError } from './oss-error.js';
import { ConnectionLost } from './request-body.js';

/** Maximum size of all values before the file, in bytes. */
const MAX_VALUES_BYTES = 8 * 1024 ** 2;
/** Maximum size of one value, in bytes. */
const MAX_VALUE_BYTES = 2 * 1024 ** 2;
/** Fields with the content headers of the object, except for its content type. */
const CONTENT_FIELDS = ['cache-control', 'content-disposition', 'content-encoding', 'expires'];
/** Headers of the request that PostObject reads. */
const REQUEST_HEADERS = ['content-md5', 'x-oss-object-acl'];

/** A form up to its file. */
export interface Form {
  /** Values of the fields before the file, by name in lowercase. */
  fields: ReadonlyMap<string, string>;
  /** Object key, with the name of the file in place of `${filename}`. */
  key: string;
  /** Content type of the object. */
  contentType: string;
  boundary: string;
  /** Position of the file's content in the body, in bytes. */
  filePosition: number;
}

/** What the start of a request body contains: a form, or an error. */
export interface FormStart {
  form?: Form;
  error?: OssError | ConnectionLost;
  /** The chunks of the body that have been read. */
  chunks: Buffer[];
}

/** Reads the body of a request up to the file of its form. */
export async function readFormStart(request: IncomingMessage): Promise<FormStart> {
  const chunks: Buffer[] = [];
  const source = record(request, chunks);
  try {
    return { form: await readForm(source, request.headers['content-type']), chunks };
  } catch (error) {
    return { error: error instanceof OssError ? error : new ConnectionLost(), chunks };
  } finally {
    // Another iterator continues with the rest of the body.
    await source.return(undefined);
  }
}

async function* record(request: IncomingMessage, chunks: Buffer[]): AsyncGenerator<Buffer> {
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    yield chunk;
  }
}

/**
 * Reads the fields of a form up to its file.
 * @throws {OssError} `MalformedPOSTRequest`, `FieldItemTooLong`, `MaxPOSTPreDataLengthExceededError`,
 *   `IncorrectNumberOfFilesInPOSTRequest` or `InvalidArgument` (400).
 */
async function readForm(source: AsyncIterable<Buffer>, contentType: string | undefined): Promise<Form> {
  const boundary = parseBoundary(contentType);
  const reader = new MultipartReader(source, boundary);
  const fields = new Map<string, string>();
  let size = 0;
  for (let part = await reader.nextPart(); part; part = await reader.nextPart()) {
    const name = part.name.toLowerCase();
    if (name === 'file') {
      return {
        fields,
        key: parseKey(fields, part),
        contentType: objectContentType(fields, part),
        boundary,
        filePosition: reader.position,
      };
    }
    const value = await readValue(reader);
    size += value.length;
    if (size > MAX_VALUES_BYTES) throw valuesTooLong();
    fields.set(name, value.toString());
  }
  throw incorrectNumberOfFiles('0006-00000107');
}

async function readValue(reader: MultipartReader): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reader.content()) {
    size += chunk.length;
    if (size > MAX_VALUE_BYTES) throw valueTooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseKey(fields: ReadonlyMap<string, string>, { filename = '' }: FormPart): string {
  const key = fields.get('key')?.replaceAll('${filename}', () => filename);
  if (!key) throw invalidArgument('The form must have the field key before the file.');
  return key;
}

const objectContentType = (fields: ReadonlyMap<string, string>, file: FormPart): string =>
  fields.get('x-oss-content-type') ??
  file.contentType ??
  fields.get('content-type') ??
  'application/octet-stream';

/**
 * Returns the headers of the PutObject request that stores the same object.
 * @param headers Headers of the PostObject request, which has few that count.
 */
export function toPutHeaders(
  { fields, contentType }: Form,
  headers: ReadonlyMap<string, string>,
): Map<string, string> {
  const isSetting = ([name]: readonly [string, string]): boolean =>
    name.startsWith('x-oss-') || CONTENT_FIELDS.includes(name);
  return new Map([
    ...[...headers].filter(([name]) => REQUEST_HEADERS.includes(name)),
    ...[...fields].filter(isSetting),
    ['content-type', contentType],
  ]);
}

/** Checks that no second file follows. @throws {OssError} `IncorrectNumberOfFilesInPOSTRequest` (400). */
export async function checkOnlyFile(reader: MultipartReader): Promise<void> {
  for (let part = await reader.nextPart(); part; part = await reader.nextPart()) {
    if (part.name.toLowerCase() === 'file') throw incorrectNumberOfFiles();
  }
}

const incorrectNumberOfFiles = (ec?: string): OssError =>
  new OssError(
    400,
    'IncorrectNumberOfFilesInPOSTRequest',
    'POST requires exactly one file upload per request.',
    ec ? { ec } : {},
  );

const valueTooLong = (): OssError =>
  new OssError(400, 'FieldItemTooLong', 'A field of the form is larger than 2 MB.');

const valuesTooLong = (): OssError =>
  new OssError(
    400,
    'MaxPOSTPreDataLengthExceededError',
    'The fields of the form before the file are larger than 8 MB.',
    { ec: '0006-00000112' },
  );
