// The OSS emulator of the benchmark, as a separate process. Sends its address to the parent and ends with it.
import { uploadCorsRules } from '../../dev/oss-emulator/cors.js';
import { startLocalOss } from '../../dev/oss-emulator/local-oss.js';
import type { EmulatorAccess } from './protocol.js';

// MD5 ETags would make the server the bottleneck.
// Path style, because Node may not resolve `benchmark.localhost`.
const oss = await startLocalOss({
  etags: 'crc64',
  buckets: { benchmark: { cors: uploadCorsRules(['*']), pathStyle: true } },
});
const { url, controlToken, accessKey } = oss;
process.send?.({ url, controlToken, accessKey } satisfies EmulatorAccess);
process.once('disconnect', () => {
  void oss.close().then(() => process.exit());
});
