import type {
  CatalogSummary,
  CatalogTableFacts,
  TableColumnFacts,
  TableDetail,
} from '../../../../src-shared/contract/connections.ts';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import type { CatalogColumn, CatalogTable } from '../../../../src-shared/model/catalog.ts';
import { describeType } from '../../../../src-shared/model/logical-type.ts';
import { detectPersonal } from '../../../engine/classify/detect-personal.ts';
import type { KnownCatalog } from '../catalog-cache.ts';
import { procedures, signalOf } from '../procedure.ts';
import { valueKind } from '../value-kind.ts';

export const catalogProcedures = {
  summary: procedures.catalog.summary.handler(async ({ context: { desk }, input, signal }) =>
    summaryOf(await desk.catalogs.get(input.connection, { refresh: input.refresh ?? false, signal: signalOf(signal) })),
  ),

  table: procedures.catalog.table.handler(async ({ context: { desk }, input, signal }) => {
    const [namespace, name] = input.table;
    return detailOf(await desk.catalogs.table(input.connection, { namespace, name }, signalOf(signal)));
  }),

  relations: procedures.catalog.relations.handler(async ({ context: { desk }, input, signal }) => {
    const { catalog } = await desk.catalogs.get(input.connection, { refresh: false, signal: signalOf(signal) });
    return relationsOf(
      catalog.namespaces.flatMap(({ tables }) => tables),
      input.tables,
    );
  }),

  search: procedures.catalog.search.handler(async ({ context: { desk }, input, signal }) => {
    const { catalog } = await desk.catalogs.get(input.connection, { refresh: false, signal: signalOf(signal) });
    return searchIn(
      catalog.namespaces.flatMap(({ tables }) => tables),
      input,
    );
  }),
};

function summaryOf({ catalog, facts, readAt }: KnownCatalog): CatalogSummary {
  const { user, database, tls, readOnly } = facts;
  return {
    product: catalog.product,
    version: catalog.version,
    readAt,
    session: { user, database, tls, readOnly },
    namespaces: catalog.namespaces.map(({ name, tables }) => ({ name, tables: tables.map(lineOf) })),
  };
}

function lineOf(table: CatalogTable): CatalogTableFacts {
  return {
    name: table.name,
    kind: table.kind,
    columns: table.columns.length,
    rows: table.estimatedRows,
    bytes: table.estimatedBytes,
    suspected: table.columns.filter((column) => detectPersonal(table, column) !== null).length,
  };
}

function detailOf(table: CatalogTable): TableDetail {
  return {
    table: [table.namespace, table.name],
    kind: table.kind,
    rows: table.estimatedRows,
    bytes: table.estimatedBytes,
    columns: table.columns.map((column) => columnOf(table, column)),
    primaryKey: [...table.primaryKey],
    foreignKeys: table.foreignKeys.map((key) => ({
      name: key.name,
      columns: [...key.columns],
      references: [key.references.namespace, key.references.name],
      referencedColumns: [...key.references.columns],
    })),
    remarks: [...(table.remarks ?? [])],
  };
}

function columnOf(table: CatalogTable, column: CatalogColumn): TableColumnFacts {
  const key = table.foreignKeys.find(({ columns }) => columns.includes(column.name));
  const personal = detectPersonal(table, column);
  return {
    name: column.name,
    nativeType: column.nativeType,
    type: column.type === null ? null : describeType(column.type),
    kind: column.type === null ? 'other' : valueKind(column.type),
    nullable: column.nullable,
    primaryKey: table.primaryKey.includes(column.name),
    foreignKey: key === undefined ? null : `${key.references.namespace}.${key.references.name}`,
    personal,
  };
}

const keyOf = ([namespace, name]: TablePair): string => JSON.stringify([namespace, name]);
const pairOf = ({ namespace, name }: { namespace: string; name: string }): TablePair => [namespace, name];

/** The foreign keys between the wanted tables and their neighbours, with all tables at either end. */
function relationsOf(all: readonly CatalogTable[], wanted: readonly TablePair[]) {
  const chosen = new Set(wanted.map(keyOf));
  const relations = all.flatMap((table) =>
    table.foreignKeys
      .filter((key) => chosen.has(keyOf(pairOf(table))) || chosen.has(keyOf(pairOf(key.references))))
      .map((key) => ({ from: pairOf(table), to: pairOf(key.references), name: key.name, columns: [...key.columns] })),
  );
  const shown = new Set([...chosen, ...relations.flatMap(({ from, to }) => [keyOf(from), keyOf(to)])]);
  const tables = all
    .filter((table) => shown.has(keyOf(pairOf(table))))
    .map((table) => ({ table: pairOf(table), rows: table.estimatedRows }));
  return { tables, relations };
}

function searchIn(all: readonly CatalogTable[], { text, limit }: { text: string; limit: number }) {
  const wanted = text.toLowerCase();
  const found: { table: TablePair; column: string | null }[] = [];
  for (const table of all) {
    if (table.name.toLowerCase().includes(wanted)) found.push({ table: pairOf(table), column: null });
    for (const { name } of table.columns) {
      if (name.toLowerCase().includes(wanted)) found.push({ table: pairOf(table), column: name });
    }
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}
