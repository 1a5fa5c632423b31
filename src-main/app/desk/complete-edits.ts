import type { PlanEditRequest } from '../../../src-shared/contract/plans.ts';
import type { CatalogColumn } from '../../../src-shared/model/catalog.ts';
import type { PlanEdit } from '../../engine/plan/plan-edit.ts';
import type { Desk } from './desk.ts';

/** Columns are listed by name up to here; a plan of more tables takes whatever columns are there, to be accepted. */
const MANY_TABLES = 500;

interface ToComplete {
  /** null: the file names none that can be asked. */
  readonly connection: string | null;
  readonly edits: readonly PlanEditRequest[];
}

/** Edits as a page asks for them, with what the catalog knows: the columns of tables, and their order. */
export async function completeEdits(
  desk: Desk,
  { connection, edits }: ToComplete,
  signal: AbortSignal,
): Promise<readonly PlanEdit[]> {
  const added = edits.filter((edit) => edit.kind === 'table' && edit.chosen && edit.columns === undefined).length;
  const asks = added > 0 || edits.some(({ kind }) => kind === 'column' || kind === 'remark');
  const known = asks && connection !== null ? await columnsByTable(desk, connection, signal) : new Map();
  const columnsOf = (place: object): readonly CatalogColumn[] => known.get(keyOf(place)) ?? [];
  return edits.map((edit): PlanEdit => {
    if (edit.kind === 'column') return { ...edit, order: columnsOf(edit.entry).map(({ name }) => name) };
    if (edit.kind === 'remark') return { ...edit, order: carriedOf(columnsOf(edit.entry)) };
    if (edit.kind === 'table') return completeTable(edit, columnsOf(edit.table), added > MANY_TABLES);
    return edit;
  });
}

function completeTable(
  { columns, ...edit }: Extract<PlanEditRequest, { kind: 'table' }>,
  available: readonly CatalogColumn[],
  isOneOfMany: boolean,
): PlanEdit {
  if (!edit.chosen) return edit;
  if (columns !== undefined) return { ...edit, columns };
  const carried = carriedOf(available);
  const list = carried.length > 0 && (!isOneOfMany || carried.length < available.length);
  return list ? { ...edit, columns: carried } : edit;
}

const carriedOf = (columns: readonly CatalogColumn[]): string[] =>
  columns.filter(({ type }) => type !== null).map(({ name }) => name);

async function columnsByTable(
  desk: Desk,
  connection: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly CatalogColumn[]>> {
  const { catalog } = await desk.catalogs.get(connection, { refresh: false, signal });
  return new Map(
    catalog.namespaces.flatMap(({ tables }) => tables.map((table) => [keyOf(table), table.columns] as const)),
  );
}

/** A table's two names; a query is no table of the catalog. */
function keyOf(place: { readonly namespace?: string; readonly name?: string }): string {
  return JSON.stringify([place.namespace, place.name]);
}
