// What a page has changed at the server, for the next page to show. Forgotten with the server: another one has
// another address.

const KEY = 'demo';

interface DemoState {
  server: string;
  values: Record<string, unknown>;
}

function read(server: string): DemoState {
  const memory = JSON.parse(localStorage.getItem(KEY) ?? 'null') as DemoState | null;
  return memory?.server === server ? memory : { server, values: {} };
}

export function load(server: string, name: string): unknown {
  return read(server).values[name];
}

export function save(server: string, name: string, value: unknown): void {
  const { values } = read(server);
  localStorage.setItem(
    KEY,
    JSON.stringify({ server, values: { ...values, [name]: value } } satisfies DemoState),
  );
}
