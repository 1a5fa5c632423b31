import type { CompiledTable } from '../../src-shared/model/compiled-plan.ts';
import { errorOfTable } from '../engine/run/table-error.ts';
import { estimateTable } from './estimate-table.ts';
import { grantAfter } from './missing-right.ts';
import { requireCompiled, type OpenPlan } from './open-plan.ts';

export interface TableCount {
  readonly name: string;
  readonly table: readonly [string, string];
  /** null: the database has no statistics to estimate from. */
  readonly rows: number | null;
  readonly kind: 'exact' | 'estimate';
}

/** A limit bounds an estimate and is none itself. */
function statisticsOf(table: CompiledTable): number | null {
  const { rows, onlyLimit } = estimateTable(table);
  return onlyLimit ? null : rows;
}

/**
 * Rows per table. Estimates come from statistics at once and know nothing of filters beyond the limit; exact counts are
 * taken by the server, each in a short transaction of its own.
 */
export async function countPlan(
  open: OpenPlan,
  how: { exact: boolean; signal: AbortSignal },
): Promise<readonly TableCount[]> {
  const counts: TableCount[] = [];
  for (const table of requireCompiled(open).tables) {
    const rows = how.exact ? await countTable(open, table, how.signal) : statisticsOf(table);
    counts.push({ name: table.name, table: table.table, rows, kind: how.exact ? 'exact' : 'estimate' });
  }
  return counts;
}

async function countTable(open: OpenPlan, table: CompiledTable, signal: AbortSignal): Promise<number> {
  try {
    return await open.connection.session.count(table.read, signal);
  } catch (error) {
    throw errorOfTable(error, table, await grantAfter(error, { ...open.connection, signal }));
  }
}
