import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import { tableKey } from '../../../state/selection.ts';

export interface RelationTable {
  readonly table: TablePair;
  readonly rows: number | null;
  /** They are being counted. */
  readonly isComing: boolean;
  /** Counted, and not from statistics. */
  readonly isExact: boolean;
  readonly inPlan: boolean;
}

export interface Relation {
  readonly from: TablePair;
  readonly to: TablePair;
}

export interface RelationFact extends Relation {
  readonly columns: readonly string[];
}

export interface PlacedTable extends RelationTable {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

export const BOX = { width: 148, height: 40 };
const GAP = { x: 64, y: 16 };
/** Above this many ticked tables, neighbours that hang on one table alone are left to the list. */
const MANY = 15;

/** The tables to draw, and how many neighbours are left out. */
export function tablesToDraw(
  tables: readonly RelationTable[],
  relations: readonly Relation[],
): { readonly shown: readonly RelationTable[]; readonly hidden: number } {
  if (tables.filter(({ inPlan }) => inPlan).length <= MANY) return { shown: tables, hidden: 0 };
  const ends = new Map<string, Set<string>>();
  for (const { from, to } of relations) {
    ends.set(tableKey(from), (ends.get(tableKey(from)) ?? new Set()).add(tableKey(to)));
    ends.set(tableKey(to), (ends.get(tableKey(to)) ?? new Set()).add(tableKey(from)));
  }
  const shown = tables.filter(({ table, inPlan }) => inPlan || (ends.get(tableKey(table))?.size ?? 0) > 1);
  return { shown, hidden: tables.length - shown.length };
}

/**
 * Boxes in columns from left to right: what others point to stands left of them, each near what it hangs on; many tables
 * are kept together by namespace. A line runs level with its left end up to its last turn, so the row of a box is kept
 * free in the columns that its lines pass.
 */
export function layOutRelations(
  tables: readonly RelationTable[],
  relations: readonly Relation[],
): readonly PlacedTable[] {
  const keys = new Set(tables.map(({ table }) => tableKey(table)));
  const { pointsTo, pointedBy } = endsOf(relations, keys);
  const depth = depthsOf(keys, pointsTo);
  const at = (key: string): number => depth.get(key) ?? 0;
  const rowOf = new Map<string, number>();
  const near = ({ table }: RelationTable): number => {
    const rows = (pointsTo.get(tableKey(table)) ?? []).flatMap((key) => rowOf.get(key) ?? []);
    return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length;
  };
  const taken = new Map<number, Set<number>>();
  const takenIn = (column: number): Set<number> => {
    const rows = taken.get(column) ?? new Set<number>();
    taken.set(column, rows);
    return rows;
  };
  const byColumn = Map.groupBy(tables, ({ table }) => at(tableKey(table)));
  return [...byColumn.keys()]
    .toSorted((a, b) => a - b)
    .flatMap((column) =>
      (byColumn.get(column) ?? [])
        .toSorted((a, b) => near(a) - near(b) || Number(b.inPlan) - Number(a.inPlan) || byName(a, b))
        .map((table): PlacedTable => {
          const key = tableKey(table.table);
          const last = Math.max(column + 1, ...(pointedBy.get(key) ?? []).map(at));
          const passed = Array.from({ length: last - column }, (_, step) => takenIn(column + step));
          const row = freeRow(near(table), passed);
          for (const rows of passed) rows.add(row);
          rowOf.set(key, row);
          return { ...table, key, x: column * (BOX.width + GAP.x), y: row * (BOX.height + GAP.y) };
        }),
    );
}

const byName = (a: RelationTable, b: RelationTable): number =>
  a.table[0].localeCompare(b.table[0]) || a.table[1].localeCompare(b.table[1]);

/** The row nearest to the wanted one that is free in all these columns. */
function freeRow(wanted: number, columns: readonly ReadonlySet<number>[]): number {
  const start = Math.round(wanted);
  for (let away = 0; ; away++) {
    for (const row of [start + away, start - away]) {
      if (row >= 0 && columns.every((rows) => !rows.has(row))) return row;
    }
  }
}

type Ends = ReadonlyMap<string, readonly string[]>;

function endsOf(
  relations: readonly Relation[],
  keys: ReadonlySet<string>,
): { readonly pointsTo: Ends; readonly pointedBy: Ends } {
  const pointsTo = new Map<string, string[]>();
  const pointedBy = new Map<string, string[]>();
  for (const { from, to } of relations) {
    const [a, b] = [tableKey(from), tableKey(to)];
    if (a === b || !keys.has(a) || !keys.has(b)) continue;
    pointsTo.set(a, [...(pointsTo.get(a) ?? []), b]);
    pointedBy.set(b, [...(pointedBy.get(b) ?? []), a]);
  }
  return { pointsTo, pointedBy };
}

/** How long the way is from a table to one that points to nothing. Circles are cut where they are met. */
function depthsOf(
  keys: ReadonlySet<string>,
  pointsTo: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, number> {
  const depth = new Map<string, number>();
  const onTheWay = new Set<string>();
  const visit = (key: string): number => {
    const known = depth.get(key);
    if (known !== undefined) return known;
    if (onTheWay.has(key)) return 0;
    onTheWay.add(key);
    const below = (pointsTo.get(key) ?? []).map((next) => visit(next) + 1);
    onTheWay.delete(key);
    const mine = Math.max(0, ...below);
    depth.set(key, mine);
    return mine;
  };
  for (const key of keys) visit(key);
  return depth;
}
