/**
 * What each error says in English: one calm sentence on what happened, one on what to do.
 */

import type { ErrorTexts } from './error-codes.js';

export const errorTexts: ErrorTexts = {
  'region-missing': {
    message: 'The upload has no region.',
    hint: 'Set the attribute region, for example region="oss-cn-hangzhou".',
  },
  'bucket-missing': {
    message: 'The upload has no bucket.',
    hint: 'Set the attribute bucket to the name of the bucket.',
  },
  'credentials-missing': {
    message: 'The upload does not know where to get credentials.',
    hint: 'Set credentials-url to an address that answers STS credentials, or the property getCredentials.',
  },
  'option-invalid': {
    message: 'The value of {option} can’t be used: {value}',
    hint: 'Correct {option}.',
  },
  'key-invalid': {
    message: 'This object key can’t be used: {key}',
    hint: 'A key has 1 to 1,023 bytes, does not begin with a slash and has no segment “.” or “..”.',
  },
  'credentials-refused': {
    message: 'You are not signed in, or not allowed to upload here.',
    hint: 'Sign in and try again.',
  },
  'credentials-failed': {
    message: 'The site could not provide credentials for the upload.',
    hint: 'Try again in a while; if it stays so, tell the people who run this site.',
  },
  'credentials-not-json': {
    message: 'The site answered something other than credentials, perhaps a sign-in page.',
    hint: 'Sign in and try again. For developers: credentials-url must answer JSON.',
  },
  'credentials-incomplete': {
    message: 'The credentials lack {field}.',
    hint: 'For developers: answer AccessKeyId, AccessKeySecret, SecurityToken and Expiration.',
  },
  'credentials-expired': {
    message: 'The credentials that the site provides have expired already.',
    hint: 'Try again; for developers: do not cache the answer of credentials-url.',
  },
  'credentials-timeout': {
    message: 'The site did not provide credentials in time.',
    hint: 'Check the connection and try again.',
  },
  'credentials-unreachable': {
    message: 'The site can’t be reached for credentials.',
    hint: 'Check the connection and try again. For developers: another origin must allow this one by CORS.',
  },
  'credentials-redirected': {
    message: 'The request for credentials is redirected to another site.',
    hint: 'Sign in and try again. For developers: credentials-url must not redirect to another origin.',
  },
  'credentials-rejected': {
    message: 'The storage does not accept the credentials, not even new ones.',
    hint: 'For developers: check the role, its access key and the clock of the server that answers credentials-url.',
  },
  'signature-refused': {
    message: 'The storage does not accept the signature of the upload.',
    hint: 'For developers: check that region is that of the bucket and the access key secret is right.',
  },
  'access-denied': {
    message: 'The storage does not allow this upload.',
    hint: 'For developers: the RAM policy must allow oss:PutObject on “{key}” in “{bucket}”.',
  },
  'bucket-not-found': {
    message: 'There is no bucket “{bucket}”.',
    hint: 'Check the attributes bucket, region and endpoint.',
  },
  'endpoint-refused': {
    message: 'The bucket “{bucket}” can’t be reached this way.',
    hint: 'Set region to that of the bucket, or set endpoint and cname to a domain that is bound to it.',
  },
  'object-exists': {
    message: 'A file is stored under “{key}” already.',
    hint: 'Rename the file and choose it again.',
  },
  'cors-blocked': {
    message: 'The storage can be reached, but does not let this page upload.',
    hint: 'For developers: check that the bucket “{bucket}” exists, and give it a CORS rule with origin {origin}, methods PUT, POST, GET, HEAD, DELETE, headers *, exposed headers ETag, x-oss-request-id, x-oss-hash-crc64ecma.',
  },
  'etag-hidden': {
    message: 'The storage does not tell this page what has arrived.',
    hint: 'For developers: the CORS rule of “{bucket}” must expose the header ETag.',
  },
  'clock-skewed': {
    message: 'The clock of this device is wrong.',
    hint: 'Set date and time, and try again.',
  },
  'upload-gone': {
    message: 'The storage has forgotten this upload.',
    hint: 'Try again: it begins anew.',
  },
  'callback-failed': {
    message: 'The file is stored, but the site could not be told.',
    hint: 'Tell the people who run this site that the upload callback fails.',
  },
  throttled: {
    message: 'The storage is busy.',
    hint: 'Try again in a while.',
  },
  'server-error': {
    message: 'The storage has a fault.',
    hint: 'Try again in a while.',
  },
  'request-refused': {
    message: 'The storage refuses the upload ({ossCode}).',
    hint: 'Tell the people who run this site.',
  },
  network: {
    message: 'The connection to the storage is lost.',
    hint: 'Check the connection and try again: what has arrived is kept.',
  },
  timeout: {
    message: 'The storage did not answer for too long.',
    hint: 'Check the connection and try again: what has arrived is kept.',
  },
  'file-unreadable': {
    message: 'The file can’t be read any more.',
    hint: 'It may have been moved, changed or deleted. Choose it again.',
  },
  'file-changed': {
    message: 'The file has changed since the upload began.',
    hint: 'Try again to upload it from the start, as it is now.',
  },
  'file-too-large': {
    message: 'The file is too large.',
    hint: 'Choose a smaller file.',
  },
  'checkpoint-mismatch': {
    message: 'This is not the file that the upload began with, or its record is damaged.',
    hint: 'Choose the same file, or begin anew.',
  },
  'verification-failed': {
    message: 'What the storage received is not what was sent.',
    hint: 'Try again: the damaged part is sent again.',
  },
  'sdk-unavailable': {
    message: 'A part of the uploader could not be loaded.',
    hint: 'Check the connection and try again.',
  },
  unexpected: {
    message: 'Something unexpected happened.',
    hint: 'Try again; if it stays so, tell the people who run this site.',
  },
};
