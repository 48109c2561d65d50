import { Upload } from 'tus-js-client';
import type { PageModule } from '../protocol.js';
import { inParallel } from './in-parallel.js';

const upload: PageModule['upload'] = (files, { receiver, prefix, filesInFlight }) => {
  let current: Upload | undefined;
  const done = inParallel(
    files,
    filesInFlight,
    (file) =>
      new Promise((resolve, reject) => {
        current = new Upload(file, {
          endpoint: `${receiver}/tus/`,
          metadata: { filename: prefix + file.name },
          onSuccess: resolve,
          onError: reject,
        });
        current.start();
      }),
  );
  return { done, pause: () => void current?.abort(), resume: () => current?.start() };
};

export { upload };
