// The widgets that are compared: how a page contains each of them, and how it is operated there.

/** A moment in which the widgets are compared. */
export type Moment = 'empty' | 'dragging' | 'picked' | 'uploading' | 'paused' | 'failed' | 'success' | 'many';

export const moments: Moment[] = [
  'empty',
  'dragging',
  'picked',
  'uploading',
  'paused',
  'failed',
  'success',
  'many',
];

/** The local bucket. */
export interface Bucket {
  bucket: string;
  region: string;
  prefix: string;
  endpoint: string;
}

/** A script of the page sets `globalThis.widget` to this. */
export interface WidgetHandle {
  /** Starts what has been picked. Does nothing where that starts by itself. */
  start(): void;
  pause(): void;
  /** From 0 to 1. */
  progress(): number;
  /** Whether nothing is under way any more. */
  isDone(): boolean;
}

export interface Widget {
  name: string;
  /** The npm package whose version is reported. Absent for the widget of this project. */
  package?: string;
  /** What the widget can't do. */
  missing: Partial<Record<Moment, string>>;
  html(isMultiple: boolean, bucket: Bucket): string;
}

/** The packages that are installed into a temporary folder. */
export const packages = [
  '@uppy/core@6',
  '@uppy/dashboard@6',
  '@uppy/tus@6',
  '@mux/mux-uploader@1',
  '@vaadin/upload@25',
  '@vaadin/aura@25',
];

/** The module from which the pages import the peers. */
export const imports = `
  import '@uppy/core/css/style.min.css';
  import '@uppy/dashboard/css/style.min.css';
  export { default as Uppy } from '@uppy/core';
  export { default as Dashboard } from '@uppy/dashboard';
  export { default as Tus } from '@uppy/tus';
  import '@mux/mux-uploader';
  import '@vaadin/upload';
`;

const page = (head: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; padding: 16px; background: Canvas; color: CanvasText; font: 15px/1.5 system-ui, sans-serif; }
</style>
${head}
${body}`;

export const widgets: Widget[] = [
  {
    name: 'oss-resumable-upload',
    missing: {},
    html: (isMultiple, { bucket, region, prefix, endpoint }) =>
      page(
        '<script type="module" src="/dist/oss-resumable-upload.js"></script>',
        `<oss-resumable-upload region="${region}" bucket="${bucket}" endpoint="${endpoint}" credentials-url="/credentials"
  object-key="${prefix}{uuid}/{name}" part-size="1MiB" no-resume retries="0" ${isMultiple ? 'multiple' : ''}></oss-resumable-upload>
<script type="module">
  const element = document.querySelector('oss-resumable-upload');
  globalThis.widget = {
    start: () => element.start(),
    pause: () => element.pause(),
    // What the element shows: stored bytes.
    progress: () => element.progress.stored / element.progress.total,
    isDone: () => ['succeeded', 'failed'].includes(element.status),
  };
</script>`,
      ),
  },
  {
    name: 'Uppy Dashboard',
    package: '@uppy/dashboard',
    missing: {},
    html: (isMultiple) =>
      page(
        '<link rel="stylesheet" href="/peers.css">',
        `<div id="uppy"></div>
<script type="module">
  import { Uppy, Dashboard, Tus } from '/peers.js';
  const uppy = new Uppy({ restrictions: { maxNumberOfFiles: ${isMultiple ? 'null' : 1} } })
    .use(Dashboard, { inline: true, target: '#uppy', width: '100%', theme: 'auto', showProgressDetails: true })
    .use(Tus, { endpoint: '/tus', chunkSize: 1_048_576, retryDelays: null, storeFingerprintForResuming: false });
  globalThis.widget = {
    start: () => void uppy.upload(),
    pause: () => uppy.pauseAll(),
    progress: () => uppy.getState().totalProgress / 100,
    isDone: () => uppy.getFiles().every(({ error, progress }) => error || progress.uploadComplete),
  };
</script>`,
      ),
  },
  {
    name: 'mux-uploader',
    package: '@mux/mux-uploader',
    missing: { picked: 'Uploads start at once.', many: 'One file only.' },
    html: () =>
      page(
        '',
        `<mux-uploader endpoint="/chunks" pausable chunk-size="1024"></mux-uploader>
<script type="module">
  import '/peers.js';
  const element = document.querySelector('mux-uploader');
  const state = { progress: 0, isDone: false };
  element.addEventListener('progress', ({ detail }) => (state.progress = detail / 100));
  for (const type of ['success', 'uploaderror']) element.addEventListener(type, () => (state.isDone = true));
  const find = (root, selector) => {
    for (const node of root.querySelectorAll('*')) {
      const found = node.matches(selector) ? node : node.shadowRoot && find(node.shadowRoot, selector);
      if (found) return found;
    }
    return undefined;
  };
  globalThis.widget = {
    start: () => {},
    pause: () => find(find(document, 'mux-uploader-pause').shadowRoot, 'button').click(),
    progress: () => state.progress,
    isDone: () => state.isDone,
  };
</script>`,
      ),
  },
  {
    name: 'vaadin-upload',
    package: '@vaadin/upload',
    missing: { paused: 'No pause.' },
    html: (isMultiple) =>
      page(
        '<link rel="stylesheet" href="/vaadin/aura.css">',
        `<vaadin-upload target="/xhr" no-auto ${isMultiple ? '' : 'max-files="1"'}></vaadin-upload>
<script type="module">
  import '/peers.js';
  const element = document.querySelector('vaadin-upload');
  globalThis.widget = {
    start: () => element.uploadFiles(),
    pause: () => {},
    progress: () => {
      const sum = (value) => element.files.reduce((total, file) => total + value(file), 0);
      return sum(({ size, progress = 0 }) => (size * progress) / 100) / sum(({ size }) => size);
    },
    isDone: () => element.files.every(({ complete, error }) => complete || error),
  };
</script>`,
      ),
  },
];
