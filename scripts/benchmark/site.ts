// Serves the benchmark page: the built engine, the unmodified SDK and a file input.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';
import { serveLoopback } from '../../dev/oss-emulator/loopback-server.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Benchmark</title>
<script src="/node_modules/ali-oss/dist/aliyun-oss-sdk.min.js"></script>
<label>File <input type="file"></label>`;

export interface BenchmarkSite {
  url: string;
  close(): Promise<void>;
}

export async function serveBenchmark(): Promise<BenchmarkSite> {
  const { outputFiles } = await build({
    entryPoints: [`${root}scripts/benchmark/page.ts`],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  await stop();
  const routes: Record<string, [type: string, body: string | undefined]> = {
    '/': ['text/html; charset=utf-8', page],
    '/page.js': ['text/javascript', outputFiles[0]?.text],
  };
  const server = await serveLoopback((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [type, body] = routes[pathname] ?? ['text/javascript', undefined];
    Promise.resolve(body ?? readFile(root + pathname.slice(1))).then(
      (content) => response.writeHead(200, { 'Content-Type': type }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  return { url: `http://localhost:${server.port}/`, close: () => server.close() };
}
