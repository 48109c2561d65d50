// Reads the accessibility tree of a page: in Chromium over CDP, in Firefox from its own accessibility service.
import type { Browser, Page } from 'puppeteer-core';

/** A node as assistive technologies get it. */
export interface ExposedNode {
  role: string;
  name: string;
  description: string;
  value: string;
  states: string[];
}

/** Containers without meaning of their own, and what is above the element in the page. */
const SKIPPED = new Set([
  '',
  'none',
  'generic',
  'InlineTextBox',
  'RootWebArea',
  'main',
  'document',
  'internal frame',
  'landmark',
  'section',
  'text',
  'text container',
]);

/** ARIA roles by the names that the browsers use. */
const ROLES: Readonly<Record<string, string>> = {
  StaticText: 'text',
  'text leaf': 'text',
  pushbutton: 'button',
  statusbar: 'status',
  grouping: 'group',
  Details: 'group',
  details: 'group',
  DisclosureTriangle: 'summary',
  summary: 'summary',
  graphic: 'image',
  image: 'image',
  progressbar: 'progressbar',
  progressIndicator: 'progressbar',
};

const toRole = (role: string): string => ROLES[role] ?? role;

/** Removes directional isolates, and text that only repeats the name of its control. */
function toNodes(raw: readonly (ExposedNode & { depth: number })[]): ExposedNode[] {
  const nodes: ExposedNode[] = [];
  let control: { name: string; depth: number } | undefined;
  for (const { depth, ...node } of raw) {
    if (control && depth <= control.depth) control = undefined;
    if (SKIPPED.has(node.role)) continue;
    const role = toRole(node.role);
    const [name, description, value] = [node.name, node.description, node.value].map(plain) as [
      string,
      string,
      string,
    ];
    if (role === 'text' && (!name || control)) continue;
    if (role === 'button' || role === 'summary') control = { name, depth };
    nodes.push({ ...node, role, name, description, value: role === 'text' ? '' : value });
  }
  return nodes;
}

function plain(text: string): string {
  return text
    .replace(/[\u2068\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

async function chromiumTree(page: Page): Promise<ExposedNode[]> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const raw: (ExposedNode & { depth: number })[] = [];
  const visit = (id: string, depth: number): void => {
    const node = byId.get(id);
    if (!node) return;
    const property = (name: string) =>
      node.properties?.find((found) => found.name === name)?.value.value as unknown;
    if (!node.ignored) {
      const invalid = property('invalid');
      raw.push({
        role: String(node.role?.value ?? ''),
        name: String(node.name?.value ?? ''),
        description: String(node.description?.value ?? ''),
        value: String(property('valuetext') || node.value?.value || ''),
        states: [
          property('focused') && 'focused',
          property('disabled') && 'disabled',
          invalid && invalid !== 'false' && 'invalid',
          property('expanded') === false && 'collapsed',
        ].filter((state) => typeof state === 'string'),
        depth,
      });
    }
    for (const child of node.childIds ?? []) visit(child, depth + 1);
  };
  visit(nodes[0]!.nodeId, 0);
  return toNodes(raw);
}

/** Runs in the browser's own window, which may use the accessibility service. */
const FIREFOX_WALK = `(() => {
  const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
  const nodes = [];
  const { STATE_FOCUSED, STATE_UNAVAILABLE, STATE_INVALID, STATE_COLLAPSED } = Ci.nsIAccessibleStates;
  const states = { focused: STATE_FOCUSED, disabled: STATE_UNAVAILABLE, invalid: STATE_INVALID, collapsed: STATE_COLLAPSED };
  const visit = (node, depth) => {
    const bits = {};
    node.getState(bits, {});
    nodes.push({
      role: service.getStringRole(node.role),
      name: node.name ?? '',
      description: node.description ?? '',
      value: node.value ?? '',
      states: Object.keys(states).filter((name) => bits.value & states[name]),
      depth,
    });
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child, depth + 1);
  };
  const root = service.getAccessibleFor(window.gBrowser.selectedBrowser);
  // The service has just started.
  if (root) visit(root, 0);
  return JSON.stringify(nodes);
})()`;

interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}

async function firefoxTree(browser: Browser): Promise<ExposedNode[]> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const { contexts } = tree.result as { contexts: { context: string; url: string }[] };
  const window = contexts.find(({ url }) => url.endsWith('/browser.xhtml'));
  const evaluated = await connection.send('script.evaluate', {
    expression: FIREFOX_WALK,
    target: { context: window?.context },
    awaitPromise: true,
  });
  const { result, exceptionDetails } = evaluated.result as {
    result?: { value: string };
    exceptionDetails?: { text: string };
  };
  if (!result) throw new Error(exceptionDetails?.text ?? JSON.stringify(evaluated));
  return toNodes(JSON.parse(result.value) as (ExposedNode & { depth: number })[]);
}

/** Returns the nodes of the page in reading order, once the tree doesn't change any more. */
export async function readTree(browser: Browser, page: Page, isFirefox: boolean): Promise<ExposedNode[]> {
  const read = () => (isFirefox ? firefoxTree(browser) : chromiumTree(page));
  let previous = '';
  for (let attempts = 0; attempts < 50; attempts++) {
    const nodes = await read();
    const text = JSON.stringify(nodes);
    if (nodes.length > 0 && text === previous) return nodes;
    previous = text;
    // The tree follows the rendering with a delay.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The accessibility tree keeps changing.');
}
