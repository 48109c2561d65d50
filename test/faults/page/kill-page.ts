// The page of a browser that is going to be killed: uploads the file that is picked in its input, or goes on with it.
import { Uploader } from '../../../src/create-uploader.js';

interface KillTask {
  bucket: string;
  key: string;
  endpoint: string;
}

const { bucket, key, endpoint } = (await (await fetch('/task')).json()) as KillTask;
const uploader = new Uploader({
  region: 'oss-cn-hangzhou',
  bucket,
  endpoint,
  objectKey: key,
  credentialsUrl: '/credentials',
  partSize: 100 * 1024,
});
const restored = uploader.restore();

uploader.subscribe((notice) => {
  if (notice.type !== 'state') return;
  const { to } = notice;
  if (to.status !== 'succeeded' && to.status !== 'failed') return;
  const end = to.status === 'succeeded' ? { verified: to.result.verified } : { code: to.error.code };
  void fetch('/end', { method: 'POST', body: JSON.stringify(end) });
});

const input = document.querySelector('input')!;
input.addEventListener('change', () => void upload(input.files![0]!));
input.disabled = false;

async function upload(file: File): Promise<void> {
  const [found] = await restored;
  const picked = uploader.add(file, key);
  await fetch('/picked', { method: 'POST', body: JSON.stringify({ resumed: picked === found }) });
  picked.start();
  picked.resume();
}
