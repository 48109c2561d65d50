// Binds the network conditions form to the OSS emulator.

import type { OssControl } from '../../dev/oss-emulator/control-client.js';
import { load, save } from './demo-state.js';

interface NetworkConditions {
  /** Bandwidth in Mbit/s; 0 for no limit. */
  megabits: number;
  /** Milliseconds. */
  latency: number;
}

const PRESETS: Readonly<Record<string, NetworkConditions>> = {
  off: { megabits: 0, latency: 0 },
  fibre: { megabits: 100, latency: 5 },
  dsl: { megabits: 10, latency: 30 },
  '3g': { megabits: 1.5, latency: 150 },
};

const CUSTOM = 'custom';

const STATE_KEY = 'network';

export interface Emulator {
  /** URL of the OSS emulator. */
  server: string;
  control: OssControl;
}

/** @param onChange Called with a description of the new conditions. */
export function bindNetworkForm(
  form: HTMLFormElement,
  { server, control }: Emulator,
  onChange: (description: string) => void,
): void {
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const preset = form.elements.namedItem('preset') as RadioNodeList;

  const show = ({ megabits, latency }: NetworkConditions): void => {
    field('megabits').value = megabits === 0 ? '' : String(megabits);
    field('latency').value = latency === 0 ? '' : String(latency);
  };

  const apply = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    if (name !== 'preset') preset.value = CUSTOM;
    const conditions = PRESETS[preset.value];
    if (conditions) show(conditions);
    const megabits = field('megabits').valueAsNumber || 0;
    const latency = field('latency').valueAsNumber || 0;
    save(server, STATE_KEY, { preset: preset.value, megabits, latency });
    void control.setNetworkConditions({ bytesPerSecond: (megabits * 1e6) / 8, latency }).then(() => {
      onChange(`Network: ${megabits === 0 ? 'no throttling' : `${megabits} Mbit/s`}, ${latency} ms latency.`);
    });
  };

  const last = load(server, STATE_KEY) as (NetworkConditions & { preset: string }) | undefined;
  if (last) {
    preset.value = last.preset;
    show(last);
  }
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
}
