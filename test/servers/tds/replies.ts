// Results as the stand-in's databases write them down.
import type { Reply } from './database.ts';
import { WIRE, type WireColumn, type WireValue } from './wire-types.ts';

/** A result of numbers and texts, whose values say of which of the two their columns are. */
export function* table(rows: readonly (readonly WireValue[])[], width: number): Generator<Reply> {
  const columns = Array.from({ length: width }, (_, i): WireColumn => {
    const isText = rows.some((row) => typeof row[i] === 'string');
    return { name: `c${i}`, type: isText ? WIRE.nvarchar(4000) : WIRE.int(8) };
  });
  yield { columns };
  for (const row of rows) yield { row };
}

/** base type, max_length, precision, scale, alias, of an assembly: the six columns in which a type is described. */
export function typeColumns(type: string): readonly WireValue[] {
  const [, name = '', first, second, , alias = null] =
    /^(\w+)(?:\((max|\d+)(?:,(\d+))?\))?( as (.+))?$/.exec(type) ?? [];
  const size = first === 'max' ? -1 : Number(first ?? 4);
  const unit = name.startsWith('n') && name.endsWith('char') && size > 0 ? 2 : 1;
  const isScaled = /^(?:time|datetime2|datetimeoffset)$/.test(name);
  const isDecimal = /^(?:decimal|numeric)$/.test(name);
  return [name, size * unit, isDecimal ? size : 0, isDecimal ? Number(second) : isScaled ? size : 0, alias, 0];
}
