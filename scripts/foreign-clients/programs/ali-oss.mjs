import { existsSync } from 'node:fs';
import { config, load, readFile, run, writeFile } from './command.mjs';

const OSS = load('ali-oss');
const client = () =>
  new OSS({
    region: `oss-${config.region}`,
    endpoint: config.endpoint,
    bucket: config.bucket,
    accessKeyId: config.accessKeyId,
    accessKeySecret: config.accessKeySecret,
    stsToken: config.securityToken,
    authorizationV4: true,
  });

await run(
  {
    async 'assume-role'() {
      const { accessKeyId, accessKeySecret, sts } = config;
      const client = new OSS.STS({ accessKeyId, accessKeySecret, endpoint: sts.endpoint });
      const { credentials } = await client.assumeRole(sts.roleArn, sts.policy, 900, 'ali-oss');
      return credentials;
    },
    put: (key, path) => client().put(key, path),
    multipart: (key, path) => client().multipartUpload(key, path, { partSize: config.partSize }),
    async resume(key, path, checkpointPath) {
      const checkpoint = existsSync(checkpointPath) && {
        ...JSON.parse(await readFile(checkpointPath, 'utf8')),
        file: path,
      };
      await client().multipartUpload(key, path, {
        partSize: config.partSize,
        parallel: 1,
        ...(checkpoint && { checkpoint }),
        progress: (_ratio, state) => state && writeFile(checkpointPath, JSON.stringify(state)),
      });
    },
    get: (key, path) => client().get(key, path),
    async list(prefix) {
      const { objects } = await client().listV2({ prefix, 'max-keys': 1000 });
      return objects.map(({ name }) => name);
    },
    'sign-url': (key) => client().signatureUrlV4('GET', 60, undefined, key),
    delete: (key) => client().delete(key),
  },
  ({ name }) => name,
);
