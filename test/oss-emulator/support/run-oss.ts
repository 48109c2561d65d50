// Runs an emulator in a process of its own, with a temporary directory. Prints its URL, and ends when it is killed.

import { startLocalOss } from '../../../dev/oss-emulator/local-oss.js';

const oss = await startLocalOss();
console.log(oss.url);
