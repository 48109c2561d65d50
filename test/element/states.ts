// The element in each of its states, as tests look at it.
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  drag,
  film,
  leaveUnfinished,
  makeFile,
  CONFIRM_DISCARD_BYTES,
  one,
  part,
  PART,
  pick,
  pickOne,
  statusIs,
  World,
  type TestUpload,
} from './support.js';

const size = 10 * PART;

/** What has to be there before the element is. */
const prepared: Record<string, Visit['prepare']> = {};

/** An element on its way to a state. */
export async function visit(name: string, set?: Partial<TestUpload>): Promise<TestUpload> {
  const world = new World();
  await prepared[name]?.(world);
  return createElement(set, world);
}

export const states: Record<string, (element: TestUpload) => Promise<void>> = {
  idle: () => Promise.resolve(),
  ready: (element) => pickOne(element, makeFile(size)),
  uploading: async (element) => {
    await pickOne(element, makeFile(size));
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    await statusIs(element, 'uploading');
  },
  waiting: async (element) => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.oss.fail('uploadPart', () => new UploadError('throttled'));
    element.start();
    await statusIs(element, 'waiting');
  },
  paused: async (element) => {
    await states.uploading!(element);
    element.pause();
    await statusIs(element, 'paused');
  },
  succeeded: async (element) => {
    await pickOne(element, makeFile(size));
    element.start();
    await statusIs(element, 'succeeded');
  },
  failed: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.fail('uploadPart', () => new UploadError('access-denied', { requestId: 'ID' }));
    element.start();
    await statusIs(element, 'failed');
  },
  'refusing a file': async (element) => {
    element.accept = '.mp4';
    await element.addFiles([new File([], 'note.txt')]);
    await element.updateComplete;
  },
  preparing: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.hold('createUpload');
    element.start();
    await statusIs(element, 'preparing');
  },
  completing: async (element) => {
    await pickOne(element, makeFile(size));
    element.oss.hold('completeUpload');
    element.start();
    await statusIs(element, 'completing');
  },
  cancelled: async (element) => {
    await states.uploading!(element);
    await element.cancel();
    await statusIs(element, 'cancelled');
  },
  offline: async (element) => {
    await pickOne(element, makeFile(size));
    element.env.autoAdvance = false;
    element.env.online = false;
    element.oss.fail('uploadPart', () => new UploadError('network'));
    element.start();
    await statusIs(element, 'waiting');
  },
  'confirming whether much may be lost': async (element) => {
    element.partSize = CONFIRM_DISCARD_BYTES.partSize;
    const held = element.oss.hold('uploadPart', CONFIRM_DISCARD_BYTES.stopAt);
    await pickOne(element, CONFIRM_DISCARD_BYTES.file);
    element.start();
    await held.reached;
    await statusIs(element, 'uploading');
    part(element, 'cancel-button').click();
    await element.updateComplete;
  },
  'welcoming what is dragged': async (element) => {
    drag(element, 'dragover', [new File(['x'], 'a.mp4', { type: 'video/mp4' })]);
    await element.updateComplete;
  },
  'refusing what is dragged': async (element) => {
    element.accept = 'image/*';
    drag(element, 'dragover', [new File(['x'], 'a.mp4', { type: 'video/mp4' })]);
    await element.updateComplete;
  },
  disabled: async (element) => {
    element.disabled = true;
    await element.updateComplete;
  },
  'several files are ready': (element) => pickSeveral(element),
  'several files are under way': async (element) => {
    await pickSeveral(element);
    const held = element.oss.hold('uploadPart', 2);
    element.concurrentFiles = 1;
    element.start();
    await held.reached;
    await statusIs(element, 'uploading');
  },
  'one of several files has failed': async (element) => {
    await pickSeveral(element);
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    element.start();
    await statusIs(element, 'failed');
  },
  'several files are stored': async (element) => {
    await pickSeveral(element);
    element.start();
    await statusIs(element, 'succeeded');
  },
  'a long list is ready': async (element) => {
    element.multiple = true;
    await element.addFiles(Array.from({ length: 60 }, (_, index) => new File([], `${index}.txt`)));
    await element.updateComplete;
  },
  'a folder is asked for': async (element) => {
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
  prepare: (world: World) => Promise<void> | void;
  reach: (element: TestUpload) => Promise<void>;
}

const visits: Record<string, Visit> = {
  'an earlier upload wants its file': {
    prepare: (world) => leaveUnfinished(world),
    reach: (element) => statusIs(element, 'resumable'),
  },
  'an earlier upload can be resumed': {
    prepare: (world) => leaveUnfinished(world, { handle: { file: film } }),
    reach: (element) => statusIs(element, 'resumable'),
  },
  'another file was chosen': {
    prepare: (world) => leaveUnfinished(world),
    reach: async (element) => {
      await statusIs(element, 'resumable');
      one(element, '.item [part~=browse-button]').click();
      pick(element, makeFile(PART, 'a-name-that-is-quite-long-and-goes-on.mp4'));
      await element.updateComplete;
    },
  },
  'another tab is busy': {
    prepare: (world) => {
      world.locks = {
        isHeld: () => Promise.resolve(false),
        acquire: (_name, _signal, onWait) => {
          onWait();
          return new Promise(() => {});
        },
      };
    },
    reach: async (element) => {
      await pickOne(element, makeFile(size));
      element.start();
      await statusIs(element, 'waiting');
    },
  },
  'nothing can be kept': {
    prepare: (world) => {
      const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
      world.store = { list: full, find: full, save: full, addPart: full, remove: full };
    },
    reach: (element) => states.paused!(element),
  },
  'the file can’t be read': {
    prepare: (world) => world.oss.fail('uploadPart', () => new UploadError('file-unreadable'), { number: 5 }),
    reach: async (element) => {
      await pickOne(element, makeFile(size));
      element.start();
      await statusIs(element, 'failed');
    },
  },
};
for (const [name, { prepare, reach }] of Object.entries(visits)) {
  prepared[name] = prepare;
  states[name] = reach;
}
