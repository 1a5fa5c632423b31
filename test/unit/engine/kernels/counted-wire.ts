import { BatchPool } from '../../../../src-main/connectors/kit/batch-pool.ts';
import { BLOCK_BYTES, RowReader } from '../../../../src-main/connectors/mysql/row-reader.ts';
import type { BatchSchema, RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { payloadsOf } from '../../../fakes/mysql-packets.ts';

export type CountedRow = readonly (string | Uint8Array | null)[];

/** A length-encoded string (https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_strings.html). */
function counted(value: string | Uint8Array | null): Buffer {
  if (value === null) return Buffer.of(0xfb);
  const bytes = Buffer.from(value);
  const { length } = bytes;
  if (length < 251) return Buffer.concat([Buffer.of(length), bytes]);
  const size = Buffer.alloc(length < 65_536 ? 3 : 4, length < 65_536 ? 0xfc : 0xfd);
  size.writeUIntLE(length, 1, size.length - 1);
  return Buffer.concat([size, bytes]);
}

export function countedRow(row: CountedRow): Buffer {
  return Buffer.concat(row.map(counted));
}

/** A row behind the header of its packet. */
export function packet(payload: Uint8Array, sequence = 0): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = sequence & 0xff;
  return Buffer.concat([header, payload]);
}

/** The same blocks with nothing between their rows. */
export function withoutHeads(blocks: readonly RowBatch[]): RowBatch[] {
  return blocks.map((block) => {
    if (block.cells > 0 || block.fragment) return block;
    const bytes = Buffer.concat(payloadsOf(Buffer.from(block.bytes.subarray(0, block.tail))));
    block.bytes.set(bytes);
    block.tail = bytes.length;
    return block;
  });
}

/** The rows as they come over the wire, taken apart by the connector's own reader. */
export function readCounted(schema: BatchSchema, rows: readonly CountedRow[], wire: boolean): RowBatch[] {
  const pool = new BatchPool(schema, { blockBytes: BLOCK_BYTES, cells: wire ? 0 : 1024 });
  const reader = new RowReader(pool, { wire, deprecateEof: false, sequence: 0 });
  for (const [i, payload] of [...rows.map(countedRow), Buffer.of(0xfe, 0, 0, 0, 0)].entries()) {
    reader.push(packet(payload, i));
  }
  const batches: RowBatch[] = [];
  for (let batch = reader.shift(); batch !== undefined; batch = reader.shift()) batches.push(batch);
  return batches;
}
