// PostObject: an upload by an HTML form. Source: OSS API reference, "PostObject" and "Callback".

import { createHash, randomBytes } from 'node:crypto';
import { parseCallback, type Callback } from './callback.js';
import { checkOnlyFile, type Form } from './form.js';
import { MultipartReader } from './multipart-form.js';
import { storeObject } from './object-operations.js';
import { checkContentMd5, parseContentMd5 } from './object-settings.js';
import type { OssRequest, OssResponse } from './oss-message.js';
import { checkPostPolicy, checkSize, type SizeRange } from './post-policy.js';
import { percentEncode } from './signature.js';
import type { StoredObject } from './store.js';
import { xmlDocument } from './xml.js';

export async function postObject(request: OssRequest): Promise<OssResponse> {
  const { form } = request;
  if (!form) throw new TypeError('The request has no form.');
  const { fields, contentType } = form;
  const values = new Map([...fields, ['bucket', request.bucket], ['content-type', contentType]]);
  const sizes = checkPostPolicy(fields.get('policy') ?? '', values, request.time);
  const contentMd5 = parseContentMd5(request.headers);
  const { object, callbackBody } = await storeObject(request, {
    content: readFile(request, form, sizes, contentMd5),
    callback: callbackOf(fields),
    // OSS doesn't use the MD5, unlike for other objects.
    etag: randomBytes(16).toString('hex').toUpperCase(),
  });
  const headers = {
    ETag: `"${object.etag}"`,
    'x-oss-hash-crc64ecma': String(object.crc64),
    ...object.settings.encryption,
  };
  if (callbackBody !== undefined) {
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: callbackBody };
  }
  const response = successResponse(request, object, fields);
  return { ...response, headers: { ...headers, ...response.headers } };
}

function callbackOf(fields: ReadonlyMap<string, string>): Callback | undefined {
  const callback = parseCallback(fields.get('callback'), undefined);
  const variables = [...fields].filter(([name]) => name.startsWith('x:'));
  return callback && { ...callback, custom: Object.fromEntries(variables) };
}

/** Returns the content of the file, and checks the rest of the form. */
async function* readFile(
  { body }: OssRequest,
  { boundary, filePosition }: Form,
  sizes: SizeRange,
  contentMd5: Buffer | undefined,
): AsyncGenerator<Buffer> {
  const md5 = contentMd5 && createHash('md5');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      md5?.update(chunk);
      yield chunk;
    }
  }
  const reader = await MultipartReader.resume(hashed(), boundary, filePosition);
  yield* checkSize(reader.content(), sizes);
  await checkOnlyFile(reader);
  await reader.drain();
  checkContentMd5(contentMd5, md5?.digest());
}

function successResponse(
  { bucket, url }: OssRequest,
  { key, etag }: StoredObject,
  fields: ReadonlyMap<string, string>,
): OssResponse {
  const redirect = fields.get('success_action_redirect') ?? '';
  if (URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag: `"${etag}"` }))
      target.searchParams.set(name, value);
    return { status: 303, headers: { Location: target.href }, body: '' };
  }
  switch (fields.get('success_action_status')) {
    case '200':
      return { status: 200, body: '' };
    case '201': {
      const Location = `${url.replace(/\/?$/, '/')}${percentEncode(key).replaceAll('%2F', '/')}`;
      const body = xmlDocument('PostResponse', { Bucket: bucket, ETag: `"${etag}"`, Key: key, Location });
      return { status: 201, headers: { 'Content-Type': 'application/xml' }, body };
    }
    default:
      return { status: 204 };
  }
}
