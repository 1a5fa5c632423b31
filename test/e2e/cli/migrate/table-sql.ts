import type { AcrossColumn } from './across-columns.ts';

/** Makes a table of these columns, and a row for each of their values, with one of NULLs behind them. */
export function tableSql(name: string, columns: readonly AcrossColumn[]): string {
  const rows = Math.max(...columns.map(({ values }) => values.length)) + 1;
  const cells = (row: number): string => columns.map(({ values }) => values[row] ?? 'null').join(', ');
  const made = columns.map(({ type }, at) => `c${at} ${type}`).join(', ');
  const filled = Array.from({ length: rows }, (_, row) => `(${row}, ${cells(row)})`).join(',\n');
  return `create table ${name} (id int primary key, ${made}); insert into ${name} values ${filled};`;
}
