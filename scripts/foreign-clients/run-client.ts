// Runs all steps of one client against a new local OSS and its STS.
import { startLocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { Policy } from '../../dev/oss-emulator/policy.js';
import type { RequestEntry } from '../../dev/oss-emulator/request-log.js';
import { startLocalSts } from '../../dev/oss-emulator/sts.js';
import { BUCKET } from '../../test/oss-emulator/support/sdk.js';
import type { ForeignClient } from './clients.js';
import type { ClientReport, Outcome } from './report.js';
import {
  ClientError,
  PART_SIZE,
  PREFIX,
  programVersion,
  steps,
  Unsupported,
  type Setup,
} from './scenario.js';
import { NotInstalled, type Workspace } from './workspace.js';

const REGION = 'cn-hangzhou';
const ROLE_ARN = 'acs:ram::1234567890123456:role/clients';
/** In milliseconds. */
const CREDENTIALS_LIFETIME = 900_000;
const MAX_REASON_LENGTH = 200;

const SESSION_POLICY: Policy = {
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'oss:PutObject',
        'oss:GetObject',
        'oss:DeleteObject',
        'oss:ListParts',
        'oss:AbortMultipartUpload',
      ],
      Resource: [`acs:oss:*:*:${BUCKET}/${PREFIX}*`],
    },
    { Effect: 'Allow', Action: ['oss:ListObjects'], Resource: [`acs:oss:*:*:${BUCKET}`] },
  ],
};

/** Returns the outcome of each step. A client that isn't installed has no outcomes. */
export async function runClient(client: ForeignClient, workspace: Workspace): Promise<ClientReport> {
  const { name, relaxations } = client;
  const relaxed = Object.fromEntries(relaxations.map((setting) => [setting, true]));
  const domains = client.route === 'domain' ? ['localhost'] : [];
  const oss = await startLocalOss({ buckets: { [BUCKET]: { region: REGION, domains, ...relaxed } } });
  const sts = await startLocalSts({ oss });
  try {
    const program = await client.prepare(workspace);
    const [[AccessKeyId, AccessKeySecret]] = [...oss.accessKeys] as [[string, string]];
    const longLived = { AccessKeyId, AccessKeySecret };
    const setup: Setup = {
      client,
      program,
      workspace,
      oss,
      config: {
        ...(client.route !== 'proxy'
          ? { endpoint: oss.url }
          : { endpoint: `http://oss-${REGION}.aliyuncs.com`, proxy: `http://127.0.0.1:${oss.port}` }),
        bucket: BUCKET,
        region: REGION,
        partSize: PART_SIZE,
        sts: { endpoint: sts.url, roleArn: ROLE_ARN, policy: SESSION_POLICY },
      },
      longLived,
      credentials: client.usesTokens ? oss.tokens.issue(CREDENTIALS_LIFETIME, SESSION_POLICY) : longLived,
      requests: [],
    };
    const version = program.version ?? (await programVersion(setup));
    const outcomes: Record<string, Outcome> = {};
    const signatures = new Set<string>();
    for (const [step, run] of Object.entries(steps)) {
      setup.requests = [];
      outcomes[step] = await runStep(step, run, setup);
      for (const { signatureVersion } of setup.requests) signatures.add(signatureVersion.toUpperCase());
    }
    return {
      name,
      version,
      relaxations,
      signatures: client.stsSignature ? [client.stsSignature] : [...signatures].sort(),
      outcomes,
    };
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    return { name, relaxations, missing: error.message, signatures: [], outcomes: {} };
  } finally {
    await Promise.all([oss.close(), sts.close()]);
  }
}

async function runStep(
  step: string,
  run: (setup: Setup) => Promise<string | undefined>,
  setup: Setup,
): Promise<Outcome> {
  try {
    return { kind: 'passed', remark: await run(setup) };
  } catch (error) {
    if (error instanceof Unsupported) return { kind: 'unsupported' };
    console.error(`  ${step}:`, error);
    const defect = setup.client.defects?.[step];
    if (defect !== undefined) return { kind: 'defect', reason: defect };
    return { kind: 'failed', reason: describeFailure(error as Error, setup) };
  }
}

/** Returns the request that the local OSS refused, if that is why the client failed. Otherwise the error without IDs. */
function describeFailure(error: Error, { requests }: Setup): string {
  const refused = requests.findLast(({ status = 0 }) => status >= 400);
  if (refused && error instanceof ClientError) return describeRequest(refused);
  return error.message
    .replace(/\s+/g, ' ')
    .replace(/:\d{4,5}\b/g, ':PORT')
    .replace(/\b[0-9A-F]{24}\b|\b[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/g, 'ID')
    .replace(/[<>|]/g, ' ')
    .slice(0, MAX_REASON_LENGTH);
}

function describeRequest({ method, operation, status, code = 'no code' }: RequestEntry): string {
  return `the local OSS refused ${method} (${operation}) with ${status} \`${code}\``;
}
