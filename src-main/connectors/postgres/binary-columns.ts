/**
 * How a column travels in COPY BINARY: as the bytes of its type's send function, where the kernel writes their text exactly,
 * or as the text of its output function, made in the query. A cast to text would not do: for bool, "char", char(n), inet, xml
 * and what users define it is another text than the one COPY writes.
 */
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { CellEncoding } from '../../ports/kernel.ts';
import { quoteName } from './quoting.ts';

export interface BinaryColumn {
  readonly encoding: CellEncoding;
  /** What stands in the select list. */
  readonly expression: string;
  /** What the server spends less on a value than for COPY text, in nanoseconds as once measured; negative: more. */
  readonly saved: number;
}

/** docs/adr/0014-copy-binary.md has the figures. Of other encodings: nothing. */
const SAVED: Readonly<Partial<Record<CellEncoding, number>>> = {
  timestamp: 90,
  uuid: 65,
  time: 35,
  bytes: 25,
  date: 15,
};
/** Of a text made by the type's own function, and of one made by format(). */
const SAVED_BY_FUNCTION = -40;
const SAVED_BY_FORMAT = -120;
/** Types sent as their text, character for character; a name without a schema is one of the server's own. */
const SENT_AS_TEXT = /^(?:text|name|bpchar|character(?: varying)?(?:\(\d+\))?)$/;

export function binaryColumn({ name, nativeType, type }: ReadColumn): BinaryColumn {
  const column = quoteName(name);
  const sent = (encoding: CellEncoding): BinaryColumn => ({
    encoding,
    expression: column,
    saved: SAVED[encoding] ?? 0,
  });
  const by = (output: string): BinaryColumn => {
    const expression = `pg_catalog.textin(pg_catalog.${output}(${column}))`;
    return { encoding: 'text', expression, saved: SAVED_BY_FUNCTION };
  };
  const formatted = (): BinaryColumn => ({ encoding: 'text', expression: outputText(column), saved: SAVED_BY_FORMAT });
  // What a domain sends is what the type beneath sends, and a function of that type takes it.
  switch (type.kind) {
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'bytes':
    case 'json':
      return sent(type.kind);
    case 'int':
      if (type.bits === 16) return sent('int16');
      if (type.bits === 32) return sent(type.signed ? 'int32' : 'uint32');
      return sent(type.signed ? 'int64' : 'uint64');
    case 'decimal':
      return sent('numeric');
    case 'float':
      return by(type.bits === 32 ? 'float4out' : 'float8out');
    case 'interval':
      return by('interval_out');
    case 'time':
      return type.zone === 'none' ? sent('time') : by('timetz_out');
    case 'text':
      if (nativeType === 'uuid') return sent('uuid');
      return SENT_AS_TEXT.test(nativeType) ? sent('text') : formatted();
    case 'array':
      return formatted();
  }
}

/** The text of any type's output function. A composite whose fields are all NULL is a value: IS NULL would not do. */
function outputText(column: string): string {
  return `case when ${column} is not distinct from null then null else pg_catalog.format('%s', ${column}) end`;
}
