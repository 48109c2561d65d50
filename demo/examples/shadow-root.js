class FilmField extends HTMLElement {
  constructor() {
    super();
    const { content } = document.querySelector('#film-field');
    this.attachShadow({ mode: 'open' }).append(document.importNode(content, true));
  }
}

customElements.define('film-field', FilmField);

document.addEventListener('oss-upload-success', ({ detail }) => {
  document.querySelector('#stored').textContent = `Stored as ${detail.key}`;
});
