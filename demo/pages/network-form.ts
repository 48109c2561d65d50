// Binds the form of the line's speed to the local OSS.

import { OssControl } from '../../dev/oss-emulator/control-client.js';
import { load, save } from './demo-state.js';

interface Speed {
  /** Mbit/s; 0 for no limit. */
  megabits: number;
  /** Milliseconds. */
  latency: number;
}

/** Typical lines, upwards: what a person would be sold under that name. */
const SPEEDS: Readonly<Record<string, Speed>> = {
  off: { megabits: 0, latency: 0 },
  fibre: { megabits: 100, latency: 5 },
  dsl: { megabits: 10, latency: 30 },
  '3g': { megabits: 1.5, latency: 150 },
};

const CUSTOM = 'custom';

const MEMORY = 'line';

/**
 * @param server The address of the local OSS.
 * @param onChange Called with words for what the line is now.
 */
export function bindLineForm(form: HTMLFormElement, server: string, onChange: (words: string) => void): void {
  const control = new OssControl(server);
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const choice = form.elements.namedItem('speed') as RadioNodeList;

  const show = ({ megabits, latency }: Speed): void => {
    field('megabits').value = megabits === 0 ? '' : String(megabits);
    field('latency').value = latency === 0 ? '' : String(latency);
  };

  const apply = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    if (name !== 'speed') choice.value = CUSTOM;
    const preset = SPEEDS[choice.value];
    if (preset) show(preset);
    const megabits = field('megabits').valueAsNumber || 0;
    const latency = field('latency').valueAsNumber || 0;
    save(server, MEMORY, { choice: choice.value, megabits, latency });
    void control.setNetworkConditions({ bytesPerSecond: (megabits * 1e6) / 8, latency }).then(() => {
      onChange(
        megabits === 0 ? 'The line has full speed.' : `The line has ${megabits} Mbit/s and ${latency} ms.`,
      );
    });
  };

  const last = load(server, MEMORY) as (Speed & { choice: string }) | undefined;
  if (last) {
    choice.value = last.choice;
    show(last);
  }
  form.addEventListener('change', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
}
