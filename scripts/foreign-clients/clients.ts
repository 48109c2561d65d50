// The clients, and how to build or install their programs.
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotInstalled, type Workspace } from './workspace.js';

/** A program of the folder programs/, ready to run. */
export interface ClientProgram {
  /** The version, if the program doesn't tell it. */
  version?: string;
  file: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
}

/** A setting of the bucket that a client needs, and that new buckets of OSS don't have. */
export type Relaxation = 'v1Signatures' | 'pathStyle';

export interface ForeignClient {
  name: string;
  /** Builds or installs the program. @throws {NotInstalled} */
  prepare: (workspace: Workspace) => Promise<ClientProgram>;
  relaxations: Relaxation[];
  /**
   * How the client reaches the local OSS: by names under `localhost`, by `localhost` as a domain bound to the bucket, or
   * by OSS's public names with the local OSS as its HTTP proxy.
   */
  route: 'localhost' | 'domain' | 'proxy';
  /** Whether it can send the security token of temporary credentials. */
  usesTokens: boolean;
  /** Why a step fails because of the client, by step. */
  defects?: Record<string, string>;
  /** Whether it can presign URLs with temporary credentials; true by default. */
  presignsWithToken?: false;
  /** How a client for STS alone signs its requests. */
  stsSignature?: string;
  /** The type of its errors for a missing object and for a key that the session policy denies, if it can meet them. */
  errors?: { missing: string; denied?: string };
}

const path = (name: string): string => fileURLToPath(new URL(`./programs/${name}`, import.meta.url));

/** A program that uses packages of npm. The version of the first package is the client's. */
function npm(program: string, packages: readonly [string, ...string[]]): ForeignClient['prepare'] {
  return async (workspace) => {
    const modules = join(await workspace.installPackages(packages), 'node_modules');
    const name = packages[0].replace(/@[^@]*$/, '');
    const manifest = await readFile(join(modules, name, 'package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    return {
      version,
      file: process.execPath,
      args: ['--import', path('resolve-localhost.mjs'), path(program)],
      env: { FOREIGN_MODULES: join(modules, '..'), NODE_NO_WARNINGS: '1' },
    };
  };
}

/** A Go program. Its libraries come from Debian's packages or from `GOPATH`. */
function go(program: string, hint: string): ForeignClient['prepare'] {
  return async (workspace) => {
    const file = join(await workspace.folder('go'), program);
    const env = {
      GO111MODULE: 'off',
      GOPATH: [process.env['GOPATH'], '/usr/share/gocode'].filter(Boolean).join(delimiter),
      GOCACHE: await workspace.folder('go-cache'),
    };
    const sources = [path('command.go'), path(`${program}.go`)];
    try {
      await workspace.run('go', ['build', '-o', file, ...sources], { env, timeout: 600_000 });
    } catch (error) {
      if (/cannot find package|ENOENT/.test((error as Error).message)) throw new NotInstalled(hint);
      throw error;
    }
    return { file, args: [] };
  };
}

/** A Python program. Its interpreter is Debian's, because `PATH` may find one without Debian's packages. */
function python(program: string, module: string, hint: string): ForeignClient['prepare'] {
  return async (workspace) => {
    const file = '/usr/bin/python3';
    try {
      await workspace.run(file, ['-c', `import ${module}`]);
    } catch {
      throw new NotInstalled(hint);
    }
    return { file, args: ['-B', '-W', 'ignore', path(program)] };
  };
}

export const clients: readonly ForeignClient[] = [
  {
    name: 'ali-oss (npm)',
    prepare: npm('ali-oss.mjs', ['ali-oss@6.23.0']),
    relaxations: [],
    route: 'localhost',
    usesTokens: true,
    errors: { missing: 'NoSuchKeyError', denied: 'AccessDeniedError' },
  },
  {
    name: 'opendal (npm, Rust)',
    // Later versions need glibc 2.38.
    prepare: npm('opendal.mjs', ['opendal@0.49.1']),
    relaxations: ['v1Signatures'],
    route: 'proxy',
    usesTokens: true,
    errors: { missing: 'NotFound', denied: 'PermissionDenied' },
  },
  {
    name: '@alicloud/oss-client (npm)',
    prepare: npm('alicloud-oss-client.mjs', ['@alicloud/oss-client@1.1.4', '@alicloud/tea-util@1.4.11']),
    relaxations: ['v1Signatures'],
    route: 'localhost',
    usesTokens: true,
    errors: { missing: 'NoSuchKey', denied: 'AccessDenied' },
    defects: {
      'Unusual key': 'it sends keys without encoding them',
      Get: 'it sends keys without encoding them',
      Delete: 'it sends keys without encoding them',
      Multipart: 'it signs `&partNumber=` instead of `?partNumber=`',
    },
  },
  {
    name: 'aliyun-sdk (npm)',
    prepare: npm('aliyun-sdk.mjs', ['aliyun-sdk@1.12.10']),
    relaxations: ['v1Signatures'],
    route: 'localhost',
    usesTokens: true,
    presignsWithToken: false,
    errors: { missing: 'NoSuchKey', denied: 'AccessDenied' },
  },
  {
    name: 'oss-client (npm)',
    prepare: npm('oss-client.mjs', ['oss-client@2.5.1']),
    relaxations: ['v1Signatures'],
    route: 'localhost',
    usesTokens: false,
    errors: { missing: 'OSSClientError NoSuchKey' },
  },
  {
    name: '@alicloud/sts20150401 (npm)',
    prepare: npm('alicloud-sts.mjs', ['@alicloud/sts20150401@1.2.0', '@alicloud/openapi-client@0.4.15']),
    relaxations: [],
    route: 'localhost',
    usesTokens: true,
    stsSignature: 'ACS3-HMAC-SHA256',
  },
  {
    name: '@alicloud/pop-core (npm)',
    prepare: npm('alicloud-pop-core.mjs', ['@alicloud/pop-core@1.8.0']),
    relaxations: [],
    route: 'localhost',
    usesTokens: true,
    stsSignature: 'HMAC-SHA1',
  },
  {
    name: 'alibabacloud-oss-go-sdk-v2 (Go)',
    prepare: go(
      'alibabacloud-oss-go-sdk-v2',
      'apt install golang-go golang-golang-x-time-dev, and clone it into $GOPATH/src/github.com/aliyun',
    ),
    relaxations: [],
    route: 'proxy',
    usesTokens: true,
    errors: { missing: 'ServiceError NoSuchKey', denied: 'ServiceError AccessDenied' },
  },
  {
    name: 'aliyun-oss-go-sdk (Go)',
    prepare: go('aliyun-oss-go-sdk', 'apt install golang-go golang-github-aliyun-aliyun-oss-go-sdk-dev'),
    relaxations: ['v1Signatures'],
    // Behind a proxy, it leaves `+` in URLs, which OSS reads as a space.
    route: 'domain',
    usesTokens: true,
    errors: { missing: 'ServiceError NoSuchKey', denied: 'ServiceError AccessDenied' },
  },
  {
    name: 'aliyungo (Go)',
    prepare: go('aliyungo', 'apt install golang-go golang-github-denverdino-aliyungo-dev'),
    relaxations: ['v1Signatures'],
    route: 'proxy',
    usesTokens: true,
    presignsWithToken: false,
    errors: { missing: 'Error NoSuchKey', denied: 'Error AccessDenied' },
    defects: { 'Presigned URL': 'it leaves `+` in URLs, which OSS reads as a space' },
  },
  {
    name: 'oss2 (Python)',
    prepare: python('python-oss2.py', 'oss2', 'pip install oss2==2.19.1'),
    relaxations: [],
    route: 'proxy',
    usesTokens: true,
    errors: { missing: 'NoSuchKey', denied: 'AccessDenied' },
  },
  {
    name: 'GDAL /vsioss/ (C++)',
    prepare: python('gdal-vsioss.py', 'osgeo', 'apt install python3-gdal'),
    relaxations: ['v1Signatures'],
    route: 'proxy',
    usesTokens: false,
    errors: { missing: 'no file handle' },
  },
];
