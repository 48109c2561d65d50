// The list of fault scenarios, with a button for each.

import { html, nothing, render } from 'lit';
import { load, save } from './demo-state.js';
import { FAULT_GROUPS, resetters, type FaultContext, type FaultScenario } from './fault-scenarios.js';

const STATE_KEY = 'faults';

const SCENARIOS = FAULT_GROUPS.flatMap(({ scenarios }) => scenarios);

export class FaultPanel {
  readonly #root: HTMLElement;
  readonly #context: FaultContext;
  readonly #onMessage: (message: string) => void;
  /** Titles of the active persistent scenarios, by scope. */
  readonly #active: Map<string, string>;

  /** @param onMessage Called with a description of each change. */
  constructor(root: HTMLElement, context: FaultContext, onMessage: (message: string) => void) {
    this.#active = new Map(Object.entries((load(context.server, STATE_KEY) ?? {}) as Record<string, string>));
    this.#root = root;
    this.#context = context;
    this.#onMessage = onMessage;
    for (const scenario of SCENARIOS) {
      if (this.isActive(scenario.title)) scenario.applyToPage?.();
    }
    this.#render();
  }

  /** Resets all faults, including those that were triggered before the page was loaded. */
  async resetAll(): Promise<void> {
    await Promise.all(Object.values(resetters).map((reset) => reset(this.#context)));
    this.#active.clear();
    this.#saveAndRender();
    this.#onMessage('All faults reset.');
  }

  /** Returns whether a scenario is active until it is reset. */
  isActive(title: string): boolean {
    return [...this.#active.values()].includes(title);
  }

  /** Triggers or resets the scenario with this title. */
  async toggle(title: string): Promise<void> {
    const scenario = SCENARIOS.find((candidate) => candidate.title === title);
    if (scenario) await this.#toggle(scenario);
  }

  async #toggle(scenario: FaultScenario): Promise<void> {
    const { scope, title } = scenario;
    if (scope === undefined) {
      const problem = await scenario.trigger?.(this.#context);
      this.#onMessage(typeof problem === 'string' ? problem : `Triggered: ${title}.`);
      return;
    }
    const wasActive = this.isActive(title);
    await resetters[scope](this.#context);
    if (wasActive) this.#active.delete(scope);
    else {
      await scenario.trigger?.(this.#context);
      scenario.applyToPage?.();
      this.#active.set(scope, title);
    }
    this.#saveAndRender();
    this.#onMessage(`${wasActive ? 'Reset' : 'Active until reset'}: ${title}.`);
  }

  #saveAndRender(): void {
    save(this.#context.server, STATE_KEY, Object.fromEntries(this.#active));
    this.#render();
  }

  #render(): void {
    render(
      FAULT_GROUPS.map(
        ({ title, scenarios }, group) => html`
          <details class="fault-group" ?open=${group === 0}>
            <summary>${title}</summary>
            <ul class="fault-list">
              ${scenarios.map((scenario, index) => this.#item(scenario, `fault-${group}-${index}`))}
            </ul>
          </details>
        `,
      ),
      this.#root,
    );
  }

  #item(scenario: FaultScenario, id: string): unknown {
    const { title, description, scope, trigger } = scenario;
    const active = this.isActive(title);
    const onClick = (): void => void this.#toggle(scenario);
    return html`<li>
      <span class="title" id="${id}-title">${title}</span>
      <p id="${id}-description">${description}</p>
      ${
        trigger &&
        html`<button
          type="button"
          id=${id}
          aria-pressed=${scope === undefined ? nothing : active ? 'true' : 'false'}
          aria-labelledby="${id} ${id}-title"
          aria-describedby="${id}-description"
          @click=${onClick}
        >
          ${active ? 'Reset' : 'Trigger'}
        </button>`
      }
    </li>`;
  }
}
