// Turns on the dark mode of the design systems when the browser prefers it.
const dark = matchMedia('(prefers-color-scheme: dark)');
const { classList, dataset } = document.documentElement;

const update = () => {
  classList.toggle('dark', dark.matches);
  dataset.bsTheme = dark.matches ? 'dark' : 'light';
};
dark.addEventListener('change', update);
update();
