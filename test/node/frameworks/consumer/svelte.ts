// What Svelte's compiler makes of templates that use the tag, as far as types go.
import 'oss-resumable-upload/svelte';

svelteHTML.createElement('oss-resumable-upload', {
  class: 'wide',
  region: 'oss-cn-hangzhou',
  bucket: 'examplebucket',
  'credentials-url': '/sts',
  objectKey: async (file) => `films/${file.name}`,
  retries: '3',
  'auto-start': true,
  'onoss-upload-success': ({ detail }) => detail.key satisfies string,
  'on:oss-upload-error': ({ detail }) => detail.error.code satisfies string,
  onclick: (event) => event.button,
});
// @ts-expect-error -- there is no such attribute
svelteHTML.createElement('oss-resumable-upload', { regions: 'oss-cn-hangzhou' });
// @ts-expect-error -- an attribute takes no function: the property does
svelteHTML.createElement('oss-resumable-upload', { 'object-key': (file: File) => file.name });
declare function onClick(event: MouseEvent): void;
// @ts-expect-error -- the handler is told another event
svelteHTML.createElement('oss-resumable-upload', { 'onoss-upload-success': onClick });
