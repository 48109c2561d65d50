// Tabs as the ARIA Authoring Practices describe them: arrow keys, Home and End select a tab, and the Tab key leaves the
// list. The URL's fragment names the selected tab, so that a reload keeps it and a link can point to it.

/** @param list The element with role `tablist`. Its tabs name their panels with `aria-controls`. */
export function bindTabs(list: HTMLElement): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];

  const select = (selected: HTMLElement): void => {
    for (const tab of tabs) {
      const isSelected = tab === selected;
      tab.setAttribute('aria-selected', String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      panelOf(tab).hidden = !isSelected;
    }
  };

  const show = (tab: HTMLElement): void => {
    select(tab);
    history.replaceState(null, '', `#${tab.dataset['tab']}`);
  };

  const selectFromUrl = (): void => {
    const name = location.hash.slice(1);
    const tab = tabs.find(({ dataset, hidden }) => dataset['tab'] === name && !hidden);
    if (tab) select(tab);
  };

  for (const tab of tabs) tab.addEventListener('click', () => show(tab));
  list.addEventListener('keydown', (event) => {
    const available = tabs.filter(({ hidden }) => !hidden);
    const index = available.indexOf(event.target as HTMLElement);
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
    const tab = target === undefined ? undefined : available.at(target % available.length);
    if (!tab) return;
    event.preventDefault();
    show(tab);
    tab.focus();
  });
  addEventListener('hashchange', selectFromUrl);
  selectFromUrl();
}

function panelOf(tab: HTMLElement): HTMLElement {
  return document.getElementById(tab.getAttribute('aria-controls') ?? '')!;
}
