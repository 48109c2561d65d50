// The OSS emulator of this test run, for tests in a page: `new OssControl(localOss.url)`.

export interface LocalOssAccess {
  /** `http://localhost:PORT`, a different origin than the page's. */
  url: string;
  accessKeyId: string;
  accessKeySecret: string;
}

const response = await fetch('/@local-oss.json');

/** All test files share one emulator, so each test must create its own bucket. */
export const localOss = (await response.json()) as LocalOssAccess;
