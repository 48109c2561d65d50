// Where the local OSS of this run is, for the tests in a page: `new OssControl(localOss.url)`.

export interface LocalOssAccess {
  /** `http://localhost:PORT`, another origin than the page's. */
  url: string;
  accessKeyId: string;
  accessKeySecret: string;
}

const response = await fetch('/@local-oss.json');

/** One server serves all test files of a browser at the same time: a test makes a bucket of its own. */
export const localOss = (await response.json()) as LocalOssAccess;
