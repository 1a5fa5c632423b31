/** Turns the server's text of some types into their canonical text, in place (docs/spec/row-batch.md §4). */
import { CELL_PLAIN, type BatchSchema, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import { isPlainRange } from '../../../src-shared/model/plain-bytes.ts';
import { malformed } from './malformed.ts';

/** How the cells of a column are finished. */
export const FINISH = { text: 0, raw: 1, timestamp: 2, utc: 3, float32: 4 } as const;

/** Per column, how its cells are finished. */
export function finishes(schema: BatchSchema): Uint8Array {
  return Uint8Array.from(schema.columns, ({ form, type }) => {
    if (form === 'raw') return FINISH.raw;
    if (type.kind === 'timestamp') return type.zone === 'none' ? FINISH.timestamp : FINISH.utc;
    if (type.kind === 'float' && type.bits === 32) return FINISH.float32;
    return FINISH.text;
  });
}

/** Respells one cell that is neither NULL nor CUT and sets its flag. The byte before the cell must belong to nobody. */
export function finishCell(batch: RowBatch, cell: number, finish: number): void {
  if (finish >= FINISH.timestamp) {
    if (finish === FINISH.float32) respellFloat32(batch, cell);
    else respellTimestamp(batch, cell, finish === FINISH.utc);
  }
  if (finish === FINISH.raw) batch.flags[cell] = 0;
  else {
    const plain = isPlainRange(batch.bytes, batch.starts[cell] as number, batch.ends[cell] as number);
    batch.flags[cell] = plain ? CELL_PLAIN : 0;
  }
}

/** `2024-05-06 07:08:09.5` → `2024-05-06T07:08:09.5Z`: for the `Z` the text moves one byte to the left. */
function respellTimestamp(batch: RowBatch, cell: number, utc: boolean): void {
  const { bytes } = batch;
  const start = batch.starts[cell] as number;
  const end = batch.ends[cell] as number;
  if (end - start < 19 || bytes[start + 10] !== 0x20) throw malformed();
  bytes[start + 10] = 0x54;
  if (!utc) return;
  bytes.copyWithin(start - 1, start, end);
  bytes[end - 1] = 0x5a;
  batch.starts[cell] = start - 1;
}

/** The server prints the double that equals the float; the shortest text of the float itself is never longer. */
function respellFloat32(batch: RowBatch, cell: number): void {
  const start = batch.starts[cell] as number;
  const end = batch.ends[cell] as number;
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(batch.bytes[i] as number);
  const shortest = shortestFloat32(text, end - start);
  for (let i = 0; i < shortest.length; i++) batch.bytes[start + i] = shortest.charCodeAt(i);
  batch.ends[cell] = start + shortest.length;
}

/** At most `room` characters, which the digits of the double always leave. */
export function shortestFloat32(text: string, room: number): string {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || Math.fround(value) !== value) throw malformed();
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) !== value) continue;
    const sign = Object.is(value, -0) ? '-' : '';
    const plain = sign + String(rounded).replace('e+', 'e');
    const short = plain.length <= room ? plain : value.toExponential(digits - 1).replace('e+', 'e');
    if (short.length <= room) return short;
  }
  return text;
}
