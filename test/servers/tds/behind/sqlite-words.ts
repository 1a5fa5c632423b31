// Functions of Transact-SQL that SQLite lacks.
import type { DatabaseSync } from 'node:sqlite';

/** Divisions by zero are a NULL there; where it has to be an error, the suite divides by this. */
export function addFunctions(db: DatabaseSync): void {
  db.function('replicate', (text, times) => String(text).repeat(Number(times)));
  db.function('tsql_convert', { varargs: true }, (type, value, style) => {
    if (value === null) return null;
    if (type === 'varbinary(max)' && Number(style) === 2) return Buffer.from(String(value), 'hex');
    if (/^(?:int|bigint)$/.test(String(type))) return typeof value === 'string' ? BigInt(value) : value;
    return value;
  });
  db.function('power', (base, exponent) => {
    const value = Number(base) ** Number(exponent);
    if (!Number.isFinite(value) || Math.abs(value) > 2_147_483_647) throw new Error('arithmetic overflow');
    return value;
  });
}
