const frame = document.querySelector('iframe');

addEventListener('message', ({ origin, source, data }) => {
  if (source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
  document.querySelector('#stored').textContent = `Stored as ${data.stored}`;
});
