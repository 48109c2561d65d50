// The list of what can go wrong, with a button for each.

import { html, render } from 'lit';
import { recall, remember } from './remembered.js';
import { MENDERS, TROUBLE_GROUPS, type Bench, type Trouble } from './troubles.js';

const MEMORY = 'troubles';

export class TroublePanel {
  readonly #root: HTMLElement;
  readonly #bench: Bench;
  readonly #onOrder: (words: string) => void;
  /** The title of what lasts, by what it spoils. */
  readonly #active: Map<string, string>;

  constructor(root: HTMLElement, bench: Bench, onOrder: (words: string) => void) {
    this.#active = new Map(Object.entries((recall(bench.server, MEMORY) ?? {}) as Record<string, string>));
    this.#root = root;
    this.#bench = bench;
    this.#onOrder = onOrder;
    this.#render();
  }

  /** Takes back all that was ordered, here or before the page was loaded. */
  async mendAll(): Promise<void> {
    await Promise.all(Object.values(MENDERS).map((mend) => mend(this.#bench)));
    this.#active.clear();
    this.#onOrder('All is mended.');
    this.#showAndRemember();
  }

  async #press(trouble: Trouble): Promise<void> {
    const { lasting, title } = trouble;
    if (lasting === undefined) {
      await trouble.order(this.#bench);
      this.#onOrder(`Ordered: ${title}.`);
      return;
    }
    const mended = this.#active.get(lasting) === title;
    await MENDERS[lasting](this.#bench);
    if (mended) this.#active.delete(lasting);
    else {
      await trouble.order(this.#bench);
      this.#active.set(lasting, title);
    }
    this.#onOrder(`${mended ? 'Mended' : 'From now on'}: ${title}.`);
    this.#showAndRemember();
  }

  #showAndRemember(): void {
    remember(this.#bench.server, MEMORY, Object.fromEntries(this.#active));
    this.#render();
  }

  #render(): void {
    render(
      TROUBLE_GROUPS.map(
        ({ title, troubles }, group) => html`
          <details class="trouble-group" ?open=${group === 0}>
            <summary>${title}</summary>
            <ul class="troubles">
              ${troubles.map((trouble, index) => this.#item(trouble, `trouble-${group}-${index}`))}
            </ul>
          </details>
        `,
      ),
      this.#root,
    );
  }

  #item(trouble: Trouble, id: string): unknown {
    const { title, outcome, lasting } = trouble;
    const active = lasting !== undefined && this.#active.get(lasting) === title;
    const press = (): void => void this.#press(trouble);
    return html`<li>
      <span class="title" id="${id}-title">${title}</span>
      <p id="${id}-outcome">${outcome}</p>
      ${
        lasting === undefined
          ? html`<button
              type="button"
              id=${id}
              aria-labelledby="${id} ${id}-title"
              aria-describedby="${id}-outcome"
              @click=${press}
            >
              Order
            </button>`
          : html`<button
              type="button"
              id=${id}
              aria-pressed=${active ? 'true' : 'false'}
              aria-labelledby="${id} ${id}-title"
              aria-describedby="${id}-outcome"
              @click=${press}
            >
              ${active ? 'Mend' : 'Break'}
            </button>`
      }
    </li>`;
  }
}
