// Sets what a page sees as the preferences of its user.
import type { Page } from 'puppeteer-core';

/** Sets the color scheme, and whether colors are forced. Motion is always reduced, so that pictures are the same. */
export async function emulateMedia(page: Page, scheme: string, isForced: boolean): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    features: [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
      { name: 'forced-colors', value: isForced ? 'active' : 'none' },
    ],
  });
}
