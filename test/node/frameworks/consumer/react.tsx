// A page that uses the React component.
import { OssResumableUpload, type OssResumableUploadElement } from 'oss-resumable-upload/react';
import { useRef } from 'react';

export function Films() {
  const element = useRef<OssResumableUploadElement>(null);
  return (
    <>
      <OssResumableUpload
        ref={element}
        className="wide"
        lang="zh-Hans"
        region="oss-cn-hangzhou"
        bucket="examplebucket"
        credentialsUrl="/sts"
        credentialsInit={{ headers: { 'x-csrf-token': '1' } }}
        getCredentials={() => Promise.reject(new Error('not signed in'))}
        objectKey={async (file) => `films/${file.name}`}
        objectOptions={async (file) => ({ headers: { 'Content-Language': file.name }, callback: null })}
        validateFile={(file) => (file.size === 0 ? 'Empty' : undefined)}
        includeHidden
        retries={3}
        autoStart
        stored={[{ key: 'films/1.mp4', size: 4e9 }]}
        onOssFileRemove={({ detail }) => detail.stored satisfies boolean}
        onOssFileAdd={(event) => event.detail.key satisfies string}
        onOssUploadSuccess={({ detail }) => detail.upload.file satisfies File | undefined}
        onClick={() => element.current?.browse()}
      >
        <b slot="label">A film</b>
      </OssResumableUpload>
      {/* @ts-expect-error -- there is no such prop */}
      <OssResumableUpload regions="oss-cn-hangzhou" />
      {/* @ts-expect-error -- the handler receives a different event type */}
      <OssResumableUpload onOssUploadSuccess={(event: MouseEvent) => event.button} />
      {/* @ts-expect-error -- only all files together can be allowed to overwrite objects */}
      <OssResumableUpload objectOptions={() => ({ overwrite: true })} />
      {/* @ts-expect-error -- a method is not a prop */}
      <OssResumableUpload browse={() => undefined} />
      {/* @ts-expect-error -- the property is read-only */}
      <OssResumableUpload status="paused" />
      {/* @ts-expect-error -- scripts can only empty the value */}
      <OssResumableUpload value="films/1.mp4" />
      {/* @ts-expect-error -- the prop is a boolean */}
      <OssResumableUpload multiple="yes" />
    </>
  );
}
