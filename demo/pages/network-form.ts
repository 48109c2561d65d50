// The form for the emulator's network conditions.

import { html, render } from 'lit';
import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import { load, save } from './demo-state.js';

export interface NetworkConditions {
  /** Bandwidth in Mbit/s; 0 for no limit. */
  megabits: number;
  /** Milliseconds. */
  latency: number;
}

const PRESETS = {
  off: { label: 'No throttling', megabits: 0, latency: 0 },
  fiber: { label: 'Fiber', megabits: 100, latency: 5 },
  cable: { label: 'Cable', megabits: 40, latency: 15 },
  dsl: { label: 'DSL', megabits: 10, latency: 30 },
  '3g': { label: '3G', megabits: 1.5, latency: 150 },
} as const satisfies Record<string, NetworkConditions & { label: string }>;

export type Preset = keyof typeof PRESETS;

const CUSTOM = 'custom';

const STATE_KEY = 'network';

export interface Emulator {
  /** URL of the OSS emulator. */
  server: string;
  control: OssControl;
}

type State = NetworkConditions & { preset: Preset | typeof CUSTOM };

export class NetworkForm {
  readonly #root: HTMLElement;
  readonly #emulator: Emulator;
  readonly #onChange: (conditions: NetworkConditions) => void;
  #state: State;

  /**
   * Renders the form with the conditions that were set before a reload.
   *
   * @param onChange Called after the emulator has applied new conditions.
   */
  constructor(root: HTMLElement, emulator: Emulator, onChange: (conditions: NetworkConditions) => void) {
    this.#root = root;
    this.#emulator = emulator;
    this.#onChange = onChange;
    this.#state = (load(emulator.server, STATE_KEY) as State | undefined) ?? {
      ...PRESETS.off,
      preset: 'off',
    };
    this.#render();
  }

  get conditions(): NetworkConditions {
    return this.#state;
  }

  get isThrottled(): boolean {
    return this.#state.megabits > 0;
  }

  async usePreset(preset: Preset): Promise<void> {
    const { megabits, latency } = PRESETS[preset];
    await this.#apply({ preset, megabits, latency });
  }

  async #apply(state: State): Promise<void> {
    const { server, control } = this.#emulator;
    this.#state = state;
    this.#render();
    save(server, STATE_KEY, state);
    const { megabits, latency } = state;
    await control.setNetworkConditions({ bytesPerSecond: bytesPerSecond(state), latency });
    this.#onChange({ megabits, latency });
  }

  #applyCustom(change: Partial<NetworkConditions>): void {
    void this.#apply({ ...this.#state, ...change, preset: CUSTOM });
  }

  #render(): void {
    const { preset, megabits, latency } = this.#state;
    const number = (event: Event): number => (event.target as HTMLInputElement).valueAsNumber || 0;
    render(
      html`<form @submit=${(event: Event) => event.preventDefault()}>
        <fieldset class="chips">
          <legend class="visually-hidden">Throttling</legend>
          ${Object.entries(PRESETS).map(
            ([name, { label }]) =>
              html`<label
                ><input
                  type="radio"
                  name="preset"
                  value=${name}
                  .checked=${preset === name}
                  @change=${() => void this.usePreset(name as Preset)}
                />
                ${label}</label
              >`,
          )}
          <label
            ><input
              type="radio"
              name="preset"
              value=${CUSTOM}
              .checked=${preset === CUSTOM}
              @change=${() => this.#applyCustom({})}
            />
            Custom</label
          >
        </fieldset>
        <div class="fields">
          <label>
            Bandwidth, Mbit/s
            <input
              type="number"
              name="megabits"
              min="0.1"
              max="10000"
              step="any"
              inputmode="decimal"
              placeholder="unlimited"
              .value=${megabits === 0 ? '' : String(megabits)}
              @change=${(event: Event) => this.#applyCustom({ megabits: number(event) })}
            />
          </label>
          <label>
            Latency, ms
            <input
              type="number"
              name="latency"
              min="0"
              max="10000"
              step="1"
              inputmode="numeric"
              placeholder="0"
              .value=${latency === 0 ? '' : String(latency)}
              @change=${(event: Event) => this.#applyCustom({ latency: number(event) })}
            />
          </label>
        </div>
      </form>`,
      this.#root,
    );
  }
}

export const bytesPerSecond = ({ megabits }: NetworkConditions): number => (megabits * 1e6) / 8;

export function describeConditions({ megabits, latency }: NetworkConditions): string {
  return `Network: ${megabits === 0 ? 'no throttling' : `${megabits} Mbit/s`}, ${latency} ms latency.`;
}
