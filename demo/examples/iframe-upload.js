// The page around the frame may be of another origin: it is told, and nobody else.
const { page } = document.body.dataset;

document.addEventListener('oss-upload-success', ({ detail }) => {
  parent.postMessage({ stored: detail.key }, page);
});
