document.addEventListener('oss-upload-success', ({ detail }) => {
  parent.postMessage({ stored: detail.key }, location.origin);
});
