/**
 * Sends a small object as an HTML form (PostObject). Browsers send a form without a CORS preflight, so that many small
 * files need half as many requests as with PutObject.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
import { lookUp } from '../../core/guards.js';
import type { SdkCallOptions, SdkClient } from './sdk.js';

/** A larger object is sent with PutObject, which reports its progress. In bytes. */
export const MAX_FORM_SIZE = 100 * 1024;

/** How long a signed form is valid, in milliseconds. */
const LIFETIME = 3_600_000;

/** Fields by the header that they replace. PostObject ignores or refuses other headers, such as tags. */
const fieldByHeader: Readonly<Record<string, string>> = {
  'cache-control': 'Cache-Control',
  'content-disposition': 'Content-Disposition',
  'content-encoding': 'Content-Encoding',
  expires: 'Expires',
  'x-oss-forbid-overwrite': 'x-oss-forbid-overwrite',
  'x-oss-object-acl': 'x-oss-object-acl',
  'x-oss-server-side-encryption': 'x-oss-server-side-encryption',
  'x-oss-server-side-encryption-key-id': 'x-oss-server-side-encryption-key-id',
  'x-oss-storage-class': 'x-oss-storage-class',
};

/** What browsers and OSS leave as it is: ASCII without spaces around it. */
const plainText = /^[!-~](?:[ -~]*[!-~])?$/;
/** Browsers change line breaks, and OSS replaces `${filename}`. */
const plainKey = /^[^\s$](?:[^\0-\x1f\x7f$]*[^\s$])?$/;

type Fields = Readonly<Record<string, string>> & { readonly key: string };

/** Returns the fields of a form that stores the same object as PutObject. `undefined` if no form can. */
export function toFormFields(
  key: string,
  { mime = '', headers = {}, meta = {}, callback }: SdkCallOptions,
): Fields | undefined {
  if (callback || !mime.includes('/') || !plainKey.test(key)) return undefined;
  const settings = [
    ...Object.entries(headers).map(([name, value]) => [lookUp(fieldByHeader, name), value] as const),
    ...Object.entries(meta).map(([name, value]) => [`x-oss-meta-${name}`, value] as const),
  ];
  if (!settings.every(([name, value]) => name !== undefined && plainText.test(value))) return undefined;
  return { ...(Object.fromEntries(settings) as Record<string, string>), key, 'x-oss-content-type': mime };
}

/**
 * Returns the form, signed with the credentials of the client.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/signature-version-4-recommend
 */
export function signForm(client: SdkClient, fields: Fields, body: Blob): FormData {
  const { accessKeyId, stsToken, bucket, region, amendTimeSkewed } = client.options;
  const date = new Date(Date.now() + amendTimeSkewed);
  const time = date.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region.replace(/^oss-/, '')}/oss/aliyun_v4_request`;
  const signedFields = {
    'x-oss-signature-version': 'OSS4-HMAC-SHA256',
    'x-oss-credential': `${accessKeyId}/${scope}`,
    'x-oss-date': time,
    'x-oss-security-token': stsToken,
  };
  const conditions = Object.entries({ bucket, key: fields.key, ...signedFields });
  const policy = JSON.stringify({
    expiration: new Date(date.getTime() + LIFETIME).toISOString(),
    conditions: conditions.map(([name, value]) => ({ [name]: value })),
  });
  const entries = Object.entries({
    ...fields,
    ...signedFields,
    policy: toBase64(policy),
    'x-oss-signature': client.signPostObjectPolicyV4(policy, date),
    success_action_status: '200',
  });
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  // OSS ignores fields after the file.
  form.append('file', body, 'file');
  return form;
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
