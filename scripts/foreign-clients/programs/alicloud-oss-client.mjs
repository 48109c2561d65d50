import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { config, load, readParts, run } from './command.mjs';

const oss = load('@alicloud/oss-client');
const { RuntimeOptions } = load('@alicloud/tea-util');
const bucketName = config.bucket;
const send = (operation, Request, parameters) => {
  const client = new oss.default(
    new oss.Config({
      type: config.securityToken ? 'sts' : 'access_key',
      accessKeyId: config.accessKeyId,
      accessKeySecret: config.accessKeySecret,
      securityToken: config.securityToken,
      endpoint: new URL(config.endpoint).host,
      regionId: config.region,
      protocol: 'http',
      // The default is V2, which the local OSS doesn't implement.
      signatureVersion: 'V1',
    }),
  );
  return client[operation](new Request({ bucketName, ...parameters }), new RuntimeOptions({}));
};

await run(
  {
    put: (key, path) =>
      send('putObject', oss.PutObjectRequest, { objectName: key, body: createReadStream(path) }),
    async multipart(objectName, path) {
      const { initiateMultipartUploadResult } = await send(
        'initiateMultipartUpload',
        oss.InitiateMultipartUploadRequest,
        { objectName, filter: new oss.InitiateMultipartUploadRequestFilter({}) },
      );
      const { uploadId } = initiateMultipartUploadResult;
      const part = [];
      for (const body of await readParts(path)) {
        const partNumber = String(part.length + 1);
        const { eTag } = await send('uploadPart', oss.UploadPartRequest, {
          objectName,
          body: Readable.from([body]),
          filter: new oss.UploadPartRequestFilter({ partNumber, uploadId }),
        });
        part.push(
          new oss.CompleteMultipartUploadRequestBodyCompleteMultipartUploadPart({ partNumber, eTag }),
        );
      }
      await send('completeMultipartUpload', oss.CompleteMultipartUploadRequest, {
        objectName,
        filter: new oss.CompleteMultipartUploadRequestFilter({ uploadId }),
        body: new oss.CompleteMultipartUploadRequestBody({
          completeMultipartUpload: new oss.CompleteMultipartUploadRequestBodyCompleteMultipartUpload({
            part,
          }),
        }),
      });
    },
    async get(key, path) {
      const { body } = await send('getObject', oss.GetObjectRequest, { objectName: key });
      await pipeline(body, createWriteStream(path));
    },
    async list(prefix) {
      const filter = new oss.GetBucketRequestFilter({ prefix, maxKeys: '1000' });
      const { listBucketResult } = await send('getBucket', oss.GetBucketRequest, { filter });
      return listBucketResult.contents.map(({ key }) => key);
    },
    delete: (key) => send('deleteObject', oss.DeleteObjectRequest, { objectName: key }),
  },
  ({ name, code, data }) => code ?? data?.Code ?? name,
);
