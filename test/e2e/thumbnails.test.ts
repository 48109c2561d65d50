// Thumbnails under the documented Content-Security-Policy, which allows neither images nor media from `blob:` URLs. The fixture
// fails each test whose page has violated the policy.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ElementPage } from './support/element-page.js';
import { useFixture } from './support/fixture.js';

// The React component takes properties, for which an empty text is false.
const attributes = { multiple: 'multiple' };

const fixture = useFixture();

/** Adds an image, a video and a vector graphic that contains a script. */
async function addMedia(page: ElementPage): Promise<void> {
  const host = await page.handle();
  await host.evaluate(async (element) => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d')!;
    const draw = () => {
      context.fillStyle = '#0a7';
      context.fillRect(0, 0, canvas.width, canvas.height);
    };
    draw();
    const image = await new Promise<Blob>((resolve) => canvas.toBlob((blob) => resolve(blob!)));
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm' });
    const timer = setInterval(draw, 20);
    recorder.start(100);
    const chunks: Blob[] = [];
    await new Promise((resolve) => {
      recorder.ondataavailable = ({ data }) => {
        if (data.size > 0) chunks.push(data);
        if (chunks.length > 0 && recorder.state === 'recording') recorder.stop();
      };
      recorder.onstop = resolve;
    });
    clearInterval(timer);
    // The bucket refuses a file whose name was used before.
    const id = crypto.randomUUID();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "hacked"</script></svg>';
    await element.addFiles([
      new File([svg], `drawing-${id}.svg`, { type: 'image/svg+xml' }),
      new File([image], `photo-${id}.png`, { type: 'image/png' }),
      new File(chunks, `film-${id}.webm`, { type: 'video/webm' }),
    ]);
  });
}

/** Returns what each tile shows, once `count` of them show a picture. */
async function tiles(page: ElementPage, count: number): Promise<string[]> {
  const host = await page.handle();
  return host.evaluate(async ({ shadowRoot }, expected) => {
    while (shadowRoot!.querySelectorAll('[part=thumbnail] canvas').length < expected) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return [...shadowRoot!.querySelectorAll('[part=thumbnail]')].map(
      ({ firstElementChild }) => firstElementChild?.localName ?? '',
    );
  }, count);
}

describe('thumbnails in a page with a strict policy', { timeout: 120_000 }, () => {
  for (const script of ['module', 'classic', 'react'] as const) {
    it(`show images and videos (${script})`, async () => {
      const page = await fixture.open({ attributes, script });
      await addMedia(page);
      assert.deepEqual(await tiles(page, 2), ['svg', 'canvas', 'canvas']);
      assert.equal(await page.page.title(), 'Upload');
      assert.deepEqual(page.messages, []);
    });
  }

  it('show images and videos if scripts are allowed by a nonce', async () => {
    const page = await fixture.open({ attributes, nonce: true });
    await addMedia(page);
    assert.deepEqual(await tiles(page, 2), ['svg', 'canvas', 'canvas']);
  });

  it('are icons if the decoders can’t be loaded', async () => {
    const page = await fixture.open({ attributes });
    await page.page.setRequestInterception(true);
    const refused = new Promise<string>((resolve) => {
      page.page.on('request', (request) => {
        const isChunk = request.url().includes('make-thumbnail');
        void (isChunk ? request.abort() : request.continue());
        if (isChunk) resolve(request.url());
      });
    });
    await addMedia(page);
    await refused;
    await page.press('upload');
    await page.waitForStatus('succeeded');
    assert.deepEqual(await tiles(page, 0), ['svg', 'svg', 'svg']);
    assert.deepEqual(
      page.messages.filter((message) => /uncaught|reject/i.test(message)),
      [],
    );
  });

  it('are icons without loading the decoders if `no-thumbnails` is set', async () => {
    const page = await fixture.open({ attributes: { ...attributes, 'no-thumbnails': '' } });
    const requests: string[] = [];
    page.page.on('request', (request) => requests.push(request.url()));
    await addMedia(page);
    await page.press('upload');
    await page.waitForStatus('succeeded');
    assert.deepEqual(await tiles(page, 0), ['svg', 'svg', 'svg']);
    assert.deepEqual(
      requests.filter((url) => url.includes('make-thumbnail')),
      [],
    );
  });
});
