// Searches everything that scripts of a page can read, and what the page sends in URLs, for secrets.
import type { ElementPage } from './element-page.js';

export interface SecretSearch {
  /** Searches for the secrets. Returns where they were found. */
  find(secrets: readonly string[]): Promise<string[]>;
}

/** Starts to record. Call it before the secrets are in the page, and again after a reload. */
export async function watchForSecrets({ page, messages }: ElementPage): Promise<SecretSearch> {
  const urls: string[] = [];
  page.on('request', (request) => void urls.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
  await page.evaluate(record);
  return {
    async find(secrets) {
      const forms = secrets.flatMap(formsOf);
      const contains = (text: string) => forms.some((form) => text.includes(form));
      return [
        ...(await page.evaluate(search, forms)),
        ...(urls.some(contains) ? ['request URLs'] : []),
        ...(messages.some(contains) ? ['console messages'] : []),
      ];
    },
  };
}

/** A secret may be part of a URL, of JSON, or encoded. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    ...new Set([
      secret,
      json,
      encodeURIComponent(secret),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/.{0,4}=*$/, ''),
    ]),
  ];
}

interface Recording {
  console: unknown[];
  events: unknown[];
  broadcasts: unknown[];
}

/** Runs in the page. */
function record(): void {
  const recording: Recording = { console: [], events: [], broadcasts: [] };
  Object.assign(globalThis, { recording });
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      recording.console.push(values);
      original(...values);
    };
  }
  const types = [
    ...['add', 'reject', 'remove', 'part-complete', 'state-change'].map((type) => `oss-${type}`),
    ...['file-add', 'file-reject', 'file-remove', 'resumable-found'].map((type) => `oss-${type}`),
    ...['start', 'progress', 'retry', 'success', 'error', 'cancel'].map((type) => `oss-upload-${type}`),
    ...['change', 'input', 'error', 'unhandledrejection', 'message', 'storage', 'popstate', 'invalid'],
  ];
  const keep = (event: Event) => {
    const { detail, error, reason, message, data } = event as unknown as Record<string, unknown>;
    recording.events.push([detail, error, reason, message, data]);
  };
  for (const type of types) addEventListener(type, keep, true);
  new BroadcastChannel('oss-resumable-upload').onmessage = ({ data }) => void recording.broadcasts.push(data);
}

/** Runs in the page. Returns the channels that contain one of the texts. */
async function search(forms: readonly string[]): Promise<string[]> {
  const contains = (text: string) => forms.some((form) => text.includes(form));
  const { recording } = globalThis as unknown as { recording: Recording };

  const elements = [...document.querySelectorAll('oss-resumable-upload')];
  const isBuiltIn = (prototype: object) => {
    const type: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
    return typeof type === 'function' && /\[native code\]/.test(Function.prototype.toString.call(type));
  };

  /** Visits all values that are reachable through properties, getters, entries and prototypes of other than built-ins. */
  const reaches = (root: unknown): boolean => {
    const seen = new Set<unknown>();
    const queue: unknown[] = [root];
    const limit = 200_000;
    for (const value of queue) {
      if (seen.size > limit) throw new Error('Too many values are reachable.');
      if (typeof value === 'string') {
        if (contains(value)) return true;
        continue;
      }
      if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value))
        continue;
      seen.add(value);
      // The document is searched on its own.
      if (value === globalThis || (value instanceof Node && !elements.some((element) => element === value)))
        continue;
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
        if (contains(new TextDecoder().decode(value))) return true;
        continue;
      }
      // Prototypes of built-ins are instances of their parents, but throw when they are read.
      const attempt = (read: () => unknown[]) => {
        try {
          queue.push(...read());
        } catch {
          // There is nothing to read.
        }
      };
      if (value instanceof Map || value instanceof Set)
        attempt(() => [...value.keys(), ...value.values()] as unknown[]);
      if (value instanceof Headers || value instanceof FormData) attempt(() => [...value].flat());
      if (value instanceof Error) attempt(() => [value.message, value.stack, value.cause]);
      for (let owner: object | null = value; owner; owner = Object.getPrototypeOf(owner) as object | null) {
        // Getters of built-ins lead out of the element.
        if (owner !== value && isBuiltIn(owner)) break;
        for (const key of Reflect.ownKeys(owner)) {
          queue.push(typeof key === 'string' ? key : key.description);
          attempt(() => [Reflect.get(owner, key, value)]);
        }
      }
    }
    return false;
  };

  const textOf = (root: Document | ShadowRoot): string =>
    [...root.querySelectorAll('*')]
      .flatMap((element) => [
        element.localName,
        ...[...element.attributes].flatMap(({ name, value }) => [name, value]),
        ...[...element.childNodes].map(({ nodeValue }) => nodeValue ?? ''),
        (element as HTMLInputElement).value,
        element.shadowRoot ? textOf(element.shadowRoot) : '',
      ])
      .join('\n');

  const resultOf = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  const databases = async () => {
    const contents: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await resultOf(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store);
        contents.push(
          name,
          store,
          ...(await Promise.all([resultOf(records.getAllKeys()), resultOf(records.getAll())])),
        );
      }
      database.close();
    }
    return contents;
  };
  const cachedResponses = async () => {
    const contents: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        contents.push(name, request.url, await (await cache.match(request))!.text());
    }
    return contents;
  };

  const channels: Record<string, unknown> = {
    document: [document.documentElement.outerHTML, textOf(document), document.title],
    'form values': [...document.forms].map((form) => new FormData(form)),
    'properties of the element': elements,
    'JSON of the uploads': elements.map(({ uploads, progress, status }) =>
      JSON.stringify([
        uploads,
        uploads.map(({ checkpoint, state }) => [checkpoint, state]),
        progress,
        status,
      ]),
    ),
    IndexedDB: await databases(),
    localStorage: Object.entries(localStorage),
    sessionStorage: Object.entries(sessionStorage),
    cookies: document.cookie,
    caches: await cachedResponses(),
    'console calls': recording.console,
    events: recording.events,
    broadcasts: recording.broadcasts,
    locks: JSON.stringify(await navigator.locks.query()),
    'performance entries': JSON.stringify(performance.getEntries()),
    history: [history.state, location.href, window.name, document.referrer],
    globals: Reflect.ownKeys(globalThis)
      .filter((key) => /oss|upload|credential/i.test(String(key)))
      .map((key) => Reflect.get(globalThis, key) as unknown),
  };
  return Object.entries(channels)
    .filter(([, value]) => reaches(value))
    .map(([channel]) => channel);
}
