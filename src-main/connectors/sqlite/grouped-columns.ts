/**
 * How the columns of a table are asked for when the library itself puts many rows into one text: per value an expression
 * that gives its text, and per column a condition that finds values for which this text would not be exact.
 */
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';

/** What stands between values. A value that holds it makes its rows travel one by one. */
export const SEPARATOR = 0x01;

/** Texts that stand for what has none. Nobody who wrote the table can know them: they are drawn anew for each read. */
export interface Marks {
  readonly ofNull: string;
  /** A REAL, whose shortest text the library cannot make: the value itself is asked for besides. */
  readonly ofReal: string;
}

/** What is still to be proven of a text. */
export type TextProof = 'none' | 'integer' | 'decimal' | 'json';

export interface GroupedColumn {
  /** Gives text for every value, also for a NULL against the declaration; `at` is the quoted name. */
  readonly expression: (at: string, marks: Marks) => string;
  /** True for a value whose text would not be exact; null: there can be none. */
  readonly refuses: ((at: string) => string) | null;
  readonly proof: TextProof;
  readonly mayHoldReal: boolean;
}

/** https://sqlite.org/datatype3.html §3.1, as far as it matters here. */
function affinityOf(declared: string): 'integer' | 'text' | 'other' {
  if (/int/i.test(declared)) return 'integer';
  return /char|clob|text/i.test(declared) ? 'text' : 'other';
}

const textOrNull = (at: string, { ofNull }: Marks): string => `ifnull(${at}, '${ofNull}')`;
const textOrReal = (at: string, marks: Marks): string =>
  `case typeof(${at}) when 'real' then '${marks.ofReal}' else ${textOrNull(at, marks)} end`;
const isBlob = (at: string): string => `typeof(${at}) = 'blob'`;
/** A BLOB is greater than any other value; where TEXT is stored this costs less than to ask for its type. */
const isAboveText = (at: string): string => `${at} >= x''`;
/** TEXT and BLOB are greater than any number. What is left are INTEGERs and REALs, and the text of a REAL is never digits alone. */
const isAboveNumbers = (at: string): string => `${at} >= ''`;
const isNoBoolean = (at: string): string => `typeof(${at}) not in ('integer', 'null') or ${at} not in (0, 1)`;
const isNoReal = (at: string): string => `typeof(${at}) not in ('real', 'null')`;

/** null: values of this column are read one by one. */
export function groupedColumn({ type, nativeType }: ReadColumn): GroupedColumn | null {
  const affinity = affinityOf(nativeType);
  const real = { expression: textOrReal, refuses: isBlob, mayHoldReal: true } as const;
  switch (type.kind) {
    case 'int':
      // With another affinity a REAL could be stored that equals an integer.
      if (affinity !== 'integer') return null;
      return { expression: textOrNull, refuses: isAboveNumbers, proof: 'integer', mayHoldReal: false };
    case 'boolean':
      return {
        expression: (at, marks) =>
          `case when ${at} is null then '${marks.ofNull}' when ${at} then 'true' else 'false' end`,
        ...{ refuses: isNoBoolean, proof: 'none', mayHoldReal: false },
      };
    case 'text':
      // What is stored with this affinity is TEXT, BLOB or NULL.
      if (affinity !== 'text') return { ...real, proof: 'none' };
      return { expression: textOrNull, refuses: isAboveText, proof: 'none', mayHoldReal: false };
    case 'decimal':
      return { ...real, proof: 'decimal' };
    case 'json':
      return { ...real, proof: 'json' };
    case 'float':
      return { ...real, refuses: isNoReal, proof: 'none' };
    case 'bytes':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
    case 'array':
      return null;
  }
}
