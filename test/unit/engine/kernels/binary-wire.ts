import { RowBatch, type BatchSchema } from '../../../../src-shared/model/row-batch.ts';
import { BinaryLongRow } from '../../../../src-main/connectors/postgres/binary-long-row.ts';
import { respellings, splitRows } from '../../../../src-main/connectors/postgres/copy-split.ts';
import type { CellEncoding } from '../../../../src-main/ports/kernel.ts';
import { TYPES, type TypeName } from '../../../fakes/batch-schema.ts';

/** Values as their types' send functions give them. */
export type BinaryRow = readonly (Uint8Array | null)[];

/** Logical types for tests by encoding. */
export const TYPE_OF: Readonly<Record<CellEncoding, TypeName>> = {
  ...{ text: 'text', json: 'json', boolean: 'boolean', int16: 'int16', int32: 'int32', int64: 'int64' },
  ...{ uint32: 'uint64', uint64: 'uint64', numeric: 'decimal', date: 'date', time: 'time', timestamp: 'timestamp' },
  ...{ uuid: 'text', bytes: 'bytes' },
};

const int32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(n);
  return bytes;
};

export const int16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, 2 * i);
  return bytes;
};

export const int64 = (n: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(n);
  return bytes;
};

/** The cells of a row, without the message around them. */
export function binaryPayload(row: BinaryRow): Buffer {
  const cells = row.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), value]));
  return Buffer.concat([int16(row.length), ...cells]);
}

/** A row in the message that brings it. */
export function rowMessage(payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('d'), int32(payload.length + 4), payload]);
}

export function blockOf(schema: BatchSchema, bytes: Uint8Array, rows: number): RowBatch {
  const batch = new RowBatch(schema, new Uint8Array(Math.max(bytes.length + 64, 1024)), { cells: 0 });
  batch.bytes.set(bytes);
  batch.tail = bytes.length;
  batch.rows = rows;
  return batch;
}

/** An unsplit block, as the connector gives it to a kernel. */
export function binaryBlock(schema: BatchSchema, rows: readonly BinaryRow[]): RowBatch {
  return blockOf(schema, Buffer.concat(rows.map((row) => rowMessage(binaryPayload(row)))), rows.length);
}

/** The same rows as the path through cells gets them, by way of COPY text; the formatters are those of the connector. */
export function binaryCells(
  schema: BatchSchema,
  encodings: readonly CellEncoding[],
  rows: readonly BinaryRow[],
): RowBatch {
  const isUtc = schema.columns.map(({ type }) => type === TYPES.timestamputc);
  const long = new BinaryLongRow(encodings, isUtc);
  const text = rows.flatMap((row) => Array.from(long.textOf(binaryPayload(row), true), (part) => Buffer.from(part)));
  const batch = blockOf(schema, Buffer.concat(text), rows.length);
  splitRows(batch, respellings(schema));
  return batch;
}

/** A numeric from its parts, as numeric_send gives it. */
export function numeric(digits: readonly number[], weight: number, scale: number, sign = 0): Buffer {
  return int16(digits.length, weight, sign, scale, ...digits);
}
