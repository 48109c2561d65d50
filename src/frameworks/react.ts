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

/** A prop that no property of the element has the name of. */
const ATTRIBUTES = '$attributes';

/** Sets properties and event listeners once the element is in the page, also when React hydrates it. */
const Tag = createComponent({
  react: {
    ...React,
    createElement: ((tag: string, { [ATTRIBUTES]: attributes, ...props }: Record<string, object>) =>
      React.createElement(tag, { ...attributes, ...props })) as typeof React.createElement,
  },
  tagName: 'oss-resumable-upload',
  elementClass: OssResumableUploadElement,
  events,
});

/** Returns the settings that attributes can hold. With them, the markup of a server is complete before it is hydrated. */
function toAttributes(props: Record<string, unknown>): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [name, { attribute = true }] of OssResumableUploadElement.elementProperties) {
    const value = props[String(name)];
    const isPlain = typeof value === 'string' || typeof value === 'number' || value === true;
    if (!isPlain || attribute === false) continue;
    attributes[attribute === true ? String(name).toLowerCase() : attribute] = value;
  }
  return attributes;
}

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
export const OssResumableUpload = React.forwardRef<OssResumableUploadElement, OssResumableUploadProps>(
  (props, ref) =>
    React.createElement(Tag as React.ElementType, {
      ...props,
      ref,
      [ATTRIBUTES]: toAttributes(props as Record<string, unknown>),
    }),
);
OssResumableUpload.displayName = 'OssResumableUpload';
