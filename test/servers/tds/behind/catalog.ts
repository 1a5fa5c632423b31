// What the system views would say of the tables of an SQLite file.
import type { DatabaseSync } from 'node:sqlite';

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

export function rowCount(db: DatabaseSync, table: string): number {
  const [row] = db.prepare(`select count(*) as rows from "${table.replaceAll('"', '""')}"`).all();
  return Number(row?.['rows']);
}

export function columnsOf(db: DatabaseSync, table: string): readonly StoredColumn[] {
  const rows = db.prepare('select name, type, "notnull" as required, pk from pragma_table_xinfo(?)').all(table);
  return rows.map((row) => ({
    ...{ table, name: String(row['name']), type: declaredType(String(row['type'])) },
    ...{ nullable: row['required'] === 0, key: Number(row['pk']) },
  }));
}
