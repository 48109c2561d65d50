// Uppy with its S3 plugin, whose requests to OSS the page's server signs.
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import type { PageModule, SignRequest } from '../protocol.js';
import { sign } from './sign.js';

/** What the plugin wants to have signed. */
interface PluginRequest {
  method: string;
  key: string;
  uploadId?: string;
  partNumber?: number;
  contentType?: string;
}

/** The types of bodies that the plugin sends with this header, which is part of the signature. */
const STREAM = 'application/octet-stream';
const XML = 'application/xml';

function toSignRequest({ method, key, uploadId, partNumber, contentType }: PluginRequest): SignRequest {
  if (partNumber !== undefined)
    return { method, key, queries: { partNumber: String(partNumber), uploadId: uploadId! } };
  if (method === 'POST') {
    return uploadId === undefined
      ? { method, key, queries: { uploads: null }, contentType: STREAM }
      : { method, key, queries: { uploadId }, contentType: XML };
  }
  if (uploadId !== undefined) return { method, key, queries: { uploadId } };
  return { method, key, contentType: contentType ?? STREAM };
}

const upload: PageModule['upload'] = (files, { prefix }) => {
  const uppy = new Uppy().use(AwsS3, {
    shouldUseMultipart: files.length === 1,
    generateObjectKey: ({ name }: { name: string }) => prefix + name,
    signRequest: async (request: PluginRequest) => {
      const [url] = await sign([toSignRequest(request)]);
      return { url };
    },
  });
  uppy.addFiles(files.map((file) => ({ name: file.name, type: STREAM, data: file })));
  const done = uppy.upload().then((result) => {
    const [failed] = result?.failed ?? [];
    if (failed) throw new Error(failed.error ?? 'The upload failed.');
  });
  return { done, pause: () => uppy.pauseAll(), resume: () => uppy.resumeAll() };
};

export { upload };
