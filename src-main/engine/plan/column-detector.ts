import type { CatalogColumn, TableName } from '../../../src-shared/model/catalog.ts';
import type { MaskSpec } from '../../../src-shared/model/plan.ts';

/** Why a column is thought to hold personal values, and what could be done. */
export interface Suspicion {
  /** Its meaning, e.g. `person.email`. */
  readonly class: string;
  /** In words, for a comment or a finding. */
  readonly reason: string;
  readonly suggestion: MaskSpec;
}

export type ColumnDetector = (table: TableName, column: CatalogColumn) => Suspicion | null;
