import { config, load, readFile, readParts, run, writeFile } from './command.mjs';

const { Operator } = load('opendal');
const operator = () =>
  new Operator('oss', {
    bucket: config.bucket,
    endpoint: config.endpoint,
    region: config.region,
    access_key_id: config.accessKeyId,
    access_key_secret: config.accessKeySecret,
    ...(config.securityToken && { security_token: config.securityToken }),
  });

await run(
  {
    put: async (key, path) => void (await operator().write(key, await readFile(path))),
    async multipart(key, path) {
      const writer = await operator().writer(key, { chunk: BigInt(config.partSize) });
      for (const part of await readParts(path)) await writer.write(part);
      await writer.close();
    },
    get: async (key, path) => writeFile(path, await operator().read(key)),
    list: async (prefix) => (await operator().list(prefix)).map((entry) => entry.path()),
    'sign-url': async (key) => (await operator().presignRead(key, 60)).url,
    delete: (key) => operator().delete(key),
  },
  ({ code, message }) => /^(\w+) \((?:permanent|temporary|persistent)\)/.exec(message)?.[1] ?? code,
);
