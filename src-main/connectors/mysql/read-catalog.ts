import type { Catalog, CatalogColumn, CatalogTable, ForeignKey, TableKind } from '../../../src-shared/model/catalog.ts';
import { columnsSql, isRowEnd, keysSql, namespacesSql, tablesSql, VERSION_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import type { TextRow } from './text-rows.ts';
import { productOf } from './product.ts';
import { logicalType } from './types.ts';

interface KeyParts {
  readonly primaryKey: string[];
  readonly foreignKeys: Map<string, { references: ForeignKey['references']; columns: string[]; targets: string[] }>;
}

interface TableParts extends KeyParts {
  readonly columns: CatalogColumn[];
  /** The column that says until when a row of a versioned table held, where it has a name of its own. */
  rowEnd: string | null;
  readable: boolean;
}

const VERSIONED = 'SYSTEM VERSIONED';
const HOLDERS_OF_ROWS_ELSEWHERE = new Set(['FEDERATED', 'CONNECT', 'SPIDER']);

/** All of the catalog, or one namespace of it. */
export async function readCatalog(link: Link, namespace: string | null, signal: AbortSignal): Promise<Catalog> {
  const ask = async (sql: string): Promise<readonly TextRow[]> => {
    const rows = await link.rows(sql, signal);
    // The server compares names without regard to case.
    return namespace === null ? rows : rows.filter((row) => row[0] === namespace);
  };
  const version = (await link.rows(VERSION_SQL, signal))[0]?.[0] ?? '';
  const namespaces = await ask(namespacesSql(namespace));
  const tables = await ask(tablesSql(namespace));
  const parts = gatherParts(await ask(columnsSql(namespace)), await ask(keysSql(namespace)));
  const names = namespaces.map(([name]) => name ?? '').sort(byName);
  return {
    product: productOf(version),
    version,
    namespaces: names.map((name) => ({
      name,
      tables: tables
        .filter((row) => row[0] === name)
        .flatMap((row) => tableOf(row, parts.get(placeOf(row)) ?? noParts()))
        .sort((a, b) => byName(a.name, b.name)),
    })),
  };
}

/** Namespaces and names hold no NUL. */
function placeOf(row: TextRow): string {
  return `${row[0]}\0${row[1]}`;
}

function noParts(): TableParts {
  return { columns: [], primaryKey: [], foreignKeys: new Map(), rowEnd: null, readable: true };
}

function gatherParts(columns: readonly TextRow[], keys: readonly TextRow[]): ReadonlyMap<string, TableParts> {
  const parts = new Map<string, TableParts>();
  const partsOf = (row: TextRow): TableParts => {
    const own = parts.get(placeOf(row)) ?? noParts();
    parts.set(placeOf(row), own);
    return own;
  };
  for (const row of columns) {
    const own = partsOf(row);
    own.columns.push(columnOf(row));
    if (!/\bselect\b/i.test(row[7] ?? '')) own.readable = false;
    if (isRowEnd(row[12])) own.rowEnd = row[2] ?? null;
  }
  for (const row of keys) addKeyColumn(partsOf(row), row);
  return parts;
}

function columnOf(row: TextRow): CatalogColumn {
  const [, , name, dataType, columnType, nullable, extra, , characters, precision, scale, digits] = row;
  const type = logicalType({
    ...{ dataType: dataType ?? '', columnType: columnType ?? '', characters: characters ?? null },
    ...{ precision: precision ?? null, scale: scale ?? null, digits: digits ?? null },
  });
  return {
    ...{ name: name ?? '', nativeType: columnType ?? '', nullable: nullable !== 'NO', type },
    ...(/auto_increment|(virtual|stored|persistent) generated/i.test(extra ?? '') ? { generated: true } : {}),
  };
}

/** To the keys of a versioned table the server adds the end of a row, which may be a column that nobody sees. */
function ownKey({ primaryKey, columns, rowEnd }: TableParts): readonly string[] {
  return primaryKey.filter((key) => key !== rowEnd && columns.some(({ name }) => name === key));
}

function addKeyColumn(own: KeyParts, row: TextRow): void {
  const [, , key, column, namespace, table, target] = row;
  if (typeof table !== 'string') {
    own.primaryKey.push(column ?? '');
    return;
  }
  const known = own.foreignKeys.get(key ?? '');
  const targets = known?.targets ?? [];
  const columns = known?.columns ?? [];
  targets.push(target ?? '');
  columns.push(column ?? '');
  const references = { namespace: namespace ?? '', name: table, columns: targets };
  own.foreignKeys.set(key ?? '', { references, columns, targets });
}

function tableOf(row: TextRow, own: TableParts): CatalogTable[] {
  const [namespace, name, tableType, engine, rows, bytes, options] = row;
  const kind = kindOf({ tableType: tableType ?? '', engine: engine ?? '', options: options ?? '' });
  if (kind === null) return [];
  const remarks = remarksOf({ tableType: tableType ?? '', engine: engine ?? null, readable: own.readable });
  return [
    {
      ...{ namespace: namespace ?? '', name: name ?? '', kind },
      ...{ columns: own.columns, primaryKey: tableType === VERSIONED ? ownKey(own) : own.primaryKey },
      foreignKeys: [...own.foreignKeys].map(([key, { columns, references }]) => ({ name: key, columns, references })),
      estimatedRows: asNumber(rows),
      estimatedBytes: asNumber(bytes),
      ...(remarks.length > 0 ? { remarks } : {}),
    },
  ];
}

/** null: holds no rows of the database's own (sequences, temporary tables). */
function kindOf(found: {
  readonly tableType: string;
  readonly engine: string;
  readonly options: string;
}): TableKind | null {
  if (found.tableType.endsWith('VIEW')) return 'view';
  if (found.tableType !== 'BASE TABLE' && found.tableType !== VERSIONED) return null;
  if (HOLDERS_OF_ROWS_ELSEWHERE.has(found.engine.toUpperCase())) return 'foreign table';
  return /\bpartitioned\b/.test(found.options) ? 'partitioned table' : 'table';
}

function remarksOf(found: {
  readonly tableType: string;
  readonly engine: string | null;
  readonly readable: boolean;
}): string[] {
  const remarks: string[] = [];
  if (!found.readable) remarks.push('This login has no right to read all of its columns.');
  if (found.tableType === VERSIONED) remarks.push('Only the current rows are read, not their history.');
  if (found.engine !== null && found.engine !== 'InnoDB') {
    remarks.push(`Its engine ${found.engine} has no snapshots: a run cannot prove that it is complete.`);
  }
  return remarks;
}

function asNumber(text: string | null | undefined): number | null {
  return typeof text === 'string' ? Number(text) : null;
}

/** By code units, the same on every machine. */
function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
