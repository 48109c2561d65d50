import { expect } from '@open-wc/testing';
import { ResilientStore, type Write } from '../../src/core/checkpoints/resilient-store.js';
import { TIME_LIMIT } from '../../src/core/time-limit.js';
import { makeStoredUpload } from '../support/checkpoint-store-contract.js';
import { UnreliableStore } from '../support/unreliable-store.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

/** Longer than the longest delay before a retry, in milliseconds. */
const MINUTE = 60_000;

describe('a store that fails or doesn’t answer', () => {
  const upload = makeStoredUpload();
  let store: UnreliableStore;
  let env: VirtualEnvironment;
  let resilient: ResilientStore;
  /** Reports to the observer, in order. */
  let reports: string[];

  beforeEach(() => {
    store = new UnreliableStore();
    env = new VirtualEnvironment();
    reports = [];
    resilient = new ResilientStore(() => store, env, {
      onFailure: (cause) => reports.push((cause as Error).name),
      onRecovery: () => reports.push('recovered'),
    });
  });

  const saveUpload: Write = (target) => target.save(upload);
  const save = () => resilient.save(upload.id, saveUpload);
  const saved = async () => (await store.memory.list()).map(({ upload: { id } }) => id);
  /** Lets operations that have been answered continue. */
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  it('delays a read for two seconds at most', async () => {
    store.mode = 'silent';
    const found = resilient.find('any');
    env.advance(TIME_LIMIT);
    expect([await found, reports]).to.deep.equal([undefined, ['TimeoutError']]);
  });

  it('delays no further operation while it is silent', async () => {
    store.mode = 'silent';
    const list = resilient.list();
    env.advance(TIME_LIMIT);
    await list;
    const results = [await resilient.list(), await resilient.find('any'), await save()];
    expect([results, store.calls]).to.deep.equal([[undefined, undefined, undefined], ['list']]);
  });

  for (const mode of ['fail', 'silent'] as const) {
    it(`isn’t read forever if it never works (${mode})`, async () => {
      store.mode = mode;
      const wait = async () => {
        env.advance(MINUTE);
        await settle();
        env.advance(TIME_LIMIT);
        await settle();
      };
      void resilient.list();
      for (let minute = 1; minute <= 20; minute++) await wait();
      const calls = store.calls.length;
      await wait();
      expect(store.calls.length).to.equal(calls);
    });

    it(`is used for what must be saved although reading has failed for long (${mode})`, async () => {
      store.mode = mode;
      void resilient.list();
      for (let minute = 1; minute <= 20; minute++) {
        env.advance(MINUTE);
        await settle();
        env.advance(TIME_LIMIT);
        await settle();
      }
      store.mode = 'work';
      await save();
      env.advance(MINUTE);
      await settle();
      expect([await saved(), reports.at(-1)]).to.deep.equal([[upload.id], 'recovered']);
    });
  }

  it('doesn’t delay operations that start before another one has timed out', async () => {
    store.mode = 'silent';
    const list = resilient.list();
    store.mode = 'work';
    await save();
    store.release();
    await list;
    expect([await saved(), reports]).to.deep.equal([[upload.id], []]);
  });

  it('is read again after it has failed', async () => {
    await save();
    store.mode = 'fail';
    const failed = await resilient.find(upload.fingerprint);
    store.mode = 'work';
    const found = await resilient.find(upload.fingerprint);
    expect([failed, found?.upload.id]).to.deep.equal([undefined, upload.id]);
    expect(reports).to.deep.equal(['QuotaExceededError', 'recovered']);
  });

  it('tells a missing checkpoint from a failure', async () => {
    expect(await resilient.find('missing')).to.equal(null);
  });

  it('gets the whole checkpoint with the next write after a failure', async () => {
    store.mode = 'fail';
    await save();
    store.mode = 'work';
    await resilient.save(upload.id, saveUpload, (target) =>
      target.addPart(upload.id, { number: 1, etag: 'A' }, 1),
    );
    expect([await saved(), reports]).to.deep.equal([[upload.id], ['QuotaExceededError', 'recovered']]);
  });

  it('gets what it lacks after a delay if nothing else is written', async () => {
    store.mode = 'fail';
    await save();
    store.mode = 'work';
    env.advance(MINUTE);
    await settle();
    expect([await saved(), reports]).to.deep.equal([[upload.id], ['QuotaExceededError', 'recovered']]);
  });

  it('gets what it lacks as soon as it answers', async () => {
    store.mode = 'silent';
    const saving = save();
    env.advance(TIME_LIMIT);
    await saving;
    store.mode = 'work';
    store.release();
    await settle();
    expect([await saved(), reports]).to.deep.equal([[upload.id], ['TimeoutError', 'recovered']]);
  });

  it('is tried again when it only failed to read', async () => {
    store.mode = 'fail';
    await resilient.list();
    store.mode = 'work';
    env.advance(MINUTE);
    await settle();
    expect(reports).to.deep.equal(['QuotaExceededError', 'recovered']);
  });

  it('is tried less and less often', async () => {
    store.mode = 'fail';
    await save();
    for (let second = 0; second < 60; second++) {
      env.advance(1_000);
      await settle();
    }
    expect(store.calls.length).to.be.within(4, 7);
  });

  it('holds no removed checkpoint after a write that lands late', async () => {
    store.mode = 'silent';
    const saving = save();
    env.advance(TIME_LIMIT);
    await saving;
    store.mode = 'work';
    await resilient.remove(upload.id);
    env.advance(MINUTE);
    await settle();
    store.release();
    await settle();
    expect(await saved()).to.deep.equal([]);
  });

  it('holds a checkpoint that was saved again before its removal lands', async () => {
    await save();
    store.mode = 'silent';
    const removing = resilient.remove(upload.id);
    env.advance(TIME_LIMIT);
    await removing;
    store.mode = 'work';
    await resilient.save(upload.id, (target) => target.save({ ...upload, uploadId: 'second' }));
    env.advance(MINUTE);
    await settle();
    store.release();
    await settle();
    expect((await store.memory.list()).map(({ upload: { uploadId } }) => uploadId)).to.deep.equal(['second']);
  });

  it('removes a checkpoint whose removal has failed', async () => {
    await save();
    store.mode = 'fail';
    await resilient.remove(upload.id);
    store.mode = 'work';
    env.advance(MINUTE);
    await settle();
    expect(await saved()).to.deep.equal([]);
  });

  it('reports no recovery while a checkpoint can’t be saved, although it can be read', async () => {
    store.save = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await save();
    await resilient.list();
    await settle();
    expect(reports).to.deep.equal(['QuotaExceededError']);
  });

  it('saves other checkpoints although one can’t be saved', async () => {
    const other = makeStoredUpload();
    const reject = () => Promise.reject(new DOMException('no', 'DataCloneError'));
    await resilient.save(upload.id, reject);
    await resilient.save(other.id, (target) => target.save(other));
    expect(await saved()).to.deep.equal([other.id]);
  });

  it('may throw synchronously', async () => {
    store.find = () => {
      throw new DOMException('no', 'SecurityError');
    };
    expect([await resilient.find('any'), reports]).to.deep.equal([undefined, ['SecurityError']]);
  });
});
