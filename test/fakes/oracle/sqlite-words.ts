// Functions of Oracle that SQLite lacks, as far as the suite and the connector's reads use them.
import type { DatabaseSync } from 'node:sqlite';

export function addFunctions(db: DatabaseSync): void {
  db.function('to_char', { varargs: true, useBigIntArguments: true }, (value, mask) => {
    if (mask !== 'TM9') throw new Error(`to_char with the mask ${String(mask)}`);
    return value === null ? null : String(value);
  });
  db.function('waybill_repeat', (text, times) => String(text).repeat(Number(times)));
  db.function('waybill_bytes', (count) => Buffer.alloc(Number(count), 0xab));
  db.function('ln', (value) => {
    if (Number(value) <= 0) throw new Error('argument is out of range');
    return Math.log(Number(value));
  });
}
