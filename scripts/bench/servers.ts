// The servers that store the uploads, in a separate process. Sends their addresses to the parent and ends with it.
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import { startLocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { ServerAddresses } from './protocol.js';
import { Receiver } from './receiver.js';
import { BUCKET } from './storage.js';

/** More than the requests of one run. */
const MAX_LOGGED_REQUESTS = 50_000;

// MD5 ETags would make the server the bottleneck.
// Path style, because Node may not resolve `bench.localhost`.
const oss = await startLocalOss({
  etags: 'crc64',
  maxLoggedRequests: MAX_LOGGED_REQUESTS,
  buckets: { [BUCKET]: { cors: uploadCorsRules(['*']), pathStyle: true } },
});
const receiver = await Receiver.start();
const { url, port, controlToken, accessKey } = oss;
process.send?.({
  oss: { url, port, controlToken, accessKey },
  receiver: { port: receiver.port },
} satisfies ServerAddresses);
process.once('disconnect', () => {
  void Promise.all([oss.close(), receiver.close()]).then(() => process.exit());
});
