// Users who share a browser: their credentials, uploads and checkpoints, with the real adapters.
import { createIndexedDbCheckpoints } from '../../src/adapters/browser/indexeddb-checkpoints.js';
import { OssResumableUpload } from '../../src/oss-resumable-upload.js';
import { makeStoredUpload } from '../support/checkpoint-store-contract.js';

class TestElement extends OssResumableUpload {}
customElements.define('scoped-upload', TestElement);

const DAY = 24 * 3_600_000;
const store = createIndexedDbCheckpoints();

/** Resolves once a condition holds. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(requestAnimationFrame);
}

async function readIds(): Promise<string[]> {
  return (await store.list()).map(({ upload }) => upload.id);
}

describe('expired checkpoints', () => {
  it('are deleted by an element with no-resume', async () => {
    const expired = makeStoredUpload({ savedAt: Date.now() - 31 * DAY });
    await store.save(expired);
    const element = Object.assign(new TestElement(), { bucket: 'films', noResume: true });
    document.body.append(element);
    await until(async () => !(await readIds()).includes(expired.id));
    element.remove();
  });
});
