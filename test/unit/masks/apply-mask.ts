import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import { cellText, type BatchColumn, type BatchSchema } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { Mask, MaskContext } from '../../../src-main/ports/mask.ts';
import { BatchBuilder } from '../../fakes/batch-builder.ts';

export const TEXT: LogicalType = { kind: 'text', maxCharacters: null };

export function textOf(maxCharacters: number): LogicalType {
  return { kind: 'text', maxCharacters };
}

export function readColumn(type: LogicalType, nullable = true): ReadColumn {
  return { name: 'subject', nativeType: 'native', type, nullable };
}

export function batchColumn(name: string, type: LogicalType, form: BatchColumn['form'] = 'utf8'): BatchColumn {
  return { name, type, nativeType: 'native', nullable: true, form };
}

/** A pseudonym key for a class. */
export function keyFor(
  meaning: string,
  domain = 'crm',
  master = Uint8Array.from({ length: 32 }, (_, i) => i),
): MaskContext {
  return { pseudonym: { master, domain, class: meaning } };
}

export interface ApplyHow {
  readonly options: unknown;
  readonly context?: MaskContext;
  readonly column?: BatchColumn;
  readonly escaped?: boolean;
}

/** Masks the middle of three columns; gives its texts and flags, after proving that its neighbours are untouched. */
export function applyMask(mask: Mask, values: readonly (string | null)[], how: ApplyHow): MaskedCells {
  const column = how.column ?? batchColumn('subject', TEXT);
  const schema: BatchSchema = {
    escape: 'backslash',
    columns: [batchColumn('before', TEXT), column, batchColumn('after', TEXT)],
  };
  const builder = new BatchBuilder(schema, { escaped: how.escaped ?? false });
  const rows = values.map((value, i) => [`left\t${i}`, value, i % 2 === 0 ? null : `right\\${i}`] as const);
  const batch = builder.batch(rows);
  const options = mask.options.parse(how.options);
  mask.kernel(column, options, how.context ?? {}).apply(batch, 1);
  const flags = values.map((_, row) => batch.flags[row * 3 + 1] as number);
  const inside = values.every((_, row) => (batch.ends[row * 3 + 1] as number) <= batch.tail || flags[row] === 1);
  const ranges = values.map((_, row) => batch.bytes.slice(batch.starts[row * 3 + 1], batch.ends[row * 3 + 1]));
  return {
    texts: values.map((_, row) => cellText(batch, row * 3 + 1)),
    flags,
    ranges,
    inside,
    neighboursKept: rows.every((row, i) => cellText(batch, i * 3) === row[0] && cellText(batch, i * 3 + 2) === row[2]),
  };
}

export interface MaskedCells {
  readonly texts: readonly (string | null)[];
  readonly flags: readonly number[];
  readonly ranges: readonly Uint8Array[];
  /** Every cell lies below the batch's tail. */
  readonly inside: boolean;
  readonly neighboursKept: boolean;
}
