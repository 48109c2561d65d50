// Page for the kill tests: uploads the selected file, or resumes its upload after a restart.
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

uploader.subscribe((event) => {
  if (event.type !== 'state') return;
  const { to } = event;
  if (to.status !== 'succeeded' && to.status !== 'failed') return;
  const end = to.status === 'succeeded' ? { verified: to.result.verified } : { code: to.error.code };
  void fetch('/end', { method: 'POST', body: JSON.stringify(end) });
});

const input = document.querySelector('input')!;
input.addEventListener('change', () => void upload(input.files![0]!));
input.disabled = false;

async function upload(file: File): Promise<void> {
  const [restoredUpload] = await restored;
  const selected = uploader.add(file, key);
  await fetch('/selected', {
    method: 'POST',
    body: JSON.stringify({ resumed: selected === restoredUpload }),
  });
  selected.start();
  selected.resume();
}
