import { isUtf8 } from 'node:buffer';
import { CELL_NULL, RowBatch, type BatchSchema } from '../../../src-shared/model/row-batch.ts';
import type { DelimitedLayout } from '../../ports/kernel.ts';
import { GrowingSink } from '../kit/growing-sink.ts';
import { Utf8Output } from '../kit/utf8-output.ts';
import { holdsNul, invalidUtf8 } from '../kit/value-unencodable.ts';
import { CellWriter } from './cell-writer.ts';
import type { CsvLayout } from './csv-layout.ts';

/**
 * What decides the bytes of a CSV file, as data for kernels; null where it is not data alone: other encodings, guards
 * against spreadsheets, files without quotes, and texts that are refused.
 */
export function delimitedLayout(schema: BatchSchema, layout: CsvLayout): DelimitedLayout | null {
  const { profile, quote, escape, special, delimiter, lineEnding, nullText, utcSuffix, bytesPrefix } = layout;
  const isGuarded = profile.formulaGuard || profile.numberGuard === true;
  if (profile.refusesNullText === true) return null;
  if (profile.encoding !== 'utf-8' || isGuarded || quote < 0 || escape < 0) return null;
  const refusesNul = profile.refusesNul === true;
  const timestampSeparator = profile.timestampSeparator.charCodeAt(0);
  return {
    columns: layout.columns,
    texts: { delimiter, lineEnding, nullText, utcSuffix, bytesPrefix, timestampSeparator },
    quoting: { quote, escape, special },
    spell(column, value) {
      const sink = new GrowingSink();
      const batch = oneCell({ schema, column, value });
      const output = new Utf8Output();
      output.begin(batch, sink);
      new CellWriter(layout, schema, output).write(batch, 0, sink);
      return sink.bytes.slice(0, sink.length);
    },
    fits: (text) => isUtf8(text) && !(refusesNul && text.includes(0)),
    unfit: (column, row, value) => (refusesNul && value.includes(0) ? holdsNul(column, row) : invalidUtf8(column, row)),
  };
}

/** A fragment, since that is what begins in the middle of a row. */
function oneCell({
  schema,
  column,
  value,
}: {
  schema: BatchSchema;
  column: number;
  value: Uint8Array | null;
}): RowBatch {
  const batch = new RowBatch(schema, value ?? new Uint8Array(0), { cells: 1 });
  batch.fragment = true;
  batch.firstColumn = column;
  batch.cells = 1;
  batch.ends[0] = value?.length ?? 0;
  if (value === null) batch.flags[0] = CELL_NULL;
  return batch;
}
