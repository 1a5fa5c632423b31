import type { MaskedTable } from '../plan/bind-masks.ts';

/** A table of the plan on its way to another database. */
export interface MigratedTable {
  readonly masked: MaskedTable;
  /** Its file in the package. */
  readonly paths: readonly string[];
  /** Whether different values of a column stay different under its mask. */
  readonly keepsApart: (column: string) => boolean;
}
