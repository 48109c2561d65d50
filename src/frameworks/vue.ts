/** Teaches the templates of Vue 3 the tag `<oss-resumable-upload>`; and defines it. */

import '../index.js';
import type { EmitFn, HTMLAttributes, ReservedProps } from 'vue';
import type { OssResumableUploadEvents } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import type { HandlerProps, TemplateSettings } from './props.js';

type Emits = {
  [Name in keyof OssResumableUploadEvents]: (event: OssResumableUploadEvents[Name]) => void;
};

/** A component in the eyes of a template; its instance is what a template ref holds. */
type Tag = new () => OssResumableUpload & {
  /** @deprecated Only templates have it. */
  $props: ReservedProps &
    Omit<HTMLAttributes, keyof TemplateSettings | keyof HandlerProps> &
    TemplateSettings &
    HandlerProps;
  /** @deprecated Only templates have it. */
  $emit: EmitFn<Emits>;
};

declare module 'vue' {
  interface GlobalComponents {
    'oss-resumable-upload': Tag;
  }
}
