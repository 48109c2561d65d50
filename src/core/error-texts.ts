/** The English text of each error: a message for the end user and a hint for developers and administrators. */

import type { ErrorTexts } from './error-codes.js';

const notSetUp = 'Uploads aren’t set up correctly on this site. Contact the site administrator.';
const sessionExpired = 'Your session may have expired. Sign in and try again.';

export const errorTexts: ErrorTexts = {
  'region-missing': {
    message: notSetUp,
    hint: 'Set the region attribute, for example region="oss-cn-hangzhou".',
  },
  'bucket-missing': {
    message: notSetUp,
    hint: 'Set the bucket attribute to the name of the bucket.',
  },
  'credentials-missing': {
    message: notSetUp,
    hint: 'Set the credentials-url attribute to a URL that returns STS credentials, or set the getCredentials property.',
  },
  'option-invalid': {
    message: notSetUp,
    hint: 'The value of {option} is invalid: {value}. {fix}',
  },
  'key-invalid': {
    message: 'The name of this file can’t be used. Rename the file and choose it again.',
    hint: 'The object key “{key}” is invalid. A key has 1 to 1,023 bytes, doesn’t start with a slash and has no “.” or “..” segment.',
  },
  'duplicate-key': {
    message: '“{name}” would replace another file in the list. Rename it, or remove the other file.',
    hint: 'Two files in the list have the object key “{key}”. Set on-collision="rename", or use a template in object-key that makes keys unique.',
  },
  'credentials-refused': {
    message: 'You’re not signed in or don’t have permission to upload. Sign in and try again.',
    hint: 'credentials-url returned HTTP 401 or 403.',
  },
  'credentials-failed': {
    message:
      'This site couldn’t authorize the upload. If this keeps happening, contact the site administrator.',
    hint: 'credentials-url returned an error status, or getCredentials failed. Check the server’s log.',
  },
  'credentials-not-json': {
    message: sessionExpired,
    hint: 'credentials-url returned something other than JSON, perhaps a sign-in page.',
  },
  'credentials-incomplete': {
    message: notSetUp,
    hint: 'The credentials have no {field}. Return AccessKeyId, AccessKeySecret, SecurityToken and Expiration.',
  },
  'credentials-expired': {
    message: 'The authorization for this upload has expired. Try again.',
    hint: 'The credentials had already expired when they were received. Don’t cache the response of credentials-url.',
  },
  'credentials-timeout': {
    message: 'This site took too long to respond. Check your connection.',
    hint: 'The credentials weren’t received in time. Check how long credentials-url takes to respond.',
  },
  'credentials-unreachable': {
    message: 'This site can’t be reached. Check your connection.',
    hint: 'The request to credentials-url failed. If the URL has another origin, it must allow this one with CORS headers.',
  },
  'credentials-redirected': {
    message: sessionExpired,
    hint: 'credentials-url redirects to another origin, perhaps to a sign-in page. It must return the credentials itself. On another origin than the page, it can’t redirect at all.',
  },
  'credentials-rejected': {
    message: notSetUp,
    hint: 'OSS rejects the credentials, even new ones. Check the RAM role, its access key and the clock of the server behind credentials-url.',
  },
  'signature-refused': {
    message: notSetUp,
    hint: 'OSS rejects the signature. Check that region is the region of the bucket and that the AccessKeySecret is correct.',
  },
  'access-denied': {
    message: 'You don’t have permission to upload this file. Contact the site administrator.',
    hint: 'The RAM policy must allow oss:PutObject on “{key}” in the bucket “{bucket}”.',
  },
  'bucket-not-found': {
    message: notSetUp,
    hint: 'The bucket “{bucket}” doesn’t exist. Check the bucket, region and endpoint attributes.',
  },
  'endpoint-refused': {
    message: notSetUp,
    hint: 'The bucket “{bucket}” can’t be accessed through this endpoint. Set region to the region of the bucket, or set endpoint to a domain bound to it and add the cname attribute.',
  },
  'object-exists': {
    message: 'A file named “{key}” already exists. Rename your file and choose it again.',
    hint: 'An object with this key exists. Set the overwrite attribute to replace it, or use a template in object-key that makes keys unique.',
  },
  'cors-blocked': {
    message: 'This site isn’t allowed to upload to this storage. Contact the site administrator.',
    hint: 'Check that the bucket “{bucket}” exists. Add a CORS rule to it: origin {origin}; methods PUT, POST, GET, HEAD, DELETE; allowed headers *; exposed headers ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
  },
  'etag-hidden': {
    message: notSetUp,
    hint: 'The page can’t read the ETag of a response. The CORS rule of the bucket “{bucket}” must expose the ETag header.',
  },
  'clock-skewed': {
    message: 'This device’s date or time is incorrect. Correct it in the device settings.',
    hint: 'OSS rejects signatures whose time differs from its own by more than 15 minutes.',
  },
  'upload-gone': {
    message: 'This upload has expired. Retry to start over.',
    hint: 'The upload ID no longer exists. It was completed or aborted, or a lifecycle rule deleted its parts.',
  },
  'callback-failed': {
    message:
      'The file was uploaded, but this site wasn’t notified. Retry, or contact the site administrator.',
    hint: 'The object “{key}” is stored in the bucket “{bucket}”, but no callback for it was answered. Check the callback URL and its response. Retry makes OSS send the callback again, which requires oss:GetObject and the exposed header x-oss-hash-crc64ecma.',
  },
  throttled: {
    message: 'The storage service is busy. Your progress is saved.',
    hint: 'OSS limits the rate of requests or the bandwidth. Reduce parallel and concurrent-files.',
  },
  'server-error': {
    message: 'The storage service returned an error. Your progress is saved.',
    hint: 'OSS returned a 5xx status or an invalid response. If it persists, contact Alibaba Cloud support with the request ID.',
  },
  'request-refused': {
    message: 'The storage service rejected the upload. Contact the site administrator.',
    hint: 'OSS returned {ossCode}. Look up this error code in the OSS documentation.',
  },
  network: {
    message: 'Connection lost. Your progress is saved.',
    hint: 'A request to OSS failed without a response. Check the network, proxies and firewalls.',
  },
  timeout: {
    message: 'The storage service isn’t responding. Your progress is saved.',
    hint: 'A request to OSS timed out. Check the network, proxies and firewalls.',
  },
  redirected: {
    message: 'Your network redirected the upload. If it has a sign-in page, sign in, then retry.',
    hint: 'A request to {endpoint} was redirected, so all requests of this upload were aborted. OSS never redirects; set endpoint to the final URL.',
  },
  'lossy-connection': {
    message: 'Most of what you send doesn’t arrive. Try another network, or turn off your VPN.',
    hint: '{sent} bytes were sent, but OSS has acknowledged only {stored}. A proxy, VPN or antivirus program may drop the rest.',
  },
  'file-unreadable': {
    message: 'The file can’t be read. It may have been moved, changed or deleted. Choose it again.',
    hint: 'The browser lost access to the file.',
  },
  'file-changed': {
    message: 'The file has changed since the upload started. Retry to upload the new version from the start.',
    hint: 'The size or content of the file differs from what was uploaded, or its date differs and there’s no checksum to compare.',
  },
  'file-too-large': {
    message: 'The file is too large. Choose a smaller file.',
    hint: 'OSS stores objects of up to 48.8 TiB. Set max-size to reject large files when they’re added.',
  },
  'checkpoint-mismatch': {
    message: 'This isn’t the file you started with. Choose the original file or start a new upload.',
    hint: 'The checkpoint is damaged or belongs to another file.',
  },
  'verification-failed': {
    message: 'The file was damaged in transit. Retry to send it again.',
    hint: 'The CRC-64 of the object differs from that of the file.',
  },
  'sdk-unavailable': {
    message: 'Part of the uploader couldn’t be loaded. Check your connection, or reload the page.',
    hint: 'Check that the SDK module is deployed next to the main module and that the CSP allows it.',
  },
  unexpected: {
    message: 'Something went wrong. Try again. If this keeps happening, contact the site administrator.',
    hint: 'This may be a bug. The cause property of the error has the original error.',
  },
};
