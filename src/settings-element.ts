/**
 * The settings of the element, except those of a form control: attributes and properties that a page can set. config.ts
 * converts and validates them.
 */

import { property } from 'lit/decorators.js';
import type { ObjectKey, ObjectOptionsFunction, OnCollision, UploadCallback } from './core/index.js';
import type { GetCredentials, OssSdk } from './create-uploader.js';
import { FormElement } from './form-element.js';
import type { Strings } from './i18n/types.js';
import type { ValidateFile } from './restrictions.js';
import type { StoredFileInit } from './stored-files.js';
import { fromStoredAttribute } from './stored-keys.js';

export abstract class SettingsElement extends FormElement {
  /** Region of the bucket: `oss-cn-hangzhou` or `cn-hangzhou`. Required. */
  @property() region?: string | undefined;

  /** Name of the bucket. Required. */
  @property() bucket?: string | undefined;

  /** URL or host of the OSS endpoint, such as a custom domain. Default: the public endpoint of the region. */
  @property() endpoint?: string | undefined;

  /** Whether `endpoint` is a custom domain that is bound to the bucket. */
  @property({ type: Boolean }) cname = false;

  /** Whether the bucket name is the first segment of the URL path instead of part of the host name. */
  @property({ type: Boolean, attribute: 'path-style' }) pathStyle = false;

  /**
   * Object key of each file: a template with the placeholders `{name}`, `{basename}`, `{ext}`, `{path}`, `{date}` and
   * `{uuid}`. The property also accepts a function. If it throws or doesn't answer within 30 seconds, the file is rejected.
   *
   * @example
   * element.objectKey = 'videos/{date}/{uuid}.{ext}';
   * element.objectKey = (file) => `users/${userId}/${file.name}`;
   */
  @property({ attribute: 'object-key' }) objectKey: ObjectKey = '{name}';

  /**
   * What happens to a file whose object key another file in the list has: `reject`, or `rename`, which adds a number such
   * as `photo (2).jpg`. Also applies with `overwrite`.
   */
  @property({ attribute: 'on-collision' }) onCollision: OnCollision = 'reject';

  /**
   * Whether an existing object with the same key may be replaced. If not, the upload fails with `object-exists`. If the
   * object has the same bytes, and there is no callback, it is reused instead. In a bucket with versioning, OSS replaces the
   * object in any case, and keeps it as an earlier version.
   */
  @property({ type: Boolean }) overwrite = false;

  /**
   * URL that returns STS credentials as JSON, relative to the page. Required unless `getCredentials` is set. Another URL
   * counts as another user: see `resumeScope`.
   */
  @property({ attribute: 'credentials-url' }) credentialsUrl?: string | undefined;

  /** Whether the credentials request includes cookies when `credentials-url` is on another origin. */
  @property({ type: Boolean, attribute: 'with-credentials' }) withCredentials = false;

  /**
   * Fetch options for the credentials request, such as the method or a CSRF token header. Other content counts as another
   * user, unless `resumeScope` names the user: see there. An equal object is no change.
   *
   * @example
   * element.credentialsInit = { method: 'POST', headers: { 'X-CSRF-Token': token } };
   */
  @property({ attribute: false }) credentialsInit?: RequestInit | undefined;

  /**
   * Function that returns STS credentials. Takes precedence over `credentials-url`. Has no time limit. Credentials are
   * requested from each new function. A function with other source code counts as another user, unless `resumeScope` names
   * the user: see there.
   *
   * @example
   * element.getCredentials = async ({ signal }) => {
   *   const response = await fetch('/sts', { method: 'POST', signal });
   *   return response.json(); // { AccessKeyId, AccessKeySecret, SecurityToken, Expiration }
   * };
   */
  @property({ attribute: false }) getCredentials?: GetCredentials | undefined;

  /** Accepted file types, as on `<input type="file">`, such as `video/*,.pdf`. Also applies to drop and paste. */
  @property() accept?: string | undefined;

  /** Whether more than one file can be added. */
  @property({ type: Boolean }) multiple = false;

  /** Whether folders can be added, with all their files. `{path}` in `object-key` keeps their structure. */
  @property({ type: Boolean }) directory = false;

  /**
   * Whether hidden files in folders are added too: those whose names start with a dot, such as `.DS_Store`, and others that
   * operating systems create, such as `Thumbs.db` and `desktop.ini`. Hidden files that are selected one by one are always
   * added.
   */
  @property({ type: Boolean, attribute: 'include-hidden' }) includeHidden = false;

  /** Maximum number of files, with `multiple` or `directory`. Default: unlimited. */
  @property({ attribute: 'max-files' }) maxFiles?: string | number | undefined;

  /** Maximum size of a file: bytes, or a number with a unit such as `500MB` or `2 GiB`. Default: unlimited. */
  @property({ attribute: 'max-size' }) maxSize?: string | number | undefined;

  /**
   * Function that validates a file before it is added. If it returns a sentence, the file is rejected and the user sees the
   * sentence. If it returns `undefined`, the file is accepted. If it throws, returns another value or doesn't answer within
   * 30 seconds, the file is rejected. It isn't called for files that other settings reject, nor for those of resumable
   * uploads. See `ValidateFile`.
   *
   * @example
   * element.validateFile = async (file) => {
   *   const { width } = await createImageBitmap(file);
   *   return width < 800 ? `${file.name} is less than 800 pixels wide.` : undefined;
   * };
   */
  @property({ attribute: false }) validateFile?: ValidateFile | undefined;

  /** Whether uploads start as soon as files are added. */
  @property({ type: Boolean, attribute: 'auto-start' }) autoStart = false;

  /**
   * Part size: `auto`, bytes, or a number with a unit such as `8MB`. With `auto`, parts take one to four seconds, as far as
   * earlier uploads to the endpoint have shown; at first, they are 4 MiB. Raised if the file would need more than 10,000
   * parts.
   */
  @property({ attribute: 'part-size' }) partSize: string | number = 'auto';

  /**
   * Parts in flight to the bucket at most, of all files in the page: `auto` or a number. With `auto`, up to 6 as long as OSS
   * acknowledges them within about five seconds.
   */
  @property() parallel: string | number = 'auto';

  /**
   * Files that are uploaded in parallel: `auto` or a number. With `auto`, files share six connections. Each takes as many as it
   * has parts left, 3 at most: two large files are uploaded at once, or six of one part. Three more files of up to 100 KiB are
   * prepared meanwhile.
   */
  @property({ attribute: 'concurrent-files' }) concurrentFiles: string | number = 'auto';

  /** Retries of a request in a row, without progress, before an upload fails. Waiting for the network uses up none. */
  @property() retries: string | number = 5;

  /** Whether checkpoints are not saved in the browser, so that uploads can't be resumed after a reload. */
  @property({ type: Boolean, attribute: 'no-resume' }) noResume = false;

  /**
   * Separates users who share a browser, such as a user ID: users see only their own unfinished uploads. The browser stores
   * only a hash of it.
   *
   * When the user changes, running uploads stop, and the list, the form value, restored form state and the credentials are
   * dropped. Checkpoints stay, for their own user. The user changes with
   * - another `resumeScope`,
   * - another `credentialsUrl` or `withCredentials`, or a function instead of a URL,
   * - without `resumeScope`: other content of `credentialsInit`, or other source code of `getCredentials`.
   *
   * Frameworks may create equal objects and functions at each rendering, which is no change. While `resumeScope` stays the
   * same, the page may also set a new token or another function. What is set for the first time, and what is set back
   * before the next microtask, is no change.
   *
   * @example
   * element.resumeScope = user.id;
   */
  @property({ attribute: 'resume-scope' }) resumeScope = '';

  /**
   * Whether the stored object is not verified by comparing its CRC-64 with that of the file. A failed `callback` can't be repeated
   * then.
   */
  @property({ type: Boolean, attribute: 'no-verify' }) noVerify = false;

  /** Whether the browser asks for confirmation before the user leaves the page during an upload. */
  @property({ type: Boolean, attribute: 'warn-on-leave' }) warnOnLeave = false;

  /** Whether the screen is kept on during an upload, if the browser allows it. */
  @property({ type: Boolean, attribute: 'keep-awake' }) keepAwake = false;

  /** Whether dropped and pasted files are ignored, so that the page can handle them. */
  @property({ type: Boolean, attribute: 'no-drop' }) noDrop = false;

  /**
   * Whether a stored file has a link to its object. The link to an uploaded file has no signature, so the object must be
   * publicly readable. The link to a file of `stored` is its `url`.
   */
  @property({ type: Boolean, attribute: 'show-link' }) showLink = false;

  /** Whether the empty drop zone takes a single line, for dense pages. */
  @property({ type: Boolean }) compact = false;

  /**
   * Files that are stored already, such as those of a saved record: `{ key, name?, size?, type?, url? }`. The list shows
   * them as uploaded, and the form submits their keys first. The attribute takes JSON.
   *
   * Like the `value` attribute of `<input>`, this is the default value. The list follows its changes until a file is added
   * or removed, and `form.reset()` returns to it. Read the current value from `value` or the form.
   *
   * @example
   * element.stored = [{ key: 'films/1/film.mp4', name: 'film.mp4', size: 4e9 }];
   */
  @property({ converter: { fromAttribute: fromStoredAttribute } }) stored: readonly StoredFileInit[] = [];

  /**
   * Whether the list shows only file-type icons. Otherwise, it shows thumbnails of images, and of the first frame of MP4,
   * QuickTime, WebM and Matroska videos, if the browser can decode them.
   */
  @property({ type: Boolean, attribute: 'no-thumbnails' }) noThumbnails = false;

  /**
   * Replacements for single UI texts. The attribute takes JSON. See `Messages` for the names.
   *
   * @example
   * element.strings = { chooseFile: 'Choose a film' };
   */
  @property({ type: Object }) strings?: Strings | undefined;

  /**
   * HTTP headers of the object, such as `Cache-Control`.
   *
   * @example
   * element.headers = { 'Cache-Control': 'max-age=31536000' };
   */
  @property({ attribute: false }) headers?: Record<string, string> | undefined;

  /**
   * User metadata of the object, by name without the prefix `x-oss-meta-`.
   *
   * @example
   * element.meta = { author: 'Ada' }; // x-oss-meta-author: Ada
   */
  @property({ attribute: false }) meta?: Record<string, string> | undefined;

  /** Tags of the object, by name. At most 10. */
  @property({ attribute: false }) tags?: Record<string, string> | undefined;

  /** Storage class of the object, such as `IA`. Default: the storage class of the bucket. */
  @property({ attribute: false }) storageClass?: string | undefined;

  /**
   * Request that OSS sends to your server once the object is stored. See `UploadCallback`.
   *
   * @example
   * element.callback = {
   *   url: 'https://example.com/uploaded',
   *   body: 'key=${object}&size=${size}&user=${x:user}',
   *   customValue: { user: '42' },
   * };
   */
  @property({ attribute: false }) callback?: UploadCallback | undefined;

  /**
   * Function that returns settings for the object of one file: `headers`, `meta`, `tags`, `storageClass`, `contentType`
   * and `callback`. Each setting replaces that of the element as a whole; `undefined` keeps the element's, and `null`
   * removes it. See `ObjectOptionsFunction`.
   *
   * @example
   * element.objectOptions = (file) => ({
   *   meta: { ...element.meta, taken: new Date(file.lastModified).toISOString() },
   *   storageClass: file.size > 1e9 ? 'IA' : undefined,
   * });
   */
  @property({ attribute: false }) objectOptions?: ObjectOptionsFunction | undefined;

  /**
   * Your own copy of the SDK, such as `window.OSS`. Default: a slim build, which is loaded when the user
   * opens the file picker or drags files over the element, or at the first upload.
   */
  @property({ attribute: false }) sdk?: OssSdk | undefined;
}
