// Starts the demo: its web server, and a local OSS and STS emulator. If the environment names a bucket, the demo uses
// that instead of the emulator. `npm start` runs this file; tests import startDemo.

import { fileURLToPath } from 'node:url';
import { stop as stopBundler } from 'esbuild';
import {
  credentialsEndpoint,
  readEnvironment,
  type UploadAccount,
  type UploadPermission,
} from '../dev/oss-emulator/credentials-endpoint.js';
import { uploadCorsRules } from '../dev/oss-emulator/cors.js';
import { startLocalOss, type LocalOss } from '../dev/oss-emulator/local-oss.js';
import { startLocalSts, type LocalSts } from '../dev/oss-emulator/sts.js';
import { CredentialsFaults } from './site/credentials-faults.js';
import { demoOrigins } from './site/demo-origins.js';
import type { DemoSettings } from './site/demo-settings.js';
import { Examples } from './site/examples.js';
import { serveOnNextFreePort } from './site/next-free-port.js';
import { Site, type SiteParts } from './site/site.js';

const DEFAULT_PORT = 8000;
const BUCKET = 'demo-bucket';
/** Second bucket, for the example with two elements. */
const OTHER_BUCKET = 'demo-pictures';
/** Prefix that all pages except the CMS example upload to. */
const PREFIX = 'uploads/demo/';
/** Separate from {@link PREFIX}, so that only the CMS example's server can change accepted files. */
const CMS_PREFIX = 'uploads/cms/';
/** Requests of an upload of 10,000 parts, each with a preflight, and of those before it. */
const MAX_LOGGED_REQUESTS = 50_000;
/** Custom domain (CNAME) of the local bucket. */
const BUCKET_DOMAIN = 'files.localhost';

/** The demo has no sign-in, because only this machine can reach it. */
const allowAnyone = (): UploadPermission => ({ user: 'demo', prefix: PREFIX });

export interface DemoOptions {
  /** Port of the web server. If it is busy, the next free port is used. 0, the default, takes any free port. */
  port?: number;
  /** Folder in which the emulator stores objects. By default a temporary folder, which is removed on close. */
  root?: string | undefined;
}

export interface Demo {
  /** `http://localhost:PORT/` */
  url: string;
  close(): Promise<void>;
}

/** A demo that uploads to the local emulator. */
export interface LocalDemo extends Demo {
  oss: LocalOss;
  sts: LocalSts;
  credentials: CredentialsFaults;
  settings: DemoSettings;
}

/** Starts the demo with a local emulator. The emulator has its own port, so that CORS applies. */
export async function startDemo({ port = 0, root }: DemoOptions = {}): Promise<LocalDemo> {
  const oss = await startLocalOss({
    root,
    maxLoggedRequests: MAX_LOGGED_REQUESTS,
    // Path style is for the playground, and for Node, which may not resolve `demo-bucket.localhost`.
    buckets: { [BUCKET]: { domains: [BUCKET_DOMAIN], pathStyle: true }, [OTHER_BUCKET]: {} },
  });
  // Clock skew is simulated for OSS only; STS and the endpoint use the real time.
  const issuer = { tokens: oss.tokens, accessKeys: oss.accessKeys, now: Date.now };
  const sts = await startLocalSts({ oss: issuer });
  const account: UploadAccount = {
    ...oss.accessKey,
    roleArn: 'acs:ram::1234567890123456:role/demo',
    bucket: BUCKET,
    stsEndpoint: sts.url,
  };
  const credentials = new CredentialsFaults(credentialsEndpoint({ ...account, authorize: allowAnyone }), sts);
  const settings: DemoSettings = {
    local: true,
    region: 'oss-cn-hangzhou',
    bucket: BUCKET,
    endpoints: { path: oss.url, host: oss.url, cname: `http://${BUCKET_DOMAIN}:${oss.port}` },
    prefix: PREFIX,
    controlToken: oss.controlToken,
  };
  const ossSources = [oss.url, `http://*.localhost:${oss.port}`];
  const examples = new Examples({
    settings,
    ossSources,
    account,
    otherBucket: OTHER_BUCKET,
    cmsPrefix: CMS_PREFIX,
  });
  const site = await serveSite({ settings, ossSources, credentials, oss, examples }, port);
  const cors = uploadCorsRules(demoOrigins(site.url));
  await Promise.all([BUCKET, OTHER_BUCKET].map((bucket) => oss.setCors(bucket, cors)));
  const close = async (): Promise<void> => {
    await Promise.all([site.close(), sts.close(), oss.close()]);
  };
  return { url: site.url, oss, sts, credentials, settings, close };
}

/** Starts the demo with a real bucket. Resolves to `undefined` if the environment names none. */
async function startRealDemo(env: NodeJS.ProcessEnv, port: number): Promise<Demo | undefined> {
  const account = readEnvironment(env);
  if (!account) return undefined;
  const { OSS_REGION: region = 'oss-cn-hangzhou', OSS_ENDPOINT: endpoint } = env;
  const settings: DemoSettings = {
    local: false,
    region,
    bucket: account.bucket,
    endpoints: endpoint ? { host: endpoint } : {},
    prefix: PREFIX,
  };
  const credentials = new CredentialsFaults(credentialsEndpoint({ ...account, authorize: allowAnyone }));
  const ossSources = ['https://*.aliyuncs.com', ...(endpoint ? [new URL(endpoint).origin] : [])];
  const examples = new Examples({
    settings,
    ossSources,
    account,
    otherBucket: account.bucket,
    cmsPrefix: CMS_PREFIX,
  });
  return await serveSite({ settings, ossSources, credentials, oss: undefined, examples }, port);
}

async function serveSite(parts: SiteParts, port: number): Promise<Demo> {
  const server = await serveOnNextFreePort(new Site(parts).listener, port);
  const close = async (): Promise<void> => {
    await server.close();
    await stopBundler();
  };
  return { url: `http://localhost:${server.port}/`, close };
}

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const requestedPort = readPort(env['PORT']);
  const root = env['OSS_ROOT'] || undefined;
  const demo = (await startRealDemo(env, requestedPort)) ?? (await startDemo({ port: requestedPort, root }));
  // Whoever reads that it is running may stop it.
  stopOnSignal(demo);
  const port = Number(new URL(demo.url).port);
  const note = requestedPort !== 0 && port !== requestedPort ? ` (port ${requestedPort} is in use)` : '';
  console.log(`Demo running at ${demo.url}${note}`);
  console.log(
    isLocal(demo)
      ? `Uploads go to a local OSS emulator. Press Ctrl+C to stop${root ? '' : ' and delete the uploaded files'}.`
      : `Uploads go to the bucket ${env['OSS_BUCKET']}. Press Ctrl+C to stop.`,
  );
  if (isLocal(demo)) printAccess(demo);
}

/** Stops the demo on Ctrl+C, and when the terminal is closed. */
function stopOnSignal(demo: Demo): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      demo.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

const isLocal = (demo: Demo): demo is LocalDemo => 'oss' in demo;

/** Prints what a developer's own scripts need to use the emulator. It is valid until the demo stops. */
function printAccess({ oss, settings: { region, bucket } }: LocalDemo): void {
  const { accessKeyId, accessKeySecret } = oss.accessKey;
  console.log(`
For your own scripts, until the demo stops:
  endpoint           ${oss.url}
  region, bucket     ${region}, ${bucket}
  access key ID      ${accessKeyId}
  access key secret  ${accessKeySecret}
  control token      ${oss.controlToken}`);
}

function readPort(value: string | undefined): number {
  if (!value) return DEFAULT_PORT;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`Invalid PORT "${value}": must be an integer from 0 to 65535.`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.env);
