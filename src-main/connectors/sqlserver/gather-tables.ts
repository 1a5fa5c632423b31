/** The parts of tables, put together from what the system views say of each. */
import type { CatalogColumn, ForeignKey } from '../../../src-shared/model/catalog.ts';
import { nativeTypeIn } from './stored-type.ts';
import type { TextRow } from './text-row.ts';
import { logicalType } from './types.ts';

export interface TableParts {
  readonly columns: CatalogColumn[];
  readonly primaryKey: string[];
  readonly foreignKeys: ForeignKey[];
  /** Columns of which this login sees a mask. */
  readonly masked: string[];
  rows: number | null;
  bytes: number | null;
}

interface Found {
  readonly columns: readonly TextRow[];
  readonly primaryKeys: readonly TextRow[];
  readonly foreignKeys: readonly TextRow[];
  readonly estimates: readonly TextRow[];
}

/** Gives the parts of a table by its number. */
export function gatherTables(found: Found): (table: string) => TableParts {
  const parts = new Map<string, TableParts>();
  const partsOf = (table: string): TableParts => {
    const own = parts.get(table) ?? noParts();
    parts.set(table, own);
    return own;
  };
  for (const row of found.columns) addColumn(partsOf(row[0] ?? ''), row);
  for (const [table, column] of found.primaryKeys) partsOf(table ?? '').primaryKey.push(column ?? '');
  for (const row of found.foreignKeys) addForeignKey(partsOf(row[0] ?? ''), row);
  for (const [table, rows, bytes] of found.estimates) {
    const own = partsOf(table ?? '');
    own.rows = typeof rows === 'string' ? Number(rows) : null;
    own.bytes = typeof bytes === 'string' ? Number(bytes) : null;
  }
  return partsOf;
}

function noParts(): TableParts {
  return { columns: [], primaryKey: [], foreignKeys: [], masked: [], rows: null, bytes: null };
}

function addColumn(own: TableParts, row: TextRow): void {
  const [, name, , , , , , assembly, nullable, generated, encrypted, masked] = row;
  const nativeType = nativeTypeIn(row, 2);
  if (masked === '1') own.masked.push(name ?? '');
  own.columns.push({
    ...{ name: name ?? '', nullable: nullable === '1', nativeType },
    // What the client would have to decrypt, and types of an assembly, whose form only it knows.
    type: encrypted === '1' || assembly === '1' ? null : logicalType(nativeType),
    ...(generated === '1' || nativeType === 'timestamp' ? { generated: true } : {}),
  });
}

/** Rows of one key stand together, in key order. */
function addForeignKey(own: TableParts, row: TextRow): void {
  const [, key, column, namespace, table, target] = row;
  const last = own.foreignKeys.at(-1);
  if (last !== undefined && last.name === key) {
    (last.columns as string[]).push(column ?? '');
    (last.references.columns as string[]).push(target ?? '');
    return;
  }
  const references = { namespace: namespace ?? '', name: table ?? '', columns: [target ?? ''] };
  own.foreignKeys.push({ name: key ?? '', columns: [column ?? ''], references });
}
