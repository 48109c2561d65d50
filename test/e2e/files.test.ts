// Multiple files and folders, selected or dragged from the disk.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Protocol } from 'puppeteer-core';
import type { ElementPage } from './support/element-page.js';
import { browserName, useFixture } from './support/fixture.js';

const fixture = useFixture();

/** Drags files from the disk and drops them on the element. */
async function drop({ page }: ElementPage, ...files: string[]): Promise<void> {
  const session = await page.createCDPSession();
  const { x, y } = await page.$eval('oss-resumable-upload', (element) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: left + 20, y: top + 20 };
  });
  const data: Protocol.Input.DragData = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
}

describe('files and folders', { timeout: 180_000 }, () => {
  it('uploads all files that are selected together', async () => {
    const element = await fixture.open({ attributes: { multiple: '' } });
    const files = [
      await fixture.createFile(300_000),
      await fixture.createFile(1),
      await fixture.createFile(0),
    ];
    await element.choose(files.map(({ path }) => path));
    await element.press('upload');
    await element.waitForStatus('succeeded');
    for (const file of files) await fixture.assertStored(file);
  });

  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-'));
    await mkdir(join(folder, 'trip', 'day 1'), { recursive: true });
    await writeFile(join(folder, 'trip', 'map.txt'), 'map');
    await writeFile(join(folder, 'trip', 'day 1', 'beach.txt'), 'beach');
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  // Dragging from the disk requires the Chrome DevTools Protocol.
  if (browserName !== 'chromium') return;

  it('uploads a dropped folder with the relative paths of its files', async () => {
    const { prefix } = fixture.site.demo.settings;
    const element = await fixture.open({
      attributes: { directory: '', 'auto-start': '', 'object-key': `${prefix}{path}` },
    });
    await drop(element, join(folder, 'trip'));
    await element.waitForStatus('succeeded');
    const keys = [...fixture.site.demo.oss.bucket(fixture.site.bucket).objects.keys()];
    assert.deepEqual(keys.filter((key) => key.startsWith(`${prefix}trip/`)).sort(), [
      `${prefix}trip/day 1/beach.txt`,
      `${prefix}trip/map.txt`,
    ]);
  });

  it('rejects a dropped folder when `directory` isn’t set', async () => {
    const element = await fixture.open();
    await drop(element, join(folder, 'trip'));
    const text = await element.page.waitForFunction(
      () =>
        document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector('[part=error]')
          ?.textContent,
    );
    assert.match((await text.jsonValue()) ?? '', /trip.* is a folder/);
  });
});
