// Shows the theme in different states: adds files, and leaves the uploads ready, succeeded, paused and failed.
const makeFile = (name, size) => new File([new Uint8Array(size)], name);

await customElements.whenDefined('oss-resumable-upload');
const [one, several] = ['#one', '#several'].map((id) => document.querySelector(id));

await one.addFiles([makeFile('harbour-at-dawn-2026-final-cut.mp4', 3_000_000)]);

const template = several.objectKey;
// The credentials don't allow the key of boats.mov, so its upload fails.
several.objectKey = ({ name }) =>
  name === 'boats.mov' ? name : `${template.split('{')[0]}${crypto.randomUUID()}/${name}`;
const [stored, paused, failed] = await several.addFiles([
  makeFile('tides.mp4', 2_000_000),
  makeFile('nets-and-ropes.mp4', 4_000_000),
  makeFile('boats.mov', 1_000_000),
  makeFile('lighthouse.mp4', 9_000_000),
]);
several.addEventListener('oss-part-complete', ({ detail }) => {
  if (detail.upload === paused) paused.pause();
});
for (const upload of [stored, paused, failed]) upload.start();
