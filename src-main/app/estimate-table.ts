import type { CompiledTable } from '../../src-shared/model/compiled-plan.ts';

/** What statistics say of a table as the plan reads it. */
export interface TableEstimate {
  /** null: there are no statistics, and no limit that would bound it. */
  readonly rows: number | null;
  readonly bytes: number | null;
  /** Statistics know of no condition: what goes out can be less. */
  readonly beforeFilter: boolean;
  /** The number is the limit of the plan and no statistic at all. */
  readonly onlyLimit: boolean;
}

/** Rows and bytes of a table within its limit; nothing is asked of the database. */
export function estimateTable({ estimatedRows, estimatedBytes, read }: CompiledTable): TableEstimate {
  const { limit } = read;
  const known = { beforeFilter: read.where !== null, onlyLimit: estimatedRows === null && limit !== null };
  if (estimatedRows === null || limit === null) return { rows: estimatedRows ?? limit, bytes: boundBytes(), ...known };
  return { rows: Math.min(estimatedRows, limit), bytes: boundBytes(), ...known };

  function boundBytes(): number | null {
    if (estimatedBytes === null || limit === null) return estimatedBytes;
    if (limit === 0) return 0;
    if (estimatedRows === null || estimatedRows <= limit) return estimatedBytes;
    return Math.round((estimatedBytes * limit) / estimatedRows);
  }
}
