// A page without a framework.
import { OssResumableUpload, registerLocale, UploadError, type Locale } from 'oss-resumable-upload';
import { Uploader } from 'oss-resumable-upload/core';
import english from 'oss-resumable-upload/locales/en';

const element = document.createElement('oss-resumable-upload') satisfies OssResumableUpload;
element.objectKey = (file) => `films/${file.name}`;
element.objectOptions = (file, key) => ({ tags: { key }, contentType: file.type });
element.validateFile = ({ size }) => (size === 0 ? 'Empty' : undefined);
element.addEventListener('oss-upload-success', ({ detail }) => detail.key satisfies string);
element.addEventListener('oss-upload-error', ({ detail }) => detail.error satisfies UploadError);
// @ts-expect-error -- the property is read-only
element.status = 'paused';
// @ts-expect-error -- there is no such method
element.upload();

const locale: Locale = { ...english, upload: 'Send' };
registerLocale('en-GB', locale);

const uploader = new Uploader({ region: 'oss-cn-hangzhou', bucket: 'examplebucket', credentialsUrl: '/sts' });
uploader.subscribe(({ upload }) => upload.pause());
// @ts-expect-error -- the option is a path or a URL
uploader.options.credentialsUrl = 1;
