/** English, built in: what is spoken where no other language is known. */

import { errorTexts } from '../core/error-texts.js';
import type { Locale } from '../localize.js';

const english: Locale = {
  uploader: 'File upload',
  drop: 'Drop a file here, or',
  dropAnother: 'Drop another file here, or',
  dropNow: 'Drop the file here',
  chooseFile: 'Choose file',
  upTo: 'up to {size}',

  upload: 'Upload',
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Retry',
  tryNow: 'Try now',
  cancel: 'Cancel',
  remove: 'Remove',
  keep: 'Keep',
  discard: 'Discard',

  preparing: 'Getting ready…',
  transferred: '{loaded} of {total}',
  timeLeft: '{duration} left',
  waitingForNetwork: 'Waiting for the network. Goes on by itself.',
  tryingAgainIn: '{error} Trying again in {duration}.',
  tryingAgain: '{error} Trying again.',
  otherTab: 'Uploading in another tab',
  pausedAt: 'Paused at {percent}',
  completing: 'Finishing…',
  uploaded: 'Uploaded',
  uploadedVerified: 'Uploaded, and verified',
  unverifiedNotExposed: 'Not verified: the bucket’s CORS rule does not expose x-oss-hash-crc64ecma.',
  unverifiedSwitchedOff: 'Not verified: no-verify is set.',
  leftToday: '{percent} uploaded today.',
  leftOn: '{percent} uploaded on {day}.',
  resumable: '{left} Choose the file again to go on.',
  otherFile: '“{name}” is another file, so it can’t go on here.',
  changedFile: '“{name}” has changed since then, so it has to be uploaded anew.',
  forgetful: 'Keep this page open until the upload is done: this browser can’t remember it for later.',
  askDiscard: '{size} have arrived. Discard them?',
  details: 'Details',
  requestId: 'Request ID',

  rejectedType: '“{name}” is not a kind of file that can be uploaded here.',
  rejectedFolder: '“{name}” is a folder. Choose a file.',
  rejectedSize: '“{name}” is larger than {size}.',
  rejectedCount: 'One file at a time: “{name}” was not added.',
  rejectedKey: '“{name}” can’t be stored under its name.',
  rejectedByPage: '“{name}” can’t be uploaded here.',

  saidReady: '{name} is ready to upload.',
  saidFound: '{name}: {status}',
  saidStart: 'Uploading {name}.',
  saidStep: '{percent} uploaded.',
  saidResumed: 'Going on at {percent}.',
  saidDone: '{name} is uploaded.',
  saidCancelled: 'The upload of {name} is cancelled.',

  errors: errorTexts,
};

export default english;
