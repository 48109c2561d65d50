import { UpChunk } from '@mux/upchunk';
import type { PageModule } from '../protocol.js';
import { inParallel } from './in-parallel.js';

const upload: PageModule['upload'] = (files, { receiver, prefix, filesInFlight }) => {
  let current: UpChunk | undefined;
  const done = inParallel(
    files,
    filesInFlight,
    (file) =>
      new Promise((resolve, reject) => {
        current = UpChunk.createUpload({ endpoint: `${receiver}/chunks/${prefix}${file.name}`, file });
        current.on('success', () => resolve());
        current.on('error', ({ detail }) => reject(new Error(detail.message)));
      }),
  );
  return { done, pause: () => current?.pause(), resume: () => current?.resume() };
};

export { upload };
