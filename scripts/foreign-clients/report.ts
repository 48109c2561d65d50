// Renders the results as Markdown.
import { steps } from './scenario.js';

export type Outcome =
  | { kind: 'passed'; remark?: string | undefined }
  | { kind: 'unsupported' }
  | { kind: 'failed' | 'defect'; reason: string };

/** What happened with one client. */
export interface ClientReport {
  name: string;
  version?: string;
  /** Signature versions of its requests. */
  signatures: string[];
  relaxations: readonly string[];
  /** How to install the client, if it isn't on this machine. */
  missing?: string;
  /** Outcomes by step. */
  outcomes: Record<string, Outcome>;
}

export function toMarkdown(reports: readonly ClientReport[]): string {
  const names = Object.keys(steps);
  const header = ['Client', 'Version', 'Signature', 'Relaxation', ...names];
  const installed = reports.filter(({ missing }) => missing === undefined);
  const rows = installed.map(({ name, version, signatures, relaxations, outcomes }) => [
    name,
    version ?? '',
    signatures.join(', '),
    relaxations.map((setting) => `\`${setting}\``).join(', '),
    ...names.map((step) => toCell(outcomes[step])),
  ]);
  const listFailures = (kind: 'failed' | 'defect'): string =>
    installed
      .flatMap(({ name, outcomes }) =>
        [...stepsByReason(outcomes, kind)].map(
          ([reason, failed]) => `- ${name}, ${failed.join(', ')}: ${reason}`,
        ),
      )
      .join('\n');
  const missing = reports.flatMap(({ name, missing }) =>
    missing === undefined ? [] : [`- ${name}: \`${missing}\``],
  );
  const table = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const sections = [table.join('\n')];
  if (listFailures('failed')) sections.push('Failed:', listFailures('failed'));
  if (listFailures('defect')) sections.push('Failed because of the client:', listFailures('defect'));
  if (missing.length > 0) sections.push('Not installed:', missing.join('\n'));
  return sections.join('\n\n');
}

/** Groups the failed steps of a client, because one cause often fails several. */
function stepsByReason(outcomes: Record<string, Outcome>, kind: 'failed' | 'defect'): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const [step, outcome] of Object.entries(outcomes)) {
    if (outcome.kind !== kind || !('reason' in outcome)) continue;
    reasons.set(outcome.reason, [...(reasons.get(outcome.reason) ?? []), step]);
  }
  return reasons;
}

function toCell(outcome: Outcome | undefined): string {
  switch (outcome?.kind) {
    case 'passed':
      return outcome.remark ?? '✔';
    case 'failed':
      return '✖';
    case 'defect':
      return '(✖)';
    default:
      return '–';
  }
}
