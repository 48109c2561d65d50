// Renders a table of requests and bytes by operation.

import { html } from 'lit';
import type { Operation } from '../../dev/oss-emulator/operation.js';
import type { Traffic } from '../site/traffic.js';
import { formatBytes } from './format.js';

/** Operations in the order in which an upload sends them. */
const OPERATION_ORDER: readonly Operation[] = [
  'Preflight',
  'PutObject',
  'PostObject',
  'InitiateMultipartUpload',
  'UploadPart',
  'ListParts',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
  'HeadObject',
];

export function trafficTable({ operations }: Traffic): unknown {
  const rank = (operation: Operation): number =>
    OPERATION_ORDER.indexOf(operation) + 1 || OPERATION_ORDER.length + 1;
  const rows = [...operations].sort((a, b) => rank(a.operation) - rank(b.operation));
  return html`<table class="traffic">
    <thead>
      <tr>
        <th scope="col">Operation</th>
        <th scope="col">Requests</th>
        <th scope="col">Failed</th>
        <th scope="col">Bytes</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ operation, requests, failed, bytes }) =>
          html`<tr>
            <th scope="row">${operation}</th>
            <td>${requests}</td>
            <td>${failed}</td>
            <td>${bytes === 0 ? '' : formatBytes(bytes)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
