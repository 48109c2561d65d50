/** The English texts of the shell: all that is shown before the first file. locales/en.ts adds the others. */

import type { Messages } from './types.js';

/** Names of the texts that the shell shows. */
export type ShellText =
  | 'uploader'
  | 'dragFile'
  | 'dragAnotherFile'
  | 'dragFiles'
  | 'dragFolder'
  | 'addMoreFiles'
  | 'chooseFile'
  | 'chooseFiles'
  | 'chooseFolder'
  | 'chooseOrTakePhoto'
  | 'maximumSize'
  | 'typesAndSize'
  | 'loadFailed'
  | 'retry'
  | 'typeImages'
  | 'typeVideos'
  | 'typeAudio'
  | 'formFileMissing'
  | 'formUploading';

export const shellTexts: Pick<Messages, ShellText> = {
  uploader: 'File upload',
  dragFile: 'Drag a file here, or',
  dragAnotherFile: 'Drag another file here, or',
  dragFiles: 'Drag files here, or',
  dragFolder: 'Drag a folder here, or',
  addMoreFiles: 'Add more files',
  chooseFile: 'Choose file',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose folder',
  chooseOrTakePhoto: 'Choose or take a photo',
  maximumSize: 'Maximum size: {size}',
  typesAndSize: '{types}, up to {size}',
  loadFailed: 'Part of the uploader couldn’t be loaded. Check your connection, or reload the page.',
  retry: 'Retry',
  typeImages: 'images',
  typeVideos: 'videos',
  typeAudio: 'audio',
  formFileMissing: 'Upload a file to continue.',
  formUploading: 'The upload isn’t complete yet. Wait for it to finish.',
};
