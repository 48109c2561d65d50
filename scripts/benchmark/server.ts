// The OSS emulator of the benchmark, as a separate process. Sends its URL to the parent and ends with it.
import { startLocalOss } from '../../dev/oss-emulator/local-oss.js';

// MD5 ETags would make the server the bottleneck.
// Path style, because Node may not resolve `benchmark.localhost`.
const oss = await startLocalOss({ etags: 'crc64', buckets: { benchmark: { pathStyle: true } } });
process.send?.(oss.url);
process.once('disconnect', () => {
  void oss.close().then(() => process.exit());
});
