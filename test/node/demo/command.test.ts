// The demo as `npm start` runs it: a process, its environment and what it prints.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { LOCAL_ACCESS_KEY, startLocalOss } from '../../../dev/oss-emulator/local-oss.js';
import { serveLoopback } from '../../../dev/oss-emulator/loopback-server.js';
import { startLocalSts } from '../../../dev/oss-emulator/sts.js';
import type { DemoSettings } from '../../../demo/site/demo-settings.js';

interface Running {
  process: ChildProcess;
  /** The two that it prints. */
  lines: [string, string];
  url: string;
}

/** Without what this machine's environment may say of an account. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(ALIBABA_CLOUD|OSS)_/.test(name));
  return { ...Object.fromEntries(own), ...variables };
}

function run(variables: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts'], {
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function start(variables: Record<string, string>): Promise<Running> {
  const child = run(variables);
  after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout!)) {
    if (lines.push(line) === 2) break;
  }
  const [first = '', second = ''] = lines;
  return { process: child, lines: [first, second], url: /http:\S+/.exec(lines.join('\n'))?.[0] ?? '' };
}

async function end({ process }: Running): Promise<unknown> {
  const exited = once(process, 'exit');
  process.kill('SIGTERM');
  return (await exited)[0] as unknown;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the command', () => {
  it('prints one address, at which the demo answers', async () => {
    const demo = await start({ PORT: '0' });
    assert.equal(demo.lines.join('\n').match(/https?:/g)?.length, 1);
    assert.equal((await fetch(demo.url)).status, 200);
  });

  it('says so when the port is busy and another is taken', async () => {
    const busy = await serveLoopback(() => undefined);
    after(() => busy.close());
    const { lines, url } = await start({ PORT: String(busy.port) });
    assert.equal(lines[0], `Open ${url} (port ${busy.port} is busy)`);
  });

  it('refuses a port that can’t be', async () => {
    const child = run({ PORT: 'eighty' });
    assert.deepEqual(await once(child, 'exit'), [1, null]);
  });

  it('ends at a signal and leaves no file behind', async () => {
    const folder = await temporaryFolder();
    const demo = await start({ PORT: '0', TMPDIR: folder, TSX_DISABLE_CACHE: '1' });
    assert.equal((await foldersOfOss(folder)).length, 1);
    assert.equal(await end(demo), 0);
    assert.deepEqual(await foldersOfOss(folder), []);
  });

  it('keeps what was uploaded where OSS_ROOT names a folder', async () => {
    const folder = await temporaryFolder();
    await end(await start({ PORT: '0', OSS_ROOT: folder }));
    assert.deepEqual(await readdir(folder), ['demo-bucket', 'demo-pictures']);
  });

  it('uploads to a real bucket, with credentials of its STS, where the environment names an account', async () => {
    const oss = await startLocalOss();
    const sts = await startLocalSts({ oss });
    after(() => Promise.all([oss.close(), sts.close()]));
    const { url } = await start({
      PORT: '0',
      ALIBABA_CLOUD_ACCESS_KEY_ID: LOCAL_ACCESS_KEY.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: LOCAL_ACCESS_KEY.accessKeySecret,
      ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1234567890123456:role/demo',
      ALIBABA_CLOUD_STS_ENDPOINT: sts.url,
      OSS_BUCKET: 'examplebucket',
      OSS_REGION: 'oss-cn-shanghai',
    });
    const { local, bucket, region } = (await (await fetch(`${url}demo/settings`)).json()) as DemoSettings;
    assert.deepEqual(
      { local, bucket, region },
      { local: false, bucket: 'examplebucket', region: 'oss-cn-shanghai' },
    );
    assert.match(
      (await fetch(url)).headers.get('content-security-policy') ?? '',
      /connect-src 'self' https:\/\/\*\.aliyuncs\.com;/,
    );
    const { AccessKeyId } = (await (await fetch(`${url}credentials`)).json()) as { AccessKeyId: string };
    assert.match(AccessKeyId, /^STS\./);
  });
});

async function foldersOfOss(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('local-oss-'));
}
