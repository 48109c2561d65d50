import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withTimeout } from '../../faults/timeouts.js';
import { Tabs, type TabBrowser } from '../../faults/tabs.js';

const tab = { closed: new AbortController().signal, close: () => {} };

function makeBrowser(changes: Partial<TabBrowser> = {}): TabBrowser {
  return { hasEnded: false, open: () => Promise.resolve(tab), close: () => Promise.resolve(), ...changes };
}

/** Creates tabs that launch these browsers in order, and then repeat the last one. */
function createTabs(...browsers: TabBrowser[]): { tabs: Tabs; launchCount: () => number } {
  let count = 0;
  const launch = () => Promise.resolve(browsers[Math.min(count++, browsers.length - 1)]!);
  return { tabs: new Tabs(launch), launchCount: () => count };
}

const fail = () => Promise.reject(new Error('no tab'));

describe('Tabs', () => {
  it('opens all tabs in one browser', async () => {
    const { tabs, launchCount } = createTabs(makeBrowser());
    await Promise.all([tabs.open('/'), tabs.open('/')]);
    assert.equal(launchCount(), 1);
  });

  it('launches a new browser after the current one has ended', async () => {
    const { tabs } = createTabs(makeBrowser({ hasEnded: true }), makeBrowser());
    assert.equal(await tabs.open('/'), tab);
  });

  it('returns a closed tab if the browser fails to open one', async () => {
    const { tabs } = createTabs(makeBrowser({ open: fail }), makeBrowser());
    const { closed } = await tabs.open('/');
    assert.match(String(closed.reason), /no tab/);
  });

  it('launches only one new browser after several simultaneous failures', async () => {
    const { tabs, launchCount } = createTabs(makeBrowser({ open: fail }), makeBrowser());
    await Promise.all([tabs.open('/'), tabs.open('/')]);
    assert.equal(launchCount(), 2);
  });

  it('closes a browser that fails to open a tab', async () => {
    const closed = new Promise<void>((resolve) => {
      const close = () => Promise.resolve(resolve());
      void createTabs(makeBrowser({ open: fail, close }), makeBrowser()).tabs.open('/');
    });
    await closed;
  });

  it('rejects after too many restarts', async () => {
    const { tabs } = createTabs(makeBrowser({ open: fail }));
    const openMany = async () => {
      for (;;) await tabs.open('/');
    };
    await assert.rejects(openMany(), /ended or hung more than/);
  });
});

describe('withTimeout', () => {
  it('returns the value of the promise', async () => {
    assert.equal(await withTimeout(60_000, 'loading', Promise.resolve(1)), 1);
  });

  it('rejects at the time limit', async () => {
    await assert.rejects(
      withTimeout(1, 'loading', new Promise(() => {})),
      /loading took longer than 0.001 s/,
    );
  });

  it('rejects with the reason of the signal', async () => {
    const controller = new AbortController();
    const waiting = withTimeout(60_000, 'loading', new Promise(() => {}), controller.signal);
    controller.abort(new Error('the tab was closed'));
    await assert.rejects(waiting, /the tab was closed/);
  });

  it('rejects immediately if the signal is already aborted', async () => {
    const aborted = AbortSignal.abort(new Error('no tab'));
    await assert.rejects(withTimeout(60_000, 'loading', new Promise(() => {}), aborted), /no tab/);
  });
});
