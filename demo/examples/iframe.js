addEventListener('message', ({ origin, data }) => {
  if (origin === location.origin) document.querySelector('#stored').textContent = `Stored as ${data.stored}`;
});
