// A page that uses the tag directly in React's JSX.
import 'oss-resumable-upload/jsx';
import type { OssResumableUpload } from 'oss-resumable-upload';
import { useRef } from 'react';

export function Films() {
  const element = useRef<OssResumableUpload>(null);
  return (
    <>
      <oss-resumable-upload
        ref={element}
        key="films"
        region="oss-cn-hangzhou"
        bucket="examplebucket"
        credentials-url="/sts"
        credentialsInit={{ headers: { 'x-csrf-token': '1' } }}
        objectKey={(file) => `films/${file.name}`}
        objectOptions={(file, key) => ({ meta: { key }, storageClass: file.size > 1e9 ? 'IA' : undefined })}
        validateFile={async (file) => (file.size === 0 ? 'Empty' : undefined)}
        include-hidden
        max-size="2 GiB"
        retries="3"
        auto-start
        stored={[{ key: 'films/1.mp4', name: 'film.mp4' }]}
        onoss-upload-success={({ detail }) => detail.key satisfies string}
        onClick={() => element.current?.browse()}
      >
        <b slot="label">A film</b>
      </oss-resumable-upload>
      {/* @ts-expect-error -- there is no such attribute */}
      <oss-resumable-upload regions="oss-cn-hangzhou" />
      {/* @ts-expect-error -- only the property accepts a function, not the attribute */}
      <oss-resumable-upload object-key={(file: File) => file.name} />
      {/* @ts-expect-error -- the handler receives a different event type */}
      <oss-resumable-upload onoss-upload-success={(event: MouseEvent) => event.button} />
    </>
  );
}
