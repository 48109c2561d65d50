/** Defines `<oss-resumable-upload>` and declares it in Vue 3 templates. */

import '../index.js';
import type { EmitFn, HTMLAttributes, ReservedProps } from 'vue';
import type { OssResumableUploadEvents } from '../events.js';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import type { HandlerProps, TemplateSettings } from './props.js';

type Emits = {
  [Name in keyof OssResumableUploadEvents]: (event: OssResumableUploadEvents[Name]) => void;
};

/** The element as a Vue component type. A template ref holds its instance type. */
type Tag = new () => OssResumableUpload & {
  /** @deprecated For type checking of templates only. Doesn't exist at run time. */
  $props: ReservedProps &
    Omit<HTMLAttributes, keyof TemplateSettings | keyof HandlerProps> &
    TemplateSettings &
    HandlerProps;
  /** @deprecated For type checking of templates only. Doesn't exist at run time. */
  $emit: EmitFn<Emits>;
};

declare module 'vue' {
  interface GlobalComponents {
    'oss-resumable-upload': Tag;
  }
}
