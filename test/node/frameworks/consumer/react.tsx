// What a page writes that uses the React component.
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
        getCredentials={() => Promise.reject(new Error('nobody is signed in'))}
        objectKey={async (file) => `films/${file.name}`}
        retries={3}
        autoStart
        onOssFileAdd={(event) => event.detail.key satisfies string}
        onOssUploadSuccess={({ detail }) => detail.upload.file satisfies File | undefined}
        onClick={() => element.current?.browse()}
      >
        <b slot="label">A film</b>
      </OssResumableUpload>
      {/* @ts-expect-error -- there is no such prop */}
      <OssResumableUpload regions="oss-cn-hangzhou" />
      {/* @ts-expect-error -- the handler is told another event */}
      <OssResumableUpload onOssUploadSuccess={(event: MouseEvent) => event.button} />
      {/* @ts-expect-error -- a method is no prop */}
      <OssResumableUpload browse={() => undefined} />
      {/* @ts-expect-error -- a state is told, not set */}
      <OssResumableUpload status="paused" />
      {/* @ts-expect-error -- a number, not text */}
      <OssResumableUpload retries="3" />
    </>
  );
}
