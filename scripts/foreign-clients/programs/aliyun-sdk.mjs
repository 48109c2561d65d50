import { config, load, readFile, readParts, run, writeFile } from './command.mjs';

const ALY = load('aliyun-sdk');
const Bucket = config.bucket;
// The client prefixes its endpoint with the bucket on each request, so every request needs a new client.
const send = (operation, parameters) => {
  const client = new ALY.OSS({
    accessKeyId: config.accessKeyId,
    secretAccessKey: config.accessKeySecret,
    securityToken: config.securityToken,
    endpoint: config.endpoint,
    apiVersion: '2013-10-15',
  });
  return promise((callback) => client[operation]({ Bucket, ...parameters }, callback));
};
const promise = (start) =>
  new Promise((resolve, reject) => start((error, data) => (error ? reject(error) : resolve(data))));

await run(
  {
    async 'assume-role'() {
      const sts = new ALY.STS({
        accessKeyId: config.accessKeyId,
        secretAccessKey: config.accessKeySecret,
        endpoint: config.sts.endpoint,
        apiVersion: '2015-04-01',
      });
      const parameters = {
        Action: 'AssumeRole',
        RoleArn: config.sts.roleArn,
        Policy: JSON.stringify(config.sts.policy),
        DurationSeconds: 900,
        RoleSessionName: 'aliyun-sdk',
      };
      return (await promise((callback) => sts.assumeRole(parameters, callback))).Credentials;
    },
    put: async (key, path) => send('putObject', { Key: key, Body: await readFile(path) }),
    async multipart(key, path) {
      const { UploadId } = await send('createMultipartUpload', { Key: key });
      const Parts = [];
      for (const Body of await readParts(path)) {
        const PartNumber = Parts.length + 1;
        const { ETag } = await send('uploadPart', {
          Key: key,
          UploadId,
          PartNumber: String(PartNumber),
          Body,
        });
        Parts.push({ PartNumber, ETag });
      }
      await send('completeMultipartUpload', { Key: key, UploadId, CompleteMultipartUpload: { Parts } });
    },
    async get(key, path) {
      const { Body } = await send('getObject', { Key: key });
      await writeFile(path, Body);
    },
    async list(prefix) {
      const { Contents } = await send('listObjects', { Prefix: prefix, MaxKeys: '1000' });
      return Contents.map(({ Key }) => Key);
    },
    'sign-url': (key) => {
      const client = new ALY.OSS({
        accessKeyId: config.accessKeyId,
        secretAccessKey: config.accessKeySecret,
        securityToken: config.securityToken,
        endpoint: config.endpoint,
        apiVersion: '2013-10-15',
      });
      return client.getSignedUrl('getObject', { Bucket, Key: key, Expires: 60 });
    },
    delete: (key) => send('deleteObject', { Key: key }),
  },
  ({ code }) => code,
);
