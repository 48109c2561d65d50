import { config, load, run } from './command.mjs';

const { OSSObject } = load('oss-client');
const client = () =>
  new OSSObject({
    region: `oss-${config.region}`,
    endpoint: config.endpoint,
    bucket: config.bucket,
    accessKeyId: config.accessKeyId,
    accessKeySecret: config.accessKeySecret,
  });

await run(
  {
    put: (key, path) => client().put(key, path),
    get: (key, path) => client().get(key, path),
    async list(prefix) {
      const { objects } = await client().list({ prefix, 'max-keys': 1000 });
      return objects.map(({ name }) => name);
    },
    'sign-url': (key) => client().signatureUrl(key, { expires: 60 }),
    delete: (key) => client().delete(key),
  },
  ({ name, code }) => `${name} ${code}`,
);
