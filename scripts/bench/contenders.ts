// The clients that are compared. Each has a module in page/ that runs it.

const MIB = 1024 ** 2;

export interface Contender {
  /** Selects it on the command line. */
  name: string;
  /** In Markdown. */
  label: string;
  /** Its module in page/, without an extension. */
  module: 'xhr' | 'element' | 'ali-oss' | 'uppy' | 'tus' | 'upchunk';
  /** Where it uploads to. */
  storage: 'oss' | 'receiver';
  /** Content of the page, apart from the module. */
  html?: string;
  /** Whether it uploads the file once before it is measured, and so knows the network. */
  isRepeated?: boolean;
  /** In bytes, where the contender doesn't choose it itself. */
  partSize?: number;
  /** The largest file that it uploads in reasonable time over a fast line, in bytes. */
  maxSize?: number;
  /** The packages that it needs, with exact versions. */
  packages?: readonly string[];
}

/** The contender whose best part size is the baseline that the others are compared with. */
export const BASELINE = 'xhr';

const xhr = (partSize: number): Contender => ({
  name: BASELINE,
  label: 'bare `XMLHttpRequest`',
  module: 'xhr',
  storage: 'oss',
  partSize,
});

const element = (attributes: string): Pick<Contender, 'module' | 'storage' | 'html'> => ({
  module: 'element',
  storage: 'oss',
  html: `<script type="module" src="/dist/oss-resumable-upload.js"></script>
<oss-resumable-upload multiple credentials-url="/credentials" ${attributes}></oss-resumable-upload>`,
});

const aliOss = (partSize: number): Contender => ({
  name: `ali-oss-${partSize / MIB}`,
  label: `ali-oss, ${partSize / MIB} MiB parts`,
  module: 'ali-oss',
  storage: 'oss',
  html: '<script src="/sdk.js"></script>',
  partSize,
  maxSize: 40 * MIB,
});

/** Several with the same name are variants, of which the best one counts. */
export const contenders: readonly Contender[] = [
  ...[1, 4, 16, 64].map((size) => xhr(size * MIB)),
  { name: 'element', label: 'oss-resumable-upload', ...element('') },
  { name: 'again', label: 'oss-resumable-upload, later uploads', isRepeated: true, ...element('') },
  {
    name: 'no-verify',
    label: 'oss-resumable-upload, later uploads, `no-verify`',
    isRepeated: true,
    ...element('no-verify'),
  },
  aliOss(MIB),
  aliOss(8 * MIB),
  {
    name: 'uppy',
    label: '@uppy/aws-s3',
    module: 'uppy',
    storage: 'oss',
    packages: ['@uppy/aws-s3@6.3.1', '@uppy/core@6.3.1'],
  },
  {
    name: 'tus',
    label: 'tus-js-client',
    module: 'tus',
    storage: 'receiver',
    packages: ['tus-js-client@4.3.1'],
  },
  {
    name: 'upchunk',
    label: '@mux/upchunk',
    module: 'upchunk',
    storage: 'receiver',
    packages: ['@mux/upchunk@3.5.0'],
  },
];

/** The names of contenders without variants, in order. */
export const contenderNames: readonly string[] = [...new Set(contenders.map(({ name }) => name))];

/** Few parts leave connections idle, and many cost time for requests: part sizes outside are not tried. */
const MIN_PARTS = 3;
const MAX_PARTS = 100;

/** Whether a contender is worth trying for files of this size in bytes. Only one variant is for small files. */
export function isReasonable({ name, partSize = 0 }: Contender, size: number): boolean {
  const parts = size / partSize;
  if (name !== BASELINE) return true;
  return size < MIB ? partSize === MIB : parts >= MIN_PARTS && parts <= MAX_PARTS;
}
