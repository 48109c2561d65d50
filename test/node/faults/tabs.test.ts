import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { within } from '../../faults/timeouts.js';
import { Tabs, type TabBrowser } from '../../faults/tabs.js';

const tab = { gone: new AbortController().signal, leave: () => {} };

function browser(changes: Partial<TabBrowser> = {}): TabBrowser {
  return { hasEnded: false, open: () => Promise.resolve(tab), close: () => Promise.resolve(), ...changes };
}

/** Starts these one after the other, and the last for ever. */
function launching(...browsers: TabBrowser[]): { tabs: Tabs; launched: () => number } {
  let count = 0;
  const launch = () => Promise.resolve(browsers[Math.min(count++, browsers.length - 1)]!);
  return { tabs: new Tabs(launch), launched: () => count };
}

const refuses = () => Promise.reject(new Error('no tab'));

describe('the tabs of the suite', () => {
  it('are opened in one browser', async () => {
    const { tabs, launched } = launching(browser());
    await Promise.all([tabs.open('/'), tabs.open('/')]);
    assert.equal(launched(), 1);
  });

  it('are opened in a new browser once the last has ended', async () => {
    const { tabs } = launching(browser({ hasEnded: true }), browser());
    assert.equal(await tabs.open('/'), tab);
  });

  it('are gone from the start where the browser opens none', async () => {
    const { tabs } = launching(browser({ open: refuses }), browser());
    const { gone } = await tabs.open('/');
    assert.match(String(gone.reason), /no tab/);
  });

  it('do with one new browser for all that the last opened no tab for', async () => {
    const { tabs, launched } = launching(browser({ open: refuses }), browser());
    await Promise.all([tabs.open('/'), tabs.open('/')]);
    assert.equal(launched(), 2);
  });

  it('close a browser that does not answer', async () => {
    const closed = new Promise<void>((resolve) => {
      const close = () => Promise.resolve(resolve());
      void launching(browser({ open: refuses, close }), browser()).tabs.open('/');
    });
    await closed;
  });

  it('are given up where the browser ends again and again', async () => {
    const { tabs } = launching(browser({ open: refuses }));
    const openMany = async () => {
      for (;;) await tabs.open('/');
    };
    await assert.rejects(openMany(), /again and again/);
  });
});

describe('waiting', () => {
  it('gives what is waited for', async () => {
    assert.equal(await within(60_000, 'it', Promise.resolve(1)), 1);
  });

  it('ends at its limit', async () => {
    await assert.rejects(within(1, 'it', new Promise(() => {})), /it took longer than 0.001 s/);
  });

  it('ends when what it waits for is gone', async () => {
    const gone = new AbortController();
    const waiting = within(60_000, 'it', new Promise(() => {}), gone.signal);
    gone.abort(new Error('the tab was closed'));
    await assert.rejects(waiting, /the tab was closed/);
  });

  it('does not begin for what is gone already', async () => {
    const gone = AbortSignal.abort(new Error('no tab'));
    await assert.rejects(within(60_000, 'it', new Promise(() => {}), gone), /no tab/);
  });
});
