// Brings the element into each of its states.
import { createPageLocks } from '../../src/adapters/browser/page-locks.js';
import { UploadError } from '../../src/core/index.js';
import { nextFrame } from '../../src/scheduling.js';
import {
  createElement,
  drag,
  film,
  leaveUnfinished,
  makeFile,
  largeUpload,
  query,
  part,
  PART,
  pick,
  pickOne,
  startMixedList,
  waitForStatus,
  TestSetup,
  type TestUpload,
} from './support.js';

const size = 10 * PART;

/** Runs before the element is created. */
const prepared: Record<string, Visit['prepare']> = {};

/** Creates an element for a state; `states` then brings it there. */
export async function visit(name: string, set?: Partial<TestUpload>): Promise<TestUpload> {
  const setup = new TestSetup();
  await prepared[name]?.(setup);
  return createElement(set, setup);
}

export const states: Record<string, (element: TestUpload) => Promise<void>> = {
  idle: () => Promise.resolve(),
  ready: (element) => pickOne(element, makeFile(size)),
  uploading: async (element) => {
    await pickOne(element, makeFile(size));
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    await waitForStatus(element, 'uploading');
  },
  waiting: async (element) => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    element.start();
    await waitForStatus(element, 'waiting');
  },
  paused: async (element) => {
    await states.uploading!(element);
    element.pause();
    await waitForStatus(element, 'paused');
  },
  succeeded: async (element) => {
    await pickOne(element, makeFile(size));
    element.start();
    await waitForStatus(element, 'succeeded');
  },
  failed: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.fail('uploadPart', () => new UploadError('access-denied', { requestId: 'ID' }));
    element.start();
    await waitForStatus(element, 'failed');
  },
  'a stored file of the page': async (element) => {
    element.stored = [{ key: 'films/1/film.mp4', name: 'film.mp4', size: 4e9 }];
    await waitForStatus(element, 'succeeded');
  },
  'rejecting a file': async (element) => {
    element.accept = '.mp4';
    await element.addFiles([new File([], 'note.txt')]);
    await element.updateComplete;
  },
  preparing: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.hold('createUpload');
    element.start();
    await waitForStatus(element, 'preparing');
  },
  completing: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.hold('completeUpload');
    element.start();
    await waitForStatus(element, 'completing');
  },
  cancelled: async (element) => {
    await states.uploading!(element);
    await element.cancel();
    await waitForStatus(element, 'cancelled');
  },
  offline: async (element) => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.env.online = false;
    element.oss.fail('uploadPart', () => new UploadError('network'));
    element.start();
    await waitForStatus(element, 'waiting');
  },
  'confirming a discard': async (element) => {
    element.partSize = largeUpload.partSize;
    const held = element.oss.hold('uploadPart', largeUpload.stopAt);
    await pickOne(element, largeUpload.file);
    element.start();
    await held.reached;
    await waitForStatus(element, 'uploading');
    part(element, 'cancel-button').click();
    await element.updateComplete;
  },
  'accepting a dragged file': async (element) => {
    drag(element, 'dragover', [new File(['x'], 'a.mp4', { type: 'video/mp4' })]);
    await element.updateComplete;
  },
  'refusing a dragged file': async (element) => {
    element.accept = 'image/*';
    drag(element, 'dragover', [new File(['x'], 'a.mp4', { type: 'video/mp4' })]);
    await element.updateComplete;
  },
  'a cancelled upload can be brought back': async (element) => {
    await states.uploading!(element);
    part(element, 'cancel-button').click();
    await element.updateComplete;
  },
  'several cancelled uploads can be brought back': async (element) => {
    await states['several files are uploading']!(element);
    query(element, '.summary [part~=cancel-button]').click();
    await element.updateComplete;
  },
  'a stored file is linked': async (element) => {
    element.showLink = true;
    await states.succeeded!(element);
  },
  'a key was copied': async (element) => {
    await states.succeeded!(element);
    part(element, 'copy-button').click();
    while (!element.shadowRoot!.querySelector('.status code')) await nextFrame();
  },
  disabled: async (element) => {
    element.disabled = true;
    await element.updateComplete;
  },
  'several files are ready': (element) => pickSeveral(element),
  'several files are uploading': async (element) => {
    await pickSeveral(element);
    const held = element.oss.hold('uploadPart', 2);
    element.concurrentFiles = 1;
    element.start();
    await held.reached;
    await waitForStatus(element, 'uploading');
  },
  'one of several files has failed': async (element) => {
    await pickSeveral(element);
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    element.start();
    await waitForStatus(element, 'failed');
  },
  'several files are uploaded': async (element) => {
    await pickSeveral(element);
    element.start();
    await waitForStatus(element, 'succeeded');
  },
  'many files are in different states': async (element) => {
    await startMixedList(element);
  },
  'the uploaded files of a long list are shown': async (element) => {
    await startMixedList(element);
    part(element, 'expand-button').click();
    await element.updateComplete;
  },
  'only failed files are shown': async (element) => {
    await startMixedList(element);
    part(element, 'filter-button').click();
    await element.updateComplete;
  },
  'rejecting files for several reasons': async (element) => {
    Object.assign(element, { multiple: true, accept: '.mp4', maxSize: PART });
    await element.addFiles([
      ...['note.txt', 'a-name-that-is-quite-long-and-does-not-fit.txt'].map((name) => new File([], name)),
      makeFile(2 * PART, 'another-name-that-is-quite-long-and-does-not-fit.mp4'),
    ]);
    await element.updateComplete;
    query<HTMLDetailsElement>(element, '.alerts details').open = true;
  },
  'a long list is ready': async (element) => {
    element.multiple = true;
    await element.addFiles(Array.from({ length: 60 }, (_, index) => new File([], `${index}.txt`)));
    await element.updateComplete;
  },
  'a folder can be chosen': async (element) => {
    element.directory = true;
    await element.updateComplete;
  },
};

async function pickSeveral(element: TestUpload): Promise<void> {
  element.multiple = true;
  await element.addFiles([
    makeFile(3 * PART, 'interview-with-the-director-uncut.mov'),
    makeFile(2 * PART, 'b-roll.mov'),
  ]);
  await element.updateComplete;
}

interface Visit {
  prepare: (setup: TestSetup) => Promise<void> | void;
  reach: (element: TestUpload) => Promise<void>;
}

const visits: Record<string, Visit> = {
  'an earlier upload needs its file': {
    prepare: (setup) => leaveUnfinished(setup),
    reach: (element) => waitForStatus(element, 'resumable'),
  },
  'an earlier upload can be resumed': {
    prepare: (setup) => leaveUnfinished(setup, { handle: { file: film } }),
    reach: (element) => waitForStatus(element, 'resumable'),
  },
  'another file was chosen': {
    prepare: (setup) => leaveUnfinished(setup),
    reach: async (element) => {
      await waitForStatus(element, 'resumable');
      query(element, '.item [part~=browse-button]').click();
      pick(element, makeFile(PART, 'a-name-that-is-quite-long-and-does-not-fit.mp4'));
      await element.updateComplete;
    },
  },
  'another tab is uploading the file': {
    prepare: (setup) => {
      setup.locks = {
        ...createPageLocks(),
        acquire: (_name, _signal, onWait) => {
          onWait();
          return new Promise(() => {});
        },
      };
    },
    reach: async (element) => {
      await pickOne(element, makeFile(size));
      element.start();
      await waitForStatus(element, 'waiting');
    },
  },
  'progress can’t be stored': {
    prepare: (setup) => {
      const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
      setup.store = { list: full, find: full, save: full, addPart: full, remove: full };
    },
    reach: (element) => states.paused!(element),
  },
  'the file is unreadable': {
    prepare: (setup) => setup.oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 5 }),
    reach: async (element) => {
      await pickOne(element, makeFile(size));
      element.start();
      await waitForStatus(element, 'failed');
    },
  },
};
for (const [name, { prepare, reach }] of Object.entries(visits)) {
  prepared[name] = prepare;
  states[name] = reach;
}
