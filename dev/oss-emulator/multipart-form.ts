// Reads multipart/form-data as a stream, part by part. Sources: RFC 7578; RFC 2046, section 5.1.1.

import { OssError } from './oss-error.js';

/** Maximum size of the headers of a part, in bytes. OSS accepts field names of up to 8 KB. */
const MAX_HEADER_BYTES = 16 * 1024;

/** Headers of one part of a form. */
export interface FormPart {
  name: string;
  /** `undefined` for a field that isn't a file. */
  filename: string | undefined;
  contentType: string | undefined;
}

/** @param ec OSS's detailed error number. */
const malformedForm = (ec?: string): OssError =>
  new OssError(
    400,
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
    ec ? { ec } : {},
  );

/**
 * Returns the boundary in a `Content-Type` header.
 * @throws {OssError} `MalformedPOSTRequest` (400) if the type isn't `multipart/form-data` or there is no boundary.
 */
export function parseBoundary(contentType: string | undefined): string {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^";\s]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformedForm();
  return boundary;
}

/** Reads the parts of a form in order. All methods throw `MalformedPOSTRequest` (400) if the form isn't well-formed. */
export class MultipartReader {
  readonly #chunks: AsyncIterator<Buffer>;
  /** Line break and boundary, which end the content of a part. */
  readonly #delimiter: Buffer;
  /** Bytes that are received and not read yet. */
  #buffer: Buffer;
  /** Bytes of the form that have been read. */
  #position: number;
  #isInContent = true;
  #isComplete = false;

  /** Starts at the beginning of a form. Doesn't close the iterator of `source`. */
  constructor(source: AsyncIterable<Buffer>, boundary: string) {
    this.#chunks = source[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    // The first delimiter has no line break before it.
    this.#buffer = Buffer.from('\r\n');
    this.#position = -this.#buffer.length;
  }

  /** Continues with the content of a part that starts at `position`, in bytes. */
  static async resume(
    source: AsyncIterable<Buffer>,
    boundary: string,
    position: number,
  ): Promise<MultipartReader> {
    const reader = new MultipartReader(source, boundary);
    while (reader.#position + reader.#buffer.length < position) {
      reader.#take(reader.#buffer.length);
      await reader.#fill();
    }
    reader.#take(position - reader.#position);
    return reader;
  }

  /** Bytes of the form that have been read. After {@link nextPart}, the start of the part's content. */
  get position(): number {
    return this.#position;
  }

  /** Skips the rest of the current part. Returns the next one, or `undefined` after the last one. */
  async nextPart(): Promise<FormPart | undefined> {
    const content = this.content();
    while (!(await content.next()).done);
    if (this.#isComplete) return undefined;
    const part = parsePart(await this.#readHeader());
    this.#isInContent = true;
    return part;
  }

  /** Returns the rest of the content of the current part. */
  async *content(): AsyncGenerator<Buffer> {
    while (this.#isInContent) {
      const end = this.#buffer.indexOf(this.#delimiter);
      const next = end + this.#delimiter.length + 2;
      if (end < 0) {
        // The last bytes can be the start of a delimiter.
        const size = this.#buffer.length - this.#delimiter.length + 1;
        if (size > 0) yield this.#take(size);
        await this.#fill();
      } else if (this.#buffer.length < next) {
        await this.#fill();
      } else {
        const suffix = this.#buffer.toString('latin1', next - 2, next);
        const isDelimiter = suffix === '\r\n' || suffix === '--';
        const content = this.#take(isDelimiter ? end : end + 1);
        if (isDelimiter) {
          this.#take(next - end);
          this.#isInContent = false;
          this.#isComplete = suffix === '--';
        }
        if (content.length > 0) yield content;
      }
    }
  }

  /** Discards what follows the last part. */
  async drain(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }

  async #readHeader(): Promise<string> {
    let end = this.#buffer.indexOf('\r\n\r\n');
    while (end < 0) {
      if (this.#buffer.length > MAX_HEADER_BYTES) throw malformedForm('0006-00000110');
      await this.#fill();
      end = this.#buffer.indexOf('\r\n\r\n');
    }
    return this.#take(end + 4).toString();
  }

  #take(size: number): Buffer {
    const taken = this.#buffer.subarray(0, size);
    this.#buffer = this.#buffer.subarray(size);
    this.#position += size;
    return taken;
  }

  async #fill(): Promise<void> {
    const result = await this.#chunks.next();
    if (result.done) throw malformedForm('0006-00000104');
    this.#buffer = this.#buffer.length === 0 ? result.value : Buffer.concat([this.#buffer, result.value]);
  }
}

function parsePart(header: string): FormPart {
  const headers = new Map(
    header
      .split('\r\n')
      .map((line): [string, string] => [
        line.replace(/:[^]*$/, '').toLowerCase(),
        line.replace(/^[^:]*:/, '').trim(),
      ]),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const parameters = new Map(
    [...disposition.matchAll(/;\s*([^=;\s]+)=(?:"([^"]*)"|([^;]*))/g)].map(([, name, quoted, plain]) => [
      name?.toLowerCase(),
      unescape(quoted ?? plain ?? ''),
    ]),
  );
  const name = parameters.get('name');
  if (!/^form-data\s*;/i.test(disposition) || name === undefined) throw malformedForm('0006-00000104');
  return { name, filename: parameters.get('filename'), contentType: headers.get('content-type') };
}

// Browsers escape these characters, and no others: HTML standard, "Multipart form data".
const unescape = (text: string): string =>
  text.replace(/%(?:22|0D|0A)/gi, (escaped) => decodeURIComponent(escaped));
