import { expect } from '@open-wc/testing';
import type { Locks, Release } from '../../src/core/ports.js';
import { resilientLocks } from '../../src/core/resilient-locks.js';
import { TIME_LIMIT } from '../../src/core/time-limit.js';
import { VirtualEnvironment } from '../support/virtual-environment.js';

const neverAborted = new AbortController().signal;
const never = () => new Promise<never>(() => {});
const ignore = () => {};

describe('locks that fail or don’t answer', () => {
  let env: VirtualEnvironment;
  const create = (locks: Partial<Locks>) =>
    resilientLocks({ acquire: never, claim: never, claimed: never, ...locks }, env);

  beforeEach(() => {
    env = new VirtualEnvironment();
  });

  it('delay an upload for two seconds at most', async () => {
    const acquiring = create({}).acquire('film', neverAborted, ignore);
    env.advance(TIME_LIMIT);
    const release = await acquiring;
    expect(await release()).to.equal(undefined);
  });

  it('delay only the first upload', async () => {
    const locks = create({});
    const first = locks.acquire('film', neverAborted, ignore);
    env.advance(TIME_LIMIT);
    await first;
    await locks.acquire('song', neverAborted, ignore);
    expect((await locks.claimed()).size).to.equal(0);
  });

  it('are waited for again after one was answered', async () => {
    let answer: () => void = ignore;
    const held: string[] = [];
    const locks = create({
      acquire: async (name) => {
        if (name === 'film') await new Promise<void>((resolve) => (answer = resolve));
        held.push(name);
        return ignore;
      },
    });
    const first = locks.acquire('film', neverAborted, ignore);
    env.advance(TIME_LIMIT);
    await first;
    answer();
    await first;
    await locks.acquire('song', neverAborted, ignore);
    expect(held).to.deep.equal(['film', 'song']);
  });

  it('are released when they are granted after the upload has ended', async () => {
    let grant!: (release: Release) => void;
    const locks = create({ acquire: () => new Promise((resolve) => (grant = resolve)) });
    const acquiring = locks.acquire('film', neverAborted, ignore);
    env.advance(TIME_LIMIT);
    void (await acquiring)();
    await new Promise<void>((resolve) => grant(resolve));
  });

  it('don’t report a wait after the upload has continued without', async () => {
    let wait!: () => void;
    let waits = 0;
    const locks = create({
      acquire: (_name, _signal, onWait) => {
        wait = onWait;
        return never();
      },
    });
    const acquiring = locks.acquire('film', neverAborted, () => waits++);
    env.advance(TIME_LIMIT);
    await acquiring;
    wait();
    expect(waits).to.equal(0);
  });

  it('are waited for without a limit while another tab holds them', async () => {
    let grant!: (release: Release) => void;
    const reports: string[] = [];
    const locks = create({
      acquire: (_name, _signal, onWait) => {
        onWait();
        return new Promise((resolve) => (grant = resolve));
      },
    });
    const acquiring = locks
      .acquire('film', neverAborted, () => reports.push('waits'))
      .then(() => reports.push('holds'));
    await Promise.resolve();
    env.advance(3_600_000);
    await Promise.resolve();
    reports.push('an hour later');
    grant(ignore);
    await acquiring;
    expect(reports).to.deep.equal(['waits', 'an hour later', 'holds']);
  });

  it('reject with the reason of the signal while they wait', async () => {
    const controller = new AbortController();
    const locks = create({
      acquire: (_name, _signal, onWait) => {
        onWait();
        return never();
      },
    });
    const acquiring = locks.acquire('film', controller.signal, () => controller.abort(new Error('stopped')));
    const error: unknown = await acquiring.catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message', 'stopped');
  });

  for (const [name, fail] of Object.entries({
    rejects: () => Promise.reject(new DOMException('no', 'InvalidStateError')),
    throws: () => {
      throw new DOMException('no', 'NotSupportedError');
    },
  })) {
    it(`count as available if the request ${name}`, async () => {
      const locks = create({ acquire: fail, claim: fail, claimed: fail });
      const release = await locks.acquire('film', neverAborted, ignore);
      expect([await release(), (await locks.claimed()).size]).to.deep.equal([undefined, 0]);
    });
  }

  it('don’t fail an upload when they are released', async () => {
    const release = () => Promise.reject(new DOMException('stolen', 'AbortError'));
    const locks = create({ acquire: () => Promise.resolve(release) });
    const lock = await locks.acquire('film', neverAborted, ignore);
    expect(await lock()).to.equal(undefined);
  });

  it('don’t delay the end of an upload for longer than two seconds', async () => {
    const locks = create({ acquire: () => Promise.resolve(never) });
    const releasing = (await locks.acquire('film', neverAborted, ignore))();
    env.advance(TIME_LIMIT);
    expect(await releasing).to.equal(undefined);
  });
});
