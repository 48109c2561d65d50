// The demo as a process, as `npm start` runs it: environment variables and console output.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import OSS from 'ali-oss';
import { OssControl } from '../../../dev/oss-emulator/control-client.js';
import { startLocalOss } from '../../../dev/oss-emulator/local-oss.js';
import { serveLoopback } from '../../../dev/oss-emulator/loopback-server.js';
import { startLocalSts } from '../../../dev/oss-emulator/sts.js';
import type { DemoSettings } from '../../../demo/site/demo-settings.js';

interface Running {
  process: ChildProcess;
  /** The first two lines of the output. */
  lines: [string, string];
  url: string;
}

/** Returns this process's environment without the variables that name an account or a bucket. */
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

async function stop({ process }: Running): Promise<unknown> {
  const exited = once(process, 'exit');
  process.kill('SIGTERM');
  return (await exited)[0] as unknown;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the demo command', () => {
  it('prints one URL, at which the demo responds', async () => {
    const demo = await start({ PORT: '0' });
    assert.equal(demo.lines.join('\n').match(/https?:/g)?.length, 1);
    assert.equal((await fetch(demo.url)).status, 200);
  });

  it('prints what scripts need to use the emulator', async () => {
    const child = run({ PORT: '0' });
    after(() => child.kill('SIGKILL'));
    const values = new Map<string, string>();
    for await (const line of createInterface(child.stdout!)) {
      const [, name = '', value = ''] = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
      values.set(name, value);
      if (name === 'control token') break;
    }
    const url = values.get('endpoint') ?? '';
    const control = new OssControl({ url, controlToken: values.get('control token') ?? '' });
    assert.deepEqual(await control.uploads(), []);
    const client = new OSS({
      endpoint: url,
      region: 'oss-cn-hangzhou',
      bucket: 'demo-bucket',
      accessKeyId: values.get('access key ID') ?? '',
      accessKeySecret: values.get('access key secret') ?? '',
      sldEnable: true,
      authorizationV4: true,
    });
    assert.equal((await client.put('by-script', Buffer.from('x'))).res.status, 200);
  });

  it('reports when it uses another port because the requested one is in use', async () => {
    const busy = await serveLoopback(() => undefined);
    after(() => busy.close());
    const { lines, url } = await start({ PORT: String(busy.port) });
    assert.equal(lines[0], `Demo running at ${url} (port ${busy.port} is in use)`);
  });

  it('exits with an error for an invalid port', async () => {
    const child = run({ PORT: 'eighty' });
    assert.deepEqual(await once(child, 'exit'), [1, null]);
  });

  it('exits on a signal and removes its temporary files', async () => {
    const folder = await temporaryFolder();
    const demo = await start({ PORT: '0', TMPDIR: folder, TSX_DISABLE_CACHE: '1' });
    assert.equal((await emulatorFolders(folder)).length, 1);
    assert.equal(await stop(demo), 0);
    assert.deepEqual(await emulatorFolders(folder), []);
  });

  it('keeps the uploaded files in OSS_ROOT', async () => {
    const folder = await temporaryFolder();
    await stop(await start({ PORT: '0', OSS_ROOT: folder }));
    assert.deepEqual(await readdir(folder), ['demo-bucket', 'demo-pictures']);
  });

  it('uses a real bucket and STS when the environment names an account', async () => {
    const oss = await startLocalOss();
    const sts = await startLocalSts({ oss });
    after(() => Promise.all([oss.close(), sts.close()]));
    const { url } = await start({
      PORT: '0',
      ALIBABA_CLOUD_ACCESS_KEY_ID: oss.accessKey.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: oss.accessKey.accessKeySecret,
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

async function emulatorFolders(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('local-oss-'));
}
