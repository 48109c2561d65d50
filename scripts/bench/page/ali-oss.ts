// The unmodified SDK: `multipartUpload` for a large file, and a loop of `put` for small ones.
import type { SessionCredentials } from '../../../dev/oss-emulator/session-token.js';
import type { PageModule } from '../protocol.js';
import { inParallel } from './in-parallel.js';

interface Sdk {
  put(key: string, file: File): Promise<unknown>;
  multipartUpload(key: string, file: File, options: object): Promise<unknown>;
  cancel(): void;
}
declare const OSS: new (options: object) => Sdk;

let client: Sdk;

const prepare: PageModule['prepare'] = async (_, { endpoint, region, bucket }) => {
  const credentials = (await (await fetch('/credentials')).json()) as SessionCredentials;
  client = new OSS({
    ...{ endpoint, region, bucket },
    accessKeyId: credentials.AccessKeyId,
    accessKeySecret: credentials.AccessKeySecret,
    stsToken: credentials.SecurityToken,
    sldEnable: true,
    authorizationV4: true,
  });
};

const upload: PageModule['upload'] = (files, { prefix, partSize, filesInFlight }) => {
  const [file] = files;
  if (!file || files.length > 1) {
    const done = inParallel(files, filesInFlight, async (each) => {
      await client.put(prefix + each.name, each);
    });
    return { done };
  }
  let checkpoint: unknown;
  let isPaused = false;
  let send!: () => void;
  const progress = (_: number, latest: unknown): void => {
    if (latest) checkpoint = latest;
  };
  const done = new Promise<void>((resolve, reject) => {
    send = () => {
      isPaused = false;
      client.multipartUpload(prefix + file.name, file, { partSize, checkpoint, progress }).then(
        () => resolve(),
        (error: unknown) => {
          if (!isPaused) reject(new Error(String(error)));
        },
      );
    };
  });
  send();
  const pause = (): void => {
    isPaused = true;
    client.cancel();
  };
  return { done, pause, resume: send };
};

export { prepare, upload };
