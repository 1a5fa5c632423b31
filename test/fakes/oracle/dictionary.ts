// What the data dictionary would say of the tables of an SQLite file.
import type { DatabaseSync } from 'node:sqlite';
import { SCHEMA } from './to-sqlite.ts';

export interface StoredColumn {
  readonly name: string;
  /** As it was declared, without blanks: `NUMBER(9)`. */
  readonly type: string;
  readonly nullable: boolean;
  /** Place in the primary key, from 1; 0: not in it. */
  readonly key: number;
}

export function tableNames(db: DatabaseSync): readonly string[] {
  const sql = "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name";
  return db
    .prepare(sql)
    .all()
    .map((row) => String(row['name']));
}

export function columnsOf(db: DatabaseSync, table: string): readonly StoredColumn[] {
  const rows = db.prepare('select name, type, "notnull" as required, pk from pragma_table_xinfo(?)').all(table);
  return rows.map((row) => ({
    ...{ name: String(row['name']), type: declared(String(row['type'])) },
    ...{ nullable: row['required'] === 0, key: Number(row['pk']) },
  }));
}

export function declared(type: string | null): string {
  return (type ?? '').toUpperCase().replace(/\s/g, '');
}

export function rowCount(db: DatabaseSync, table: string): number {
  const [row] = db.prepare(`select count(*) as rows from "${table}"`).all();
  return Number(row?.['rows']);
}

/** A row of ALL_TAB_COLS. */
export function columnRow(table: string, { name, type, nullable }: StoredColumn): unknown[] {
  const { base, size, scale } = takenApart(type);
  const isText = base === 'VARCHAR2';
  return [
    ...[SCHEMA, table, name, base, null, isText ? (size ?? 1) : 22],
    ...[base === 'NUMBER' ? size : null, base === 'NUMBER' ? (scale ?? (size === null ? null : 0)) : null],
    ...[isText ? size : 0, isText ? 'B' : null, nullable ? 1 : 0, 0],
  ];
}

export function takenApart(type: string): { base: string; size: number | null; scale: number | null } {
  const [, base = type, size, scale] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?$/.exec(type) ?? [];
  return { base, size: size === undefined ? null : Number(size), scale: scale === undefined ? null : Number(scale) };
}
