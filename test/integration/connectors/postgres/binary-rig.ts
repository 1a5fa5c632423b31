import { binaryColumn } from '../../../../src-main/connectors/postgres/binary-columns.ts';
import { BINARY_WIRE } from '../../../../src-main/connectors/postgres/binary-wire.ts';
import { postgres } from '../../../../src-main/connectors/postgres/index.ts';
import { copyBinaryDelimited } from '../../../../src-main/engine/kernels/copy-delimited/index.ts';
import type { Snapshot } from '../../../../src-main/ports/connector.ts';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { throughCells, throughKernel, type Case } from '../../../unit/engine/kernels/kernel-case.ts';
import { signal } from './rig.ts';

export interface Compared {
  readonly cells: string;
  readonly binary: string;
  readonly fragments: number;
}

/** Batches are copied: the connector uses its own again. */
async function batchesOf(snapshot: Snapshot, read: TableRead, wire: string | false): Promise<RowBatch[]> {
  const kept: RowBatch[] = [];
  for await (const batch of snapshot.read(read, { signal, wire })) kept.push(batch);
  return kept;
}

/** The same read through cells and through the binary kernel; null: the kernel leaves it to the other. */
export async function compareWires(
  snapshot: Snapshot,
  read: TableRead,
  { masks, options }: Partial<Pick<Case, 'masks' | 'options'>> = {},
): Promise<Compared | null> {
  const cells = await batchesOf(snapshot, read, false);
  const blocks = await batchesOf(snapshot, read, BINARY_WIRE);
  const one: Case = {
    schema: postgres.batchSchema(read.columns),
    encodings: read.columns.map((column) => binaryColumn(column).encoding),
    kernel: copyBinaryDelimited,
    cells: () => cells,
    wire: () => blocks,
    masks: masks ?? read.columns.map(() => null),
    options: options ?? {},
  };
  const made = throughKernel(one);
  if (made === null) return null;
  const text = (result: Uint8Array | string): string => Buffer.from(result).toString('latin1');
  return {
    cells: text(throughCells(one)),
    binary: text(made),
    fragments: blocks.filter(({ fragment }) => fragment).length,
  };
}
