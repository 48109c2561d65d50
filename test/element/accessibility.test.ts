import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  film,
  leaveUnfinished,
  makeFile,
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

async function visit(name: string, set?: Partial<TestUpload>): Promise<TestUpload> {
  const world = new World();
  await prepared[name]?.(world);
  return createElement(set, world);
}

const states: Record<string, (element: TestUpload) => Promise<void>> = {
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
    element.env.sleepless = false;
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
};

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

for (const scheme of ['light', 'dark']) {
  describe(`in a ${scheme} page`, () => {
    for (const [name, reach] of Object.entries(states)) {
      it(`is accessible while ${name}`, async () => {
        const element = await visit(name);
        const { style } = element.parentElement!;
        style.colorScheme = scheme;
        style.color = 'CanvasText';
        style.background = 'Canvas';
        await reach(element);
        await expect(element).to.be.accessible();
      });
    }
  });
}

describe('in tight places', () => {
  for (const name of Object.keys(states)) {
    it(`nothing sticks out at 200 pixels while ${name}`, async () => {
      const element = await visit(name, { maxSize: '5GB' });
      element.parentElement!.style.inlineSize = '200px';
      await states[name]!(element);
      const { right } = element.getBoundingClientRect();
      const outside = [
        ...(element.shadowRoot?.querySelectorAll('button, p, span, li, summary') ?? []),
      ].filter((node) => !node.closest('[part~=file-name]') && node.getBoundingClientRect().right > right);
      expect(outside).to.be.empty;
    });
  }

  it('buttons are large enough to hit', async () => {
    const element = await createElement();
    element.style.fontSize = '10px';
    await states.ready!(element);
    const { width, height } = part(element, 'remove-button').getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });

  it('it has a width of its own where the page leaves it the choice', async () => {
    const element = await createElement();
    element.parentElement!.style.display = 'flex';
    expect(element.getBoundingClientRect().width).to.be.greaterThan(200);
  });
});
