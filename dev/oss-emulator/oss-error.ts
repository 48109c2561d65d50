// Error responses of the emulator, with the codes and EC numbers of OSS's error reference:
// https://www.alibabacloud.com/help/en/oss/developer-reference/error-codes

import { xmlDocument, type XmlChildren } from './xml.js';

export interface OssErrorOptions {
  /** Additional elements of the XML body, such as `ServerTime`. */
  details?: XmlChildren;
  /** OSS's detailed error number (`EC`), if known. */
  ec?: string;
  /** Value of the `Retry-After` header, in seconds. */
  retryAfter?: number;
}

/** An error that is sent to the client as an XML response. */
export class OssError extends Error {
  /** HTTP status code. */
  readonly status: number;
  readonly code: string;
  readonly details: XmlChildren;
  readonly ec: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, options: OssErrorOptions = {}) {
    super(message);
    this.name = 'OssError';
    this.status = status;
    this.code = code;
    this.details = options.details ?? {};
    this.ec = options.ec;
    this.retryAfter = options.retryAfter;
  }

  /** Returns the XML body of the response. */
  toXml(requestId: string, hostId: string): string {
    return xmlDocument('Error', {
      Code: this.code,
      Message: this.message,
      RequestId: requestId,
      HostId: hostId,
      ...this.details,
      EC: this.ec,
    });
  }
}

export const invalidArgument = (message: string, ec?: string): OssError =>
  new OssError(400, 'InvalidArgument', message, ec ? { ec } : {});

export const accessDenied = (message: string, options: OssErrorOptions = {}): OssError =>
  new OssError(403, 'AccessDenied', message, options);

export const noSuchBucket = (bucket: string): OssError =>
  new OssError(404, 'NoSuchBucket', 'The specified bucket does not exist.', {
    details: { BucketName: bucket },
    ec: '0015-00000101',
  });

export const noSuchKey = (key: string): OssError =>
  new OssError(404, 'NoSuchKey', 'The specified key does not exist.', {
    details: { Key: key },
    ec: '0026-00000001',
  });

export const noSuchUpload = (uploadId: string): OssError =>
  new OssError(
    404,
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { details: { UploadId: uploadId }, ec: '0042-00000002' },
  );

export const fileAlreadyExists = (): OssError =>
  new OssError(
    409,
    'FileAlreadyExists',
    'The object you specified already exists and can not be overwritten.',
  );

export const malformedXml = (): OssError =>
  new OssError(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema.',
  );

/** @param details The header or parameter that isn't implemented; empty if it is the operation. */
export const notImplemented = (details: OssErrorOptions['details'] = {}): OssError =>
  new OssError(501, 'NotImplemented', 'The OSS emulator does not implement this request.', { details });
