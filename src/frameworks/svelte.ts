/** Defines `<oss-resumable-upload>` and declares it in Svelte templates. */

import '../index.js';
import type { HTMLAttributes } from 'svelte/elements';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import type { Handlers, TemplateSettings } from './props.js';

type Attributes = Omit<HTMLAttributes<OssResumableUpload>, keyof TemplateSettings>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'oss-resumable-upload': Attributes & TemplateSettings & Handlers<'on' | 'on:'>;
  }
}
