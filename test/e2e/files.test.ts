// Several files, and whole folders, as a person picks them or drags them from the disk.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Protocol } from 'puppeteer-core';
import type { ElementPage } from './support/element-page.js';
import { browserName, useWorkbench } from './support/fixture.js';

const bench = useWorkbench();

/** Drags from the disk, and lets go over the element. */
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

describe('several files', { timeout: 180_000 }, () => {
  it('are picked at once, and each arrives whole', async () => {
    const element = await bench.open({ attributes: { multiple: '' } });
    const files = [await bench.file(300_000), await bench.file(1), await bench.file(0)];
    await element.choose(files.map(({ path }) => path));
    await element.press('upload');
    await element.until('succeeded');
    for (const file of files) await bench.expectStored(file);
  });

  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oss-resumable-upload-'));
    await mkdir(join(folder, 'trip', 'day 1'), { recursive: true });
    await writeFile(join(folder, 'trip', 'map.txt'), 'map');
    await writeFile(join(folder, 'trip', 'day 1', 'beach.txt'), 'beach');
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  // No other browser lets a test drag from the disk.
  if (browserName !== 'chromium') return;

  it('are uploaded with all that is in a folder that is dropped, under the same paths', async () => {
    const { prefix } = bench.site.demo.settings;
    const element = await bench.open({
      attributes: { directory: '', 'auto-start': '', 'object-key': `${prefix}{path}` },
    });
    await drop(element, join(folder, 'trip'));
    await element.until('succeeded');
    const keys = [...bench.site.demo.oss.bucket(bench.site.bucket).objects.keys()];
    assert.deepEqual(keys.filter((key) => key.startsWith(`${prefix}trip/`)).sort(), [
      `${prefix}trip/day 1/beach.txt`,
      `${prefix}trip/map.txt`,
    ]);
  });

  it('are wanted, and no folder: it is named as one', async () => {
    const element = await bench.open();
    await drop(element, join(folder, 'trip'));
    const text = await element.page.waitForFunction(
      () =>
        document.querySelector('oss-resumable-upload')!.shadowRoot!.querySelector('[part=error]')
          ?.textContent,
    );
    assert.match((await text.jsonValue()) ?? '', /trip.* is a folder/);
  });
});
