// The type checks that Vue's compiler generates for a template with the tag.
import 'oss-resumable-upload/vue';
import { useTemplateRef, type GlobalComponents } from 'vue';

type Tag = InstanceType<GlobalComponents['oss-resumable-upload']>;

declare function template(props: Tag['$props']): void;
template({
  class: { wide: true },
  region: 'oss-cn-hangzhou',
  bucket: 'examplebucket',
  credentialsUrl: '/sts',
  'max-size': '2 GiB',
  objectKey: async (file) => `films/${file.name}`,
  objectOptions: async (file, key) => ({ meta: { key, name: file.name } }),
  validateFile: async (file) => (file.size === 0 ? 'Empty' : undefined),
  retries: '3',
  autoStart: true,
  stored: [{ key: 'films/1.mp4', name: 'film.mp4' }],
  onClick: (event) => event.button,
});
template({ onOssUploadSuccess: ({ detail }) => detail.key satisfies string });
// @ts-expect-error -- there is no such attribute
template({ regions: 'oss-cn-hangzhou' });
// @ts-expect-error -- not one of the values
template({ onCollision: 'replace' });
// @ts-expect-error -- only the property accepts a function, not the attribute
template({ 'object-key': (file: File) => file.name });

declare const emit: Tag['$emit'];
declare const event: CustomEvent<never>;
emit('oss-upload-success', event);
// @ts-expect-error -- there is no such event
emit('oss-upload-done', event);

useTemplateRef<Tag>('films').value?.browse();
