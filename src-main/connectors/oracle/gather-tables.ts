/** The parts of tables, put together from what the dictionary says of each. */
import type { CatalogColumn, ForeignKey } from '../../../src-shared/model/catalog.ts';
import { nativeTypeIn } from './stored-type.ts';
import type { TextRow } from './text-row.ts';
import { logicalType } from './types.ts';

export interface TableParts {
  readonly columns: CatalogColumn[];
  readonly primaryKey: string[];
  readonly foreignKeys: ForeignKey[];
}

interface Found {
  readonly columns: readonly TextRow[];
  readonly primaryKeys: readonly TextRow[];
  readonly foreignKeys: readonly TextRow[];
}

/** Gives the parts of a table by its two names, with which every row begins. */
export function gatherTables(found: Found): (row: TextRow) => TableParts {
  const parts = new Map<string, TableParts>();
  const partsOf = ([owner, table]: TextRow): TableParts => {
    // No name holds a double quote.
    const key = `${owner ?? ''}"${table ?? ''}`;
    const own = parts.get(key) ?? { columns: [], primaryKey: [], foreignKeys: [] };
    parts.set(key, own);
    return own;
  };
  for (const row of found.columns) partsOf(row).columns.push(columnOf(row));
  for (const row of found.primaryKeys) partsOf(row).primaryKey.push(row[2] ?? '');
  for (const row of found.foreignKeys) addForeignKey(partsOf(row), row);
  return partsOf;
}

function columnOf(row: TextRow): CatalogColumn {
  const nativeType = nativeTypeIn(row, 3);
  return {
    ...{ name: row[2] ?? '', nullable: row[10] === '1', nativeType, type: logicalType(nativeType) },
    ...(row[11] === '1' ? { generated: true } : {}),
  };
}

/** Rows of one key stand together, in key order. */
function addForeignKey(own: TableParts, row: TextRow): void {
  const [, , key, column, namespace, table, target] = row;
  const last = own.foreignKeys.at(-1);
  if (last !== undefined && last.name === key) {
    (last.columns as string[]).push(column ?? '');
    (last.references.columns as string[]).push(target ?? '');
    return;
  }
  const references = { namespace: namespace ?? '', name: table ?? '', columns: [target ?? ''] };
  own.foreignKeys.push({ name: key ?? '', columns: [column ?? ''], references });
}
