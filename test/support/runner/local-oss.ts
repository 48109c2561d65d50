// The OSS emulator of this test run, for tests in a page.

import { OssControl } from '../../../dev/oss-emulator/control-client.js';

export interface LocalOssAccess {
  /** `http://localhost:PORT`, a different origin than the page's. */
  url: string;
  accessKeyId: string;
  accessKeySecret: string;
  /** Token that requests to the control API need. */
  controlToken: string;
}

const response = await fetch('/@local-oss.json');

/** All test files share one emulator, so each test must create its own bucket. */
export const localOss = (await response.json()) as LocalOssAccess;

/** The page's own server also serves the control API, which allows no other origin. */
export const control = new OssControl({ url: location.origin, controlToken: localOss.controlToken });
