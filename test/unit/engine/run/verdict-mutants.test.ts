import { appendFileSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTables } from '../../../../src-main/engine/run/run-tables.ts';
import { SpaceWatch } from '../../../../src-main/engine/run/space-watch.ts';
import type { TableJob, TableResult } from '../../../../src-main/engine/run/table-job.ts';
import { csv } from '../../../../src-main/formats/csv/index.ts';
import { ndjson } from '../../../../src-main/formats/ndjson/index.ts';
import type { Encoder, Format } from '../../../../src-main/ports/format.ts';
import type { Store } from '../../../../src-main/ports/store.ts';
import { createFileDigester } from '../../../../src-main/store/file-digester.ts';
import { createNodeStore } from '../../../../src-main/store/node-store.ts';
import type { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { BatchBuilder } from '../../../fakes/batch-builder.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';
import { batchesSnapshot } from '../../../fakes/batches-snapshot.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';

const ROWS = 40;
const schema = batchSchema([
  ['id', 'int64'],
  ['name', 'text'],
]);

function rowsFrom(first: number, count: number): [string, string][] {
  return Array.from({ length: count }, (_, i) => [String(first + i), `name ${first + i}`]);
}

const fourBatches = (): RowBatch[] =>
  [0, 1, 2, 3].map((batch) => new BatchBuilder(schema).batch(rowsFrom(1 + batch * 10, 10)));

/** Changes what the real encoder is told or has written. */
type Mutation = (encoder: Encoder, nth: number, batch: RowBatch) => (out: Parameters<Encoder['encode']>[1]) => void;

function mutated(format: Format, mutate: Mutation): Format {
  return {
    ...format,
    encoder(...args) {
      const encoder = format.encoder(...args);
      let nth = 0;
      return {
        begin: (out) => encoder.begin(out),
        encode: (batch, out) => mutate(encoder, nth++, batch)(out),
        layout: encoder.layout,
        skip: (rows) => encoder.skip(rows),
        end: (out) => encoder.end(out),
      };
    },
  };
}

async function verdictWith(
  format: Format,
  options: { store?: Store; rows?: number; unproven?: string } = {},
): Promise<TableResult> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const store = options.store ?? createNodeStore();
  await store.makeFolder(join(folder, 'data'));
  const job: TableJob = {
    name: 't',
    table: ['main', 't'],
    line: 1,
    stem: 't',
    read: {
      source: { kind: 'table', table: { namespace: 'main', name: 't' } },
      columns: [],
      where: null,
      orderBy: [],
      limit: null,
      params: {},
    },
    sourceSchema: schema,
    outputSchema: schema,
    masks: [],
    streamsLongCells: true,
    openWireWriter: () => null,
    estimatedRows: null,
  };
  const snapshot = batchesSnapshot(fourBatches, options.rows ?? ROWS, options.unproven ?? null);
  const [result] = await runTables([job], [{ snapshot, renew: null }], {
    store,
    digester: createFileDigester(),
    clock: { now: () => new Date(), monotonicMs: () => performance.now() },
    signal: new AbortController().signal,
    format: { format, options: format.options.parse({}), context: { profiles: new Map() } },
    folder,
    extension: format.extension,
    cellBytes: 1024,
    space: new SpaceWatch(store, folder),
    grant: () => null,
    onEvent: () => undefined,
  });
  if (result === undefined) throw new Error('no result');
  return result;
}

/** A store whose final file differs from what was written and hashed. */
function storeThatChanges(change: (path: string) => void): Store {
  const store = createNodeStore();
  return {
    ...store,
    read: store.read,
    async renameNew(from, to) {
      await store.renameNew(from, to);
      change(to);
    },
  };
}

function flipByte(path: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, Uint8Array.of((readFileSync(path)[30] ?? 0) ^ 1), 0, 1, 30);
}

describe.each([csv, ndjson] as Format[])('a run that writes $id', (format) => {
  it('is complete when source, file and read-back agree', async () => {
    const result = await verdictWith(format);
    expect(result).toMatchObject({ verdict: 'complete', sourceRows: ROWS, writtenRows: ROWS, rereadRows: ROWS });
  });

  it('is incomplete when the writer drops rows', async () => {
    const dropping = mutated(format, (encoder, nth, batch) => (out) => {
      if (nth !== 2) encoder.encode(batch, out);
    });
    expect(await verdictWith(dropping)).toMatchObject({ verdict: 'incomplete', rereadRows: ROWS - 10 });
  });

  it('is incomplete when the writer doubles rows', async () => {
    const doubling = mutated(format, (encoder, nth, batch) => (out) => {
      encoder.encode(batch, out);
      if (nth === 1) encoder.encode(batch, out);
    });
    expect(await verdictWith(doubling)).toMatchObject({ verdict: 'incomplete', rereadRows: ROWS + 10 });
  });

  it('is incomplete when the writer cuts a row', async () => {
    const cutting = mutated(format, (encoder, nth, batch) => (out) => {
      encoder.encode(batch, out);
      // The line end and what stands before it of the last row are gone.
      if (nth === 3) out.length -= 9;
    });
    expect(await verdictWith(cutting)).toMatchObject({
      verdict: 'incomplete',
      error: { code: 'RUN/READ_BACK_MISMATCH' },
    });
  });

  it('is incomplete when a byte on disk differs from what was hashed', async () => {
    expect(await verdictWith(format, { store: storeThatChanges(flipByte) })).toMatchObject({
      verdict: 'incomplete',
      error: { code: 'RUN/READ_BACK_MISMATCH' },
    });
  });

  it('is incomplete when the file grew after it was hashed', async () => {
    const store = storeThatChanges((path) => appendFileSync(path, '\n'));
    expect(await verdictWith(format, { store })).toMatchObject({ verdict: 'incomplete' });
  });

  it('is incomplete when another file has taken the name, even one with the same bytes', async () => {
    const store = storeThatChanges((path) => {
      const bytes = readFileSync(path);
      renameSync(path, `${path}.aside`);
      writeFileSync(path, bytes);
    });
    expect(await verdictWith(format, { store })).toMatchObject({
      verdict: 'incomplete',
      error: { code: 'RUN/READ_BACK_MISMATCH' },
    });
  });

  it('is incomplete when the source counts more rows than it gave', async () => {
    expect(await verdictWith(format, { rows: ROWS + 1 })).toMatchObject({ verdict: 'incomplete' });
  });

  it('is unproven, with the reason, where equal counts prove nothing', async () => {
    expect(await verdictWith(format, { unproven: 'No lock could be had.' })).toMatchObject({
      verdict: 'unproven',
      why: 'No lock could be had.',
    });
  });
});
