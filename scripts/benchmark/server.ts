// The local OSS of a benchmark, in a process of its own: tells its parent where it is, ends with it.
import { startLocalOss } from '../../dev/oss-emulator/local-oss.js';

// MD5 for the ETags would cost the server more than all the rest of a request, and hide what the page costs.
const oss = await startLocalOss({ etags: 'crc64', buckets: { benchmark: {} } });
process.send?.(oss.url);
process.once('disconnect', () => {
  void oss.close().then(() => process.exit());
});
