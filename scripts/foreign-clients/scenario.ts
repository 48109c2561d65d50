// What each client does against the local OSS, and how its claims are verified in the store and the request log.
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { LocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { Policy } from '../../dev/oss-emulator/policy.js';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import type { SessionCredentials } from '../../dev/oss-emulator/session-token.js';
import { BUCKET, sdk, sdkWithSession } from '../../test/oss-emulator/support/sdk.js';
import type { ClientProgram, ForeignClient } from './clients.js';
import type { Workspace } from './workspace.js';

/** The only prefix that the session policy allows. */
export const PREFIX = 'clients/';
/** GDAL's parts have a size in whole MiB. */
export const PART_SIZE = 1024 ** 2;
const SMALL_SIZE = 100_000;
/** Three parts, the last one smaller. */
const LARGE_SIZE = 2.5 * PART_SIZE;
const PART_COUNT = 3;
/** In milliseconds. */
const REFUSAL_LATENCY = 200;
const UNUSUAL_KEY = `${PREFIX}put/a b+c&d=e%20 '文件'.bin`;

/** Long-lived or temporary credentials. */
export type Credentials = Pick<SessionCredentials, 'AccessKeyId' | 'AccessKeySecret'> &
  Partial<SessionCredentials>;

/** What every command gets, besides credentials. */
export interface ProgramConfig {
  endpoint: string;
  proxy?: string;
  bucket: string;
  region: string;
  partSize: number;
  sts: { endpoint: string; roleArn: string; policy: Policy };
}

/** What a step of a client needs. */
export interface Setup {
  client: ForeignClient;
  program: ClientProgram;
  workspace: Workspace;
  oss: LocalOss;
  config: ProgramConfig;
  longLived: Credentials;
  /** Credentials with a session policy; long-lived ones for a client without tokens. */
  credentials: Credentials;
  /** The client's requests in the current step. */
  requests: RequestEntry[];
}

/** A step that the client has no feature for. */
export class Unsupported extends Error {}

/** An error that the client reported. */
export class ClientError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

type Output = { value: unknown } | { error: { type: string; message: string } } | { unsupported: true };

/** Runs a command of the client's program. @throws {Unsupported | ClientError} */
async function runCommand(
  { program, workspace, config, oss, requests }: Setup,
  { AccessKeyId, AccessKeySecret, SecurityToken }: Credentials,
  args: readonly string[],
): Promise<unknown> {
  const before = oss.requests.all().length;
  const keys = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken };
  const stdout = await workspace.run(program.file, [...program.args, ...args], {
    env: {
      ...program.env,
      // aliyun-oss-go-sdk compares times with their zone, and so doesn't continue an upload in UTC.
      TZ: 'Asia/Shanghai',
      ...(config.proxy && { http_proxy: config.proxy }),
      FOREIGN_CLIENT: JSON.stringify({ ...config, ...keys }),
    },
  });
  requests.push(...oss.requests.all().slice(before));
  const output = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Output;
  if ('unsupported' in output) throw new Unsupported(args[0]);
  if ('error' in output) throw new ClientError(output.error.type, output.error.message);
  return output.value;
}

/** Returns the version that the program tells. */
export async function programVersion(setup: Setup): Promise<string> {
  return String(await runCommand(setup, setup.credentials, ['version']));
}

/**
 * The steps in the order of the table's columns. A step returns the text of its cell, or nothing. The programs run these
 * commands, each in a new process:
 *
 * - `assume-role` returns temporary credentials
 * - `put KEY FILE`, `multipart KEY FILE`, `resume KEY FILE CHECKPOINT` upload a file
 * - `get KEY FILE` downloads an object, `list PREFIX` returns keys, `sign-url KEY` returns a URL, `delete KEY` deletes
 * - `version` returns the version of the client
 */
export const steps: Record<string, (setup: Setup) => Promise<string | undefined>> = {
  AssumeRole: assumeRole,
  Put: (setup) => put(setup, `${PREFIX}put/small.bin`),
  'Unusual key': (setup) => put(setup, UNUSUAL_KEY),
  Multipart: multipart,
  Resume: resume,
  Get: get,
  List: list,
  'Presigned URL': presign,
  Delete: remove,
  'Missing object': missingObject,
  'Denied key': deniedKey,
};

async function assumeRole(setup: Setup): Promise<undefined> {
  const key = `${PREFIX}assume-role/small.bin`;
  const file = await makeFile(setup, SMALL_SIZE);
  const credentials = (await runCommand(setup, setup.longLived, ['assume-role'])) as SessionCredentials;
  await sdkWithSession(setup.oss, credentials).put(key, file.content);
  await checkStored(setup, key, file.content);
}

async function put(setup: Setup, key: string): Promise<undefined> {
  const file = await makeFile(setup, SMALL_SIZE);
  await command(setup, 'put', key, file.path);
  await checkStored(setup, key, file.content);
}

async function multipart(setup: Setup): Promise<undefined> {
  const key = `${PREFIX}multipart/large.bin`;
  const file = await makeFile(setup, LARGE_SIZE);
  await command(setup, 'multipart', key, file.path);
  await checkStored(setup, key, file.content);
  check(uploadedParts(setup, key).length >= PART_COUNT, 'the upload had fewer parts than the file');
}

/** Refuses the last part until the client gives up. Then another process continues the upload. */
async function resume(setup: Setup): Promise<undefined> {
  const { oss, workspace } = setup;
  const key = `${PREFIX}resume/large.bin`;
  const file = await makeFile(setup, LARGE_SIZE);
  const checkpoint = join(await workspace.folder('checkpoint'), 'checkpoint.json');
  // The refusal takes a while, so that the client has recorded the other parts before.
  oss.setNetworkConditions({ bytesPerSecond: 0, latency: REFUSAL_LATENCY });
  const fault = oss.faults.add({
    match: { operation: 'UploadPart', key, partNumber: PART_COUNT },
    times: null,
    fault: { kind: 'status', status: 403, code: 'AccessDenied' },
  });
  try {
    await command(setup, 'resume', key, file.path, checkpoint);
    check(false, 'the client reported success without the last part');
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
  } finally {
    oss.faults.remove(fault);
    oss.setNetworkConditions({ bytesPerSecond: 0, latency: 0 });
  }
  setup.requests = [];
  const stored = uploadedParts(setup, key);
  await command(setup, 'resume', key, file.path, checkpoint);
  await checkStored(setup, key, file.content);
  const numbers = uploadedParts(setup, key).map(({ partNumber }) => partNumber);
  check(
    stored.length === PART_COUNT - 1,
    'the client sent other parts than expected before the interruption',
  );
  check(new Set(numbers).size === numbers.length, 'the client sent a stored part again');
}

async function get(setup: Setup): Promise<undefined> {
  const file = await storeFile(setup, `${PREFIX}get/a b+c.bin`);
  const target = join(await setup.workspace.folder('files'), 'target.bin');
  await rm(target, { force: true });
  await command(setup, 'get', file.key, target);
  check(file.content.equals(await readFile(target)), 'the client wrote other bytes');
}

async function list(setup: Setup): Promise<undefined> {
  const prefix = `${PREFIX}list/`;
  const expected = [`${prefix}a b+c&d.bin`, `${prefix}plain.bin`, `${prefix}文件.bin`];
  for (const key of expected) await storeFile(setup, key);
  const listed = (await command(setup, 'list', prefix)) as string[];
  check(JSON.stringify(listed) === JSON.stringify(expected), `the client listed ${JSON.stringify(listed)}`);
}

async function presign(setup: Setup): Promise<undefined> {
  const file = await storeFile(setup, `${PREFIX}presign/a b+c.bin`);
  const credentials = setup.client.presignsWithToken === false ? setup.longLived : setup.credentials;
  const url = new URL((await runCommand(setup, credentials, ['sign-url', file.key])) as string);
  const { status, body } = await fetchFrom(setup.oss, url);
  check(status === 200 && body.equals(file.content), `the URL returned ${status}`);
}

async function remove(setup: Setup): Promise<undefined> {
  const { key } = await storeFile(setup, `${PREFIX}delete/a b+c.bin`);
  await command(setup, 'delete', key);
  check(!setup.oss.bucket(BUCKET).objects.has(key), 'the object still exists');
}

async function missingObject(setup: Setup): Promise<string> {
  const target = join(await setup.workspace.folder('files'), 'missing.bin');
  return await expectError(setup, setup.client.errors?.missing, ['get', `${PREFIX}missing.bin`, target]);
}

async function deniedKey(setup: Setup): Promise<string> {
  const file = await makeFile(setup, SMALL_SIZE);
  return await expectError(setup, setup.client.errors?.denied, ['put', 'elsewhere/small.bin', file.path]);
}

async function expectError(setup: Setup, type: string | undefined, args: string[]): Promise<string> {
  if (type === undefined) throw new Unsupported();
  try {
    await runCommand(setup, setup.credentials, args);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    if (error.type !== type) {
      throw new Error(`the client reported \`${error.type}\` instead of \`${type}\``, { cause: error });
    }
    return `\`${type}\``;
  }
  throw new Error('the client reported success');
}

const command = (setup: Setup, ...args: string[]): Promise<unknown> =>
  runCommand(setup, setup.credentials, args);

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

function uploadedParts({ oss }: Setup, key: string): RequestEntry[] {
  return oss.requests.all({ operation: 'UploadPart', key, status: 200 });
}

/** Writes a file whose bytes depend on its size only. */
async function makeFile({ workspace }: Setup, size: number): Promise<{ path: string; content: Buffer }> {
  const content = createHash('shake256', { outputLength: size }).update('foreign-clients').digest();
  const path = join(await workspace.folder('files'), `${size}.bin`);
  await writeFile(path, content);
  return { path, content };
}

async function storeFile(setup: Setup, key: string): Promise<{ key: string; content: Buffer }> {
  const { content } = await makeFile(setup, SMALL_SIZE);
  await sdk(setup.oss).put(key, content);
  return { key, content };
}

async function checkStored({ oss }: Setup, key: string, content: Buffer): Promise<void> {
  const bucket = oss.bucket(BUCKET);
  const object = bucket.objects.get(key);
  check(object !== undefined, `stored ${JSON.stringify([...bucket.objects.keys()])} instead of the key`);
  check(content.equals(await buffer(bucket.read(object))), 'stored other bytes');
}

/** Requests a URL as a program whose resolver finds the local OSS for every host name. */
async function fetchFrom(oss: LocalOss, url: URL): Promise<{ status: number; body: Buffer }> {
  return await new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: oss.port,
        path: `${url.pathname}${url.search}`,
        headers: { Host: url.host },
        agent: false,
      },
      (response) => {
        buffer(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      },
    );
    request.on('error', reject);
    request.end();
  });
}
