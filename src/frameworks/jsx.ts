'use client';
/** Defines `<oss-resumable-upload>` and declares it in JSX for React 19, which supports custom elements natively. */

import '../index.js';
import type * as React from 'react';
import type { OssResumableUpload } from '../oss-resumable-upload.js';
import type { Handlers, TemplateSettings } from './props.js';

type Props = React.DetailedHTMLProps<React.HTMLAttributes<OssResumableUpload>, OssResumableUpload>;

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- merges into React's declarations
  namespace JSX {
    interface IntrinsicElements {
      'oss-resumable-upload': Omit<Props, keyof TemplateSettings> & TemplateSettings & Handlers<'on'>;
    }
  }
}
