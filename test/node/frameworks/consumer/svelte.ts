// The type checks that Svelte's compiler generates for templates with the tag.
import 'oss-resumable-upload/svelte';

svelteHTML.createElement('oss-resumable-upload', {
  class: 'wide',
  region: 'oss-cn-hangzhou',
  bucket: 'examplebucket',
  'credentials-url': '/sts',
  objectKey: async (file) => `films/${file.name}`,
  objectOptions: async (file, key) => ({ meta: { key, name: file.name } }),
  validateFile: async (file) => (file.size === 0 ? 'Empty' : undefined),
  retries: '3',
  'auto-start': true,
  stored: [{ key: 'films/1.mp4', name: 'film.mp4' }],
  'onoss-upload-success': ({ detail }) => detail.key satisfies string,
  'on:oss-upload-error': ({ detail }) => detail.error.code satisfies string,
  onclick: (event) => event.button,
});
// @ts-expect-error -- there is no such attribute
svelteHTML.createElement('oss-resumable-upload', { regions: 'oss-cn-hangzhou' });
// @ts-expect-error -- only the property accepts a function, not the attribute
svelteHTML.createElement('oss-resumable-upload', { 'object-key': (file: File) => file.name });
declare function onClick(event: MouseEvent): void;
// @ts-expect-error -- the handler receives a different event type
svelteHTML.createElement('oss-resumable-upload', { 'onoss-upload-success': onClick });
