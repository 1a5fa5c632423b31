import { create } from 'zustand';
import type { TablePair } from '../../src-shared/contract/parts.ts';
import type { ByTable } from './by-table.ts';

export type Chosen = boolean | 'some';

/** Rows that a plan takes, and how well that is known. */
export interface TotalRows {
  /** null: nothing is known. */
  readonly rows: number | null;
  /** When the oldest of the counts was taken; null: not every table was counted under its present filter. */
  readonly exactAt: string | null;
  /** Tables of whose rows something is known. */
  readonly known: number;
  /** Tables of which nothing is known. */
  readonly unknown: number;
  /** Some of those are being counted. */
  readonly isComing: boolean;
}

/** Which tables the plan in front takes. The plan editor provides it while it is in front; the tree shows and changes it. */
export interface PlanSelection {
  readonly planPath: string;
  readonly connection: string;
  /** A table that is not there is not in the plan. `some`: not all of its columns. */
  readonly chosen: ByTable<Exclude<Chosen, false>>;
  /** Suspected columns that go out unmasked. */
  readonly warnings: ByTable<number>;
  readonly total: TotalRows;
  readonly choose: (tables: readonly TablePair[], chosen: boolean) => void;
}

/** Names both, and no two alike: no database takes a NUL in a name. Made for thousands at once. */
export const tableKey = ([namespace, name]: TablePair): string => `${namespace}\0${name}`;

export const isSameTable = (one: TablePair, other: TablePair): boolean => one[0] === other[0] && one[1] === other[1];

export const useSelection = create<{ readonly selection: PlanSelection | null }>()(() => ({ selection: null }));

/** Provides the selection of the plan in front; null when no plan is. */
export function provideSelection(selection: PlanSelection | null): void {
  useSelection.setState({ selection });
}
