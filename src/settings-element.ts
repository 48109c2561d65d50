/** The element's settings: every attribute and property that a page can set. config.ts converts and validates them. */

import { property } from 'lit/decorators.js';
import type { ObjectKey, UploadCallback } from './core/index.js';
import type { GetCredentials, OssSdk } from './create-uploader.js';
import { FormElement } from './form-element.js';
import type { Strings } from './i18n/types.js';

export abstract class SettingsElement extends FormElement {
  /** Region of the bucket, `oss-cn-hangzhou` or `cn-hangzhou`. Needed. */
  @property() region?: string | undefined;

  /** Name of the bucket. Needed. */
  @property() bucket?: string | undefined;

  /** A URL or a host: custom domain, acceleration, internal, a local server. By default made from the region. */
  @property() endpoint?: string | undefined;

  /** Whether the endpoint is a domain that is bound to the bucket. */
  @property({ type: Boolean }) cname = false;

  /** Whether the bucket goes into the path. */
  @property({ type: Boolean, attribute: 'path-style' }) pathStyle = false;

  /**
   * Where a file is stored: a template of `{name} {basename} {ext} {uuid} {date} {path}`, or a function that makes
   * the key.
   */
  @property({ attribute: 'object-key' }) objectKey: ObjectKey = '{name}';

  /** Whether an object of the same key may be replaced. */
  @property({ type: Boolean }) overwrite = false;

  /** Where STS credentials are requested, relative to the page. */
  @property({ attribute: 'credentials-url' }) credentialsUrl?: string | undefined;

  /** Whether cookies are sent to `credentials-url` across origins. */
  @property({ type: Boolean, attribute: 'with-credentials' }) withCredentials = false;

  /** Method and headers of the request for credentials, such as a CSRF token. */
  @property({ attribute: false }) credentialsInit?: RequestInit | undefined;

  /** Provides STS credentials in place of `credentials-url`. */
  @property({ attribute: false }) getCredentials?: GetCredentials | undefined;

  /** Which files are taken, as on `<input type="file">`. */
  @property() accept?: string | undefined;

  /** Whether several files are taken. */
  @property({ type: Boolean }) multiple = false;

  /** Whether folders are taken, with all that is in them; their paths are in `{path}`. */
  @property({ type: Boolean }) directory = false;

  /** How many files are taken, where several are. */
  @property({ attribute: 'max-files' }) maxFiles?: string | number | undefined;

  /** The largest file that is taken: bytes, or `500MB`, `2 GiB`. */
  @property({ attribute: 'max-size' }) maxSize?: string | number | undefined;

  /** Whether an upload begins as soon as a file is picked. */
  @property({ type: Boolean, attribute: 'auto-start' }) autoStart = false;

  /** `auto`, bytes or `8MB`; raised where 10,000 parts would not do. */
  @property({ attribute: 'part-size' }) partSize: string | number = 'auto';

  /** Parts of one file under way at once: `auto` or a number. */
  @property() parallel: string | number = 'auto';

  /** Files under way at once. */
  @property({ attribute: 'concurrent-files' }) concurrentFiles: string | number = 2;

  /** RetryScheduler in a row without a byte moved before an upload gives up; waiting for the network costs none. */
  @property({ type: Number }) retries = 5;

  /** Whether nothing is kept by which an upload could go on after a reload. */
  @property({ type: Boolean, attribute: 'no-resume' }) noResume = false;

  /** Tells apart users who share a browser: what one of them has left unfinished is not shown to another. */
  @property({ attribute: 'resume-scope' }) resumeScope = '';

  /** Whether what OSS has stored is not compared with the file by its CRC-64. */
  @property({ type: Boolean, attribute: 'no-verify' }) noVerify = false;

  /** Whether the browser asks before the page is left while an upload is under way. */
  @property({ type: Boolean, attribute: 'warn-on-leave' }) warnOnLeave = false;

  /** Whether the screen stays awake while bytes move. */
  @property({ type: Boolean, attribute: 'keep-awake' }) keepAwake = false;

  /** Whether dropping and pasting files is left to the page. */
  @property({ type: Boolean, attribute: 'no-drop' }) noDrop = false;

  /** Texts in place of single ones of the language; the attribute takes JSON. */
  @property({ type: Object }) strings?: Strings | undefined;

  /** Headers of the object, such as `Cache-Control`. */
  @property({ attribute: false }) headers?: Record<string, string> | undefined;

  /** User metadata of the object, without the prefix `x-oss-meta-`. */
  @property({ attribute: false }) meta?: Record<string, string> | undefined;

  /** Tags of the object. */
  @property({ attribute: false }) tags?: Record<string, string> | undefined;

  /** Storage class of the object, such as `IA`. */
  @property({ attribute: false }) storageClass?: string | undefined;

  /** What OSS calls once the object is stored. */
  @property({ attribute: false }) callback?: UploadCallback | undefined;

  /** An SDK of the page's own, such as `window.OSS`; by default a lean one is loaded at the first upload. */
  @property({ attribute: false }) sdk?: OssSdk | undefined;
}
