// Posts to the parent page's origin only, so that no other site can read the message.
const { page } = document.body.dataset;

document.addEventListener('oss-upload-success', ({ detail }) => {
  parent.postMessage({ stored: detail.key }, page);
});
