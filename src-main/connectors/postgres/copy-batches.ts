import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { PieceSize } from '../../ports/connector.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { withDeadline } from '../kit/deadline.ts';
import { ignoring } from '../kit/ignoring.ts';
import { batchSchema } from './batch-schema.ts';
import { BINARY_WIRE } from './binary-wire.ts';
import { CopyQuery, type CopyStatement } from './copy-query.ts';
import { binaryLongRows, textLongRows } from './long-rows.ts';
import { respellings, splitRows } from './copy-split.ts';
import { binaryStatement, postgresDialect } from './dialect.ts';
import type { Link } from './link.ts';

/** Rows are gathered in blocks of this size; one that is longer travels in pieces. */
const BLOCK_BYTES = 1024 * 1024;
/** Behind the rows, for the constants that booleans point to. */
const SLACK_BYTES = 64;
const CELLS = 16 * 1024;
const DRAIN_MS = 2000;

export interface CopyHow {
  readonly signal: AbortSignal;
  /** Blocks of whole rows stay unsplit, in this form; a row longer than a block comes as fragments with cells even then. */
  readonly wire: string | false;
  readonly pieces?: PieceSize | null;
}

/** Rows of a read as batches; the consumer owns and releases them. Leaving early stops the server. */
export async function* copyBatches(link: Link, read: TableRead, how: CopyHow): AsyncGenerator<RowBatch> {
  const { signal, pieces = null } = how;
  // Cells are taken wherever wire blocks are.
  const wire = how.wire === BINARY_WIRE && !link.hasWholeMoments ? false : how.wire;
  const schema = batchSchema(read.columns);
  const pool = new BatchPool(schema, { blockBytes: BLOCK_BYTES + SLACK_BYTES, cells: wire === false ? CELLS : 0 });
  const copy = new CopyQuery(statementOf(read, wire), pool, { blockBytes: BLOCK_BYTES, pieces });
  const respell = respellings(schema);
  const long = wire === BINARY_WIRE ? binaryLongRows(read, pool) : textLongRows(schema);
  let running = true;
  const next = async (): Promise<RowBatch | null> => {
    running = false;
    const batch = await link.guard(() => copy.next(), signal);
    running = batch !== null;
    return batch;
  };
  link.startCopy(copy);
  try {
    for (let batch = await next(); batch !== null; batch = await next()) {
      if (batch.fragment) yield* long(batch);
      else {
        if (wire === false) splitRows(batch, respell);
        yield batch;
      }
    }
  } finally {
    if (running && !link.isDead) {
      if (signal.aborted) link.abandon();
      else await stopEarly(link, copy);
    }
    copy.release();
    pool.close();
  }
}

function statementOf(read: TableRead, wire: string | false): CopyStatement {
  if (wire === BINARY_WIRE) return { text: binaryStatement(read), isBinary: true };
  return { text: postgresDialect.select(read).text, isBinary: false };
}

/** The consumer has had enough: the server is told, and what is on its way is thrown away. */
async function stopEarly(link: Link, copy: CopyQuery): Promise<void> {
  const goOn = (): Error => {
    link.destroy();
    return new Error('the server goes on sending');
  };
  // The request is waited for too: a late one would hit the next statement.
  const stopped = Promise.all([link.requestCancel(), copy.drain()]);
  await ignoring(withDeadline(stopped, DRAIN_MS, goOn), 'the rows are not wanted any more');
}
