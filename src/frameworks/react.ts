/** A React component around `<oss-resumable-upload>`: for React 18, or if you prefer props to attributes. */

import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { OssResumableUpload as OssResumableUploadElement } from '../index.js';
import type { EventNames, EventOf, HandlerProps, Settings } from './props.js';

/** The element that a `ref` holds. */
export type { OssResumableUploadElement };

/** Props of the component: the element's properties, its events, and the attributes of any HTML element. */
export interface OssResumableUploadProps
  extends
    Omit<React.HTMLAttributes<OssResumableUploadElement>, keyof Settings | keyof HandlerProps>,
    Settings,
    HandlerProps {}

const events = {
  onOssFileAdd: 'oss-file-add',
  onOssFileReject: 'oss-file-reject',
  onOssFileRemove: 'oss-file-remove',
  onOssResumableFound: 'oss-resumable-found',
  onOssUploadStart: 'oss-upload-start',
  onOssUploadProgress: 'oss-upload-progress',
  onOssPartComplete: 'oss-part-complete',
  onOssStateChange: 'oss-state-change',
  onOssUploadRetry: 'oss-upload-retry',
  onOssUploadSuccess: 'oss-upload-success',
  onOssUploadError: 'oss-upload-error',
  onOssUploadCancel: 'oss-upload-cancel',
  onChange: 'change',
} satisfies EventNames as { [Prop in keyof EventNames]: EventNames[Prop] & EventName<EventOf<Prop>> };

/**
 * `<oss-resumable-upload>` with its properties and events as props. A `ref` holds the element.
 *
 * @example
 * <OssResumableUpload
 *   region="oss-cn-hangzhou"
 *   bucket="examplebucket"
 *   credentialsUrl="/sts"
 *   onOssUploadSuccess={({ detail }) => save(detail.key)}
 * />
 */
export const OssResumableUpload = createComponent({
  react: React,
  tagName: 'oss-resumable-upload',
  elementClass: OssResumableUploadElement,
  events,
  displayName: 'OssResumableUpload',
}) as React.ForwardRefExoticComponent<
  OssResumableUploadProps & React.RefAttributes<OssResumableUploadElement>
>;
