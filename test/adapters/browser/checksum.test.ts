import { expect } from '@open-wc/testing';
import { createChecksum } from '../../../src/adapters/browser/checksum.js';
import { workerName } from '../../../src/adapters/browser/crc64-worker.js';
import type { UploadError } from '../../../src/core/errors.js';
import { crc64OfBlob } from '../../../src/core/crc64.js';
import { makeFile } from '../../support/uploads.js';

const workerUrl = new URL('../../../src/adapters/browser/crc64-worker.js', import.meta.url);
const neverAborted = new AbortController().signal;

/** Creates a checksum that records the workers it starts. */
function createRecordingChecksum() {
  const workers: Worker[] = [];
  const checksum = createChecksum(async () => {
    const worker = new Worker(workerUrl, { type: 'module', name: workerName });
    workers.push(worker);
    return worker;
  });
  return { checksum, workers };
}

/** Starts a worker that runs this script. */
function scriptWorker(script: string): Worker {
  return new Worker(URL.createObjectURL(new Blob([script])));
}

/** The script of a worker that starts to respond after three seconds. Every checksum is 7. */
const answerLate = String(() => {
  const queue: MessageEvent<{ type: string; id: number }>[] = [];
  const answer = ({ data: { type, id } }: (typeof queue)[number]) =>
    postMessage(type === 'ping' ? { type: 'pong' } : { type: 'done', id, crc64: 7n });
  onmessage = (event: (typeof queue)[number]) => queue.push(event);
  setTimeout(() => {
    onmessage = answer as typeof onmessage;
    for (const event of queue) answer(event);
  }, 3_000);
});

/** Counts the tasks that run on the main thread, until the returned function is called. */
function countTasks(): () => number {
  const { port1, port2 } = new MessageChannel();
  let count = 0;
  port1.onmessage = () => {
    count++;
    port2.postMessage(undefined);
  };
  port2.postMessage(undefined);
  return () => {
    port1.close();
    return count;
  };
}

describe('checksum', () => {
  it('computes the CRC-64 of a Blob in a worker', async () => {
    const { checksum, workers } = createRecordingChecksum();
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
    expect(workers).to.have.length(1);
  });

  it('starts no worker for small files', async () => {
    const { checksum, workers } = createRecordingChecksum();
    const file = makeFile(10_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
    expect(workers).to.have.length(0);
  });

  it('shares one worker between concurrent calls', async () => {
    const { checksum, workers } = createRecordingChecksum();
    const files = [200_000, 300_000, 400_000].map((size) => makeFile(size));
    const checksums = await Promise.all(files.map((file) => checksum.crc64(file, neverAborted)));
    expect(checksums).to.deep.equal(await Promise.all(files.map((file) => crc64OfBlob(file))));
    expect(workers).to.have.length(1);
  });

  it('rejects with the reason of its signal', async () => {
    const { checksum } = createRecordingChecksum();
    const controller = new AbortController();
    const result = checksum.crc64(makeFile(1_000_000), controller.signal);
    controller.abort(new Error('stopped'));
    const error: unknown = await result.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'stopped');
  });

  it('computes on the main thread if the worker can’t be created', async () => {
    const checksum = createChecksum(async () => {
      throw new DOMException('no', 'SecurityError');
    });
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
  });

  it('computes on the main thread if the worker script can’t be loaded', async () => {
    const checksum = createChecksum(async () => new Worker('/not-there.js', { type: 'module' }));
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
  });

  it('computes on the main thread within two seconds if the worker never responds', async () => {
    const checksum = createChecksum(async () => scriptWorker(''));
    const file = makeFile(300_000);
    const startedAt = performance.now();
    const first = await checksum.crc64(file, neverAborted);
    const delay = performance.now() - startedAt;
    const second = await checksum.crc64(file, neverAborted);
    const secondDelay = performance.now() - startedAt - delay;
    const expected = await crc64OfBlob(file);
    expect([first, second]).to.deep.equal([expected, expected]);
    expect(delay).to.be.within(1_900, 2_900);
    expect(secondDelay).to.be.below(500);
  });

  it('uses a worker whose script was loaded late', async () => {
    const script = URL.createObjectURL(new Blob([`(${answerLate})()`]));
    const checksum = createChecksum(async () => new Worker(script));
    const file = makeFile(200_000);
    const early = await checksum.crc64(file, neverAborted);
    let late = early;
    while (late === early) late = await checksum.crc64(file, neverAborted);
    expect([early, late]).to.deep.equal([await crc64OfBlob(file), 7n]);
  });

  it('computes on the main thread if the worker is terminated, and then starts another one', async () => {
    const { checksum, workers } = createRecordingChecksum();
    const file = makeFile(300_000);
    await checksum.crc64(file, neverAborted);
    workers[0]!.terminate();
    const expected = await crc64OfBlob(file);
    const results = [await checksum.crc64(file, neverAborted), await checksum.crc64(file, neverAborted)];
    expect([results, workers.length]).to.deep.equal([[expected, expected], 2]);
  });

  for (const type of ['error', 'messageerror']) {
    it(`computes on the main thread after the worker’s \`${type}\` event`, async () => {
      const { checksum, workers } = createRecordingChecksum();
      const file = makeFile(300_000);
      const result = checksum.crc64(file, neverAborted);
      workers[0]!.terminate();
      workers[0]!.dispatchEvent(new Event(type));
      expect(await result).to.equal(await crc64OfBlob(file));
    });
  }

  it('computes on the main thread what the worker can’t compute', async () => {
    const checksum = createChecksum(async () =>
      scriptWorker('onmessage = ({ data: { id } }) => id && postMessage({ type: "failed", id })'),
    );
    const file = makeFile(300_000);
    expect(await checksum.crc64(file, neverAborted)).to.equal(await crc64OfBlob(file));
  });

  it('lets a living worker take any time', async () => {
    const checksum = createChecksum(async () =>
      scriptWorker(`onmessage = ({ data: { type, id } }) => {
        if (type === 'ping') postMessage({ type: 'pong' });
        else setTimeout(() => postMessage({ type: 'done', id, crc64: 7n }), 3_000);
      }`),
    );
    expect(await checksum.crc64(makeFile(200_000), neverAborted)).to.equal(7n);
  });

  it('lets other tasks run while it computes on the main thread', async () => {
    const checksum = createChecksum(async () => {
      throw new DOMException('no', 'SecurityError');
    });
    const bytes = new Uint8Array(64e6);
    const file = new Blob([bytes]);
    // Firefox reads a file in memory as one chunk.
    file.stream = () =>
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(bytes.slice());
          controller.close();
        },
      });
    const stop = countTasks();
    await Promise.all([1, 2, 3].map(() => checksum.crc64(file, neverAborted)));
    expect(stop()).to.be.above(3);
  });

  it('rejects with file-unreadable if the file can’t be read', async () => {
    const checksum = createChecksum(async () => {
      throw new DOMException('no', 'SecurityError');
    });
    const unreadable = new Blob(['x']);
    unreadable.stream = () => {
      throw new DOMException('gone', 'NotReadableError');
    };
    const error = (await checksum
      .crc64(unreadable, neverAborted)
      .catch((thrown: unknown) => thrown)) as UploadError;
    expect(error.code).to.equal('file-unreadable');
  });
});
