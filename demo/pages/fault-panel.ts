// The list of what can go wrong, with a button for each.

import { html, nothing, render } from 'lit';
import { load, save } from './demo-state.js';
import { MENDERS, TROUBLE_GROUPS, type Bench, type Trouble } from './fault-scenarios.js';

const MEMORY = 'troubles';

export class TroublePanel {
  readonly #root: HTMLElement;
  readonly #bench: Bench;
  readonly #onOrder: (words: string) => void;
  /** The title of what lasts, by what it spoils. */
  readonly #active: Map<string, string>;

  constructor(root: HTMLElement, bench: Bench, onOrder: (words: string) => void) {
    this.#active = new Map(Object.entries((load(bench.server, MEMORY) ?? {}) as Record<string, string>));
    this.#root = root;
    this.#bench = bench;
    this.#onOrder = onOrder;
    for (const trouble of TROUBLE_GROUPS.flatMap(({ troubles }) => troubles)) {
      if (this.#isActive(trouble)) trouble.putOn?.();
    }
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
      const refusal = await trouble.order?.(this.#bench);
      this.#onOrder(typeof refusal === 'string' ? refusal : `Ordered: ${title}.`);
      return;
    }
    const mended = this.#isActive(trouble);
    await MENDERS[lasting](this.#bench);
    if (mended) this.#active.delete(lasting);
    else {
      await trouble.order?.(this.#bench);
      trouble.putOn?.();
      this.#active.set(lasting, title);
    }
    this.#onOrder(`${mended ? 'Mended' : 'From now on'}: ${title}.`);
    this.#showAndRemember();
  }

  #isActive({ title, lasting }: Trouble): boolean {
    return lasting !== undefined && this.#active.get(lasting) === title;
  }

  #showAndRemember(): void {
    save(this.#bench.server, MEMORY, Object.fromEntries(this.#active));
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
    const { title, outcome, lasting, order } = trouble;
    const active = this.#isActive(trouble);
    const press = (): void => void this.#press(trouble);
    return html`<li>
      <span class="title" id="${id}-title">${title}</span>
      <p id="${id}-outcome">${outcome}</p>
      ${
        order &&
        html`<button
          type="button"
          id=${id}
          aria-pressed=${lasting === undefined ? nothing : active ? 'true' : 'false'}
          aria-labelledby="${id} ${id}-title"
          aria-describedby="${id}-outcome"
          @click=${press}
        >
          ${lasting === undefined ? 'Order' : active ? 'Mend' : 'Break'}
        </button>`
      }
    </li>`;
  }
}
