import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { floorsRule } from '../../../scripts/lint/floors.js';

RuleTester.describe = (name: string, method: () => void): void => void describe(name, method);
RuleTester.it = (name: string, method: () => void): void => void it(name, method);

const up = (floor: string, what: string) => ({ messageId: 'up', data: { floor, what } });

new RuleTester({ languageOptions: { parser: tseslint.parser } }).run('floors', floorsRule, {
  valid: [
    { filename: 'src/core/upload.ts', code: "import { retry } from './retry.js';" },
    {
      filename: 'src/adapters/ali-oss/gateway.ts',
      code: "import type { OssGateway } from '../../core/ports.js';",
    },
    { filename: 'src/adapters/ali-oss/sdk.ts', code: "const sdk = import('#lean-sdk');" },
    {
      filename: 'src/adapters/ali-oss/lean/entry.ts',
      code: "import Client from 'ali-oss/lib/browser/client.js';",
    },
    { filename: 'src/locales/en.ts', code: "import type { Messages } from '../localize.js';" },
    { filename: 'src/oss-resumable-upload.ts', code: "import { property } from 'lit/decorators.js';" },
    { filename: 'src/oss-resumable-upload.ts', code: "import { Uploader } from './core/uploader.js';" },
    { filename: 'src/engine.ts', code: "import { openSdk } from './adapters/ali-oss/sdk.js';" },
    { filename: 'src/index.ts', code: "import { openSdk } from './adapters/ali-oss/sdk.js';" },
    { filename: 'src/wrappers/react.ts', code: "import { OssResumableUpload } from '../index.js';" },
    { filename: 'src/wrappers/vue.ts', code: "import type { EmitFn } from 'vue';" },
    { filename: 'test/core/upload.test.ts', code: "import '../../src/index.js';" },
  ],
  invalid: [
    {
      filename: 'src/core/upload.ts',
      code: "import { openSdk } from '../adapters/ali-oss/sdk.js';",
      errors: [up('src/core/', 'src/adapters/ali-oss/sdk.ts')],
    },
    {
      filename: 'src/core/upload.ts',
      code: "export type { Strings } from '../localize.js';",
      errors: [up('src/core/', 'src/localize.ts')],
    },
    { filename: 'src/core/upload.ts', code: "import 'node:fs';", errors: [up('src/core/', 'node:fs')] },
    {
      filename: 'src/core/upload.ts',
      code: "const sdk = import('#lean-sdk');",
      errors: [up('src/core/', '#lean-sdk')],
    },
    {
      filename: 'src/core/upload.ts',
      code: "let sdk: import('ali-oss').Client;",
      errors: [up('src/core/', 'ali-oss')],
    },
    {
      filename: 'src/adapters/browser/checkpoints.ts',
      code: "import { openSdk } from '../ali-oss/sdk.js';",
      errors: [up('src/adapters/browser/', 'src/adapters/ali-oss/sdk.ts')],
    },
    {
      filename: 'src/adapters/browser/checkpoints.ts',
      code: "import { html } from 'lit';",
      errors: [up('src/adapters/browser/', 'lit')],
    },
    {
      filename: 'src/oss-resumable-upload.ts',
      code: "import { openSdk } from './adapters/ali-oss/sdk.js';",
      errors: [up('src/', 'src/adapters/ali-oss/sdk.ts')],
    },
    {
      filename: 'src/index.ts',
      code: "import * as React from 'react';",
      errors: [up('src/index.ts', 'react')],
    },
    {
      filename: 'src/wrappers/react.ts',
      code: "import { Uploader } from '../core/uploader.js';",
      errors: [up('src/wrappers/', 'src/core/uploader.ts')],
    },
  ],
});
