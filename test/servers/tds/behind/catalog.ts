// What the system views would say of the tables of an SQLite file.
import type { DatabaseSync } from 'node:sqlite';
import type { Reply } from '../database.ts';
import { WIRE, type WireColumn, type WireValue } from '../wire-types.ts';

export interface StoredColumn {
  readonly table: string;
  readonly name: string;
  /** As it was declared, in SQL Server's words. */
  readonly type: string;
  readonly nullable: boolean;
  /** Place in the primary key, from 1; 0: not in it. */
  readonly key: number;
}

const SQLITE_WORDS: Readonly<Record<string, string>> = {
  nvarchar_max: 'nvarchar(max)',
  varbinary_max: 'varbinary(max)',
};

/** A declared type in SQL Server's words; nothing: an expression, which is a number in what the suite asks. */
export function declaredType(type: string | null): string {
  const words = (type ?? '').toLowerCase().replace(/\s/g, '');
  return words === '' ? 'int' : (SQLITE_WORDS[words] ?? words);
}

export function tableNames(db: DatabaseSync): readonly string[] {
  return db
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name")
    .all()
    .map((row) => String(row['name']));
}

export function columnsOf(db: DatabaseSync, table: string): readonly StoredColumn[] {
  const rows = db.prepare('select name, type, "notnull" as required, pk from pragma_table_xinfo(?)').all(table);
  return rows.map((row) => ({
    ...{ table, name: String(row['name']), type: declaredType(String(row['type'])) },
    ...{ nullable: row['required'] === 0, key: Number(row['pk']) },
  }));
}

/** base type, max_length, precision, scale, alias, of an assembly: the six columns in which a type is described. */
export function typeColumns(type: string): readonly WireValue[] {
  const [, name = '', first, second] = /^(\w+)(?:\((max|\d+)(?:,(\d+))?\))?$/.exec(type) ?? [];
  const unit = name.startsWith('n') && name.endsWith('char') ? 2 : 1;
  const length = first === 'max' ? -1 : first === undefined ? 4 : Number(first) * unit;
  const isDecimal = name === 'decimal';
  return [name, length, isDecimal ? Number(first) : 0, isDecimal ? Number(second) : 0, null, 0];
}

const text = (name: string): WireColumn => ({ name, type: WIRE.nvarchar(128) });
const int = (name: string): WireColumn => ({ name, type: WIRE.int(8) });

/** A result whose values say of what kind their columns are. */
export function* table(rows: readonly (readonly WireValue[])[], width: number): Generator<Reply> {
  const columns = Array.from({ length: width }, (_, i) =>
    rows.some((row) => typeof row[i] === 'string') ? text(`c${i}`) : int(`c${i}`),
  );
  yield { columns };
  for (const row of rows) yield { row };
}
