/**
 * Sends a small object as an HTML form (PostObject). Browsers send a form without a CORS preflight, so that many small
 * files need half as many requests as with PutObject.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postobject
 */
import { lookUp } from '../../core/guards.js';
import type { SdkCallOptions, SdkClient } from './sdk.js';

/** A larger object is sent with PutObject, which reports its progress: on a slow line, it takes long. In bytes. */
export const MAX_FORM_SIZE = 64 * 1024;

/** How long a signed form is valid, in milliseconds. As long as the signature of another request. */
const LIFETIME = 900_000;

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

/** What browsers and OSS leave as it is: ASCII without spaces around it, and without variables such as `${filename}`. */
const plainText = /^[!-#%-~](?:[ -#%-~]*[!-#%-~])?$/;
/** Also allows characters beyond ASCII, which forms send as UTF-8. */
const plainKey = /^[^\s\0-\x1f\x7f$](?:[^\0-\x1f\x7f$]*[^\s\0-\x1f\x7f$])?$/;

const secretFields = ['x-oss-security-token', 'x-oss-signature', 'policy'];

type Fields = Readonly<Record<string, string>> & { readonly key: string };

/** Returns the fields of a form that stores the same object as PutObject. `undefined` if no form can. */
export function toFormFields(
  key: string,
  { mime = '', headers = {}, meta = {}, callback }: SdkCallOptions,
): Fields | undefined {
  if (callback || !mime.includes('/') || !plainText.test(mime) || !plainKey.test(key)) return undefined;
  const settings = [
    ...Object.entries(headers).map(([name, value]) => [lookUp(fieldByHeader, name), value] as const),
    ...Object.entries(meta).map(([name, value]) => [`x-oss-meta-${name}`, value] as const),
  ];
  if (!settings.every(([name, value]) => name !== undefined && plainText.test(value))) return undefined;
  return { ...(Object.fromEntries(settings) as Record<string, string>), key, 'x-oss-content-type': mime };
}

/**
 * Returns the form, signed with the credentials of the client. The signature covers all fields and the size of the file.
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
  const allFields = { ...fields, ...signedFields, success_action_status: '200' };
  const conditions = Object.entries({ bucket, ...allFields });
  const policy = JSON.stringify({
    expiration: new Date(date.getTime() + LIFETIME).toISOString(),
    conditions: [
      ...conditions.map(([name, value]) => ({ [name]: value })),
      ['content-length-range', body.size, body.size],
    ],
  });
  const entries = Object.entries({
    ...allFields,
    policy: toBase64(policy),
    'x-oss-signature': client.signPostObjectPolicyV4(policy, date),
  });
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  // OSS ignores fields after the file.
  form.append('file', body, 'file');
  return form;
}

/** Returns what no error may contain. The policy contains the token, and OSS may quote the policy with escaped slashes. */
export function secretsOfForm(form: FormData): string[] {
  const [token = '', ...others] = secretFields.map((name) => form.get(name) as string);
  return [token, token.replaceAll('/', '\\/'), ...others];
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
