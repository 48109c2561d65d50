// Keeps the emulator settings a page has changed, so that they are shown again after a reload. State that was saved for
// another emulator address is ignored: it belongs to an earlier run of the demo.

const STORAGE_KEY = 'demo';

interface DemoState {
  /** URL of the OSS emulator. */
  server: string;
  values: Record<string, unknown>;
}

function read(server: string): DemoState {
  const state = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null') as DemoState | null;
  return state?.server === server ? state : { server, values: {} };
}

export function load(server: string, name: string): unknown {
  return read(server).values[name];
}

export function save(server: string, name: string, value: unknown): void {
  const { values } = read(server);
  localStorage.setItem(
    STORAGE_KEY,
    JSON.stringify({ server, values: { ...values, [name]: value } } satisfies DemoState),
  );
}
