import { resolve } from 'node:path';
import type { DestinationState } from '../../../src-shared/contract/plans.ts';
import { connectionRecordOf } from '../connections.ts';
import { requireWholePath } from '../evidence/require-whole-path.ts';
import { spaceAhead } from '../space-ahead.ts';
import type { Desk } from './desk.ts';
import { readDraft, readPlanText } from './plan-files.ts';

interface Wish {
  readonly path: string;
  readonly folder: string;
  readonly acceptCatalog: boolean;
  /** What the review expects of the package; null: nothing is known. */
  readonly packageBytes: number | null;
}

/** What is to be known of a folder that a package shall appear in, and how the same run is typed. */
export async function destinationOf(desk: Desk, wish: Wish): Promise<DestinationState> {
  const { path, folder, acceptCatalog, packageBytes } = wish;
  requireWholePath(folder);
  const file = await readPlanText(desk.core, path);
  const { parsed } = readDraft(file.text);
  const connection = parsed.plan?.connection;
  const record = connection === undefined ? null : await connectionRecordOf(desk.core, connection);
  const parts = ['waybill', 'run', file.path, '--out', folder];
  if (acceptCatalog) parts.push('--accept-catalog');
  if (connection !== undefined && record?.production === true) parts.push('--confirm', connection);
  if (!desk.isUsualHome) parts.push('--home', desk.core.home.root);
  const space = await spaceAhead(desk.core, { folder: resolve(folder), bytes: packageBytes });
  return {
    folder: resolve(folder),
    findings: space === null ? [] : [space],
    freeBytes: await desk.core.store.read.freeBytes(resolve(folder)),
    command: parts.map(shellWord).join(' '),
  };
}

function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text.replaceAll('"', '""')}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
