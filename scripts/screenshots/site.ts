// Serves pages that show the element in simulated states.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Themes may change these. */
const defaultStyle = `
  :root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif; }
`;

const style = `
  body { max-width: none; margin: 0; padding: 16px; }
  main { display: grid; gap: 12px; }
  h2 { margin: 8px 0 -8px; font: 12px system-ui, sans-serif; opacity: 0.7; }
`;

const pairStyle = `
  body { display: grid; grid-template-columns: 1fr 1fr; margin: 0; }
  iframe { inline-size: 100%; block-size: 100vh; border: 0; }
`;

export interface PageOptions {
  lang?: string;
  /** Name of a theme in demo/themes. */
  theme?: string;
  /** Turns on the dark mode of the theme, in each of the ways that design systems use. */
  scheme?: 'light' | 'dark';
}

export interface StatesSite {
  /** The URL of a page without states. Call `testPage.showStates()` in it. */
  pageUrl: (options: PageOptions) => string;
  /** The URL of a page with two frames: light and dark. */
  pairUrl: (theme: string) => string;
  close: () => void;
}

export async function startStatesSite(): Promise<StatesSite> {
  const script = await bundleTestPage();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const body = pathname === '/pair' ? renderPair(searchParams) : renderPage(searchParams, script);
    void body.then((html) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(html);
    });
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    pageUrl: (options) => `${origin}/?${new URLSearchParams({ ...options })}`,
    pairUrl: (theme) => `${origin}/pair?${new URLSearchParams({ theme })}`,
    close: () => server.close(),
  };
}

async function renderPage(params: URLSearchParams, script: string): Promise<string> {
  const lang = params.get('lang') ?? 'en';
  const scheme = params.get('scheme');
  const theme = params.get('theme');
  const themeStyle = theme ? await readFile(`${root}demo/themes/${theme}.css`, 'utf8') : '';
  const direction = lang === 'ar' ? 'rtl' : 'ltr';
  const mode = scheme ? ` class="${scheme}" data-bs-theme="${scheme}" style="color-scheme: ${scheme}"` : '';
  return `<!doctype html><html lang="${lang}" dir="${direction}"${mode}>
<meta name="viewport" content="width=device-width" /><style>${defaultStyle}${themeStyle}${style}</style>
<main></main><script>${script}</script></html>`;
}

function renderPair(params: URLSearchParams): Promise<string> {
  const frame = (scheme: string): string =>
    `<iframe name="${scheme}" src="/?theme=${params.get('theme')}&amp;scheme=${scheme}"></iframe>`;
  return Promise.resolve(
    `<!doctype html><html><style>${pairStyle}</style>${frame('light')}${frame('dark')}</html>`,
  );
}

async function bundleTestPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}scripts/screenshots/test-page.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'testPage',
    // The simulated uploads load neither the SDK nor the worker.
    external: ['*/slim-sdk.js'],
    define: { 'import.meta.url': '""' },
    tsconfig: `${root}tsconfig.json`,
  });
  return outputFiles[0]!.text;
}
