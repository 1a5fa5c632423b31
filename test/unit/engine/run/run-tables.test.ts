import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reader } from '../../../../src-main/engine/run/reader.ts';
import { runTables } from '../../../../src-main/engine/run/run-tables.ts';
import { SpaceWatch } from '../../../../src-main/engine/run/space-watch.ts';
import type { RunEvent, TableJob } from '../../../../src-main/engine/run/table-job.ts';
import { ndjson } from '../../../../src-main/formats/ndjson/index.ts';
import type { Snapshot } from '../../../../src-main/ports/connector.ts';
import { createFileDigester } from '../../../../src-main/store/file-digester.ts';
import { createNodeStore } from '../../../../src-main/store/node-store.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import type { BatchSchema } from '../../../../src-shared/model/row-batch.ts';

vi.mock('node:timers/promises', () => ({
  setTimeout: (_ms: number, _value: undefined, { signal }: { signal: AbortSignal }) =>
    Promise.resolve().then(() => signal.throwIfAborted()),
}));

const store = createNodeStore();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-tables-'));
  mkdirSync(join(folder, 'data'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const schema: BatchSchema = { escape: 'none', columns: [] };
const lost = () => appError('SOURCE/CONNECTION_LOST', { message: 'The connection to the server was lost.' });

const job = (name: string): TableJob => ({
  ...{ name, table: ['main', name], line: 1, stem: name },
  read: {
    source: { kind: 'table', table: { namespace: 'main', name } },
    ...{ columns: [], where: null, orderBy: [], limit: null, params: {} },
  },
  ...{ sourceSchema: schema, outputSchema: schema, masks: [], streamsLongCells: true },
  ...{ openWireWriter: () => null, estimatedRows: null },
});

/** A snapshot of tables without rows; reading one of these breaks the connection for good. */
function snapshotThatBreaksAt(...names: string[]): Snapshot {
  let isGone = false;
  return {
    facts: { id: 'one', unproven: [] },
    // eslint-disable-next-line require-yield -- a read that never comes to a row
    async *read({ source }) {
      const name = source.kind === 'table' ? source.table.name : '';
      isGone ||= names.includes(name);
      await Promise.resolve();
      if (isGone) throw lost();
    },
    count: () => (isGone ? Promise.reject(lost()) : Promise.resolve(0)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The same for a table in parts, of one range; the connection breaks when its rows are counted. */
function snapshotThatCannotCount(): Snapshot {
  return { ...snapshotThatBreaksAt(), cut: () => Promise.resolve(null), count: () => Promise.reject(lost()) };
}

async function run(
  tables: readonly (string | TableJob)[],
  readers: readonly [Reader, ...Reader[]],
  heard: (event: RunEvent) => void = () => undefined,
) {
  const events: RunEvent[] = [];
  const results = await runTables(
    tables.map((table) => (typeof table === 'string' ? job(table) : table)),
    readers,
    {
      ...{ store, digester: createFileDigester(), folder, cellBytes: 1024, grant: () => null },
      clock: { now: () => new Date(), monotonicMs: () => performance.now() },
      signal: new AbortController().signal,
      format: { format: ndjson, options: ndjson.options.parse({}), context: { profiles: new Map() } },
      extension: '.ndjson',
      space: new SpaceWatch(store, folder),
      chunk: { rows: 1000, bytes: Infinity },
      onEvent: (event) => {
        events.push(event);
        heard(event);
      },
    },
  );
  const verdicts = Object.fromEntries(results.map(({ name, verdict }) => [name, verdict]));
  return { verdicts, retries: events.filter(({ type }) => type === 'table.retry').length };
}

const reader = (snapshot: Snapshot, renew: Reader['renew'] = null): Reader => ({ snapshot, renew });

describe('a table in parts that several read', () => {
  it('is counted by the one that would wait, while the other reads', async () => {
    const counted = Promise.withResolvers<undefined>();
    const count = vi.fn(() => Promise.resolve(counted.resolve(undefined)).then(() => 0));
    const reading: Snapshot = {
      ...snapshotThatBreaksAt(),
      cut: () => Promise.resolve(null),
      // eslint-disable-next-line require-yield -- a read that never comes to a row
      async *read() {
        await counted.promise;
      },
      count,
    };
    const { verdicts } = await run([{ ...job('a'), cutBy: [] }], [reader(reading), reader(reading)]);
    expect(verdicts).toEqual({ a: 'complete' });
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('is counted by the other one when the one that counted is lost', async () => {
    const { verdicts } = await run(
      [{ ...job('a'), cutBy: [] }],
      [reader({ ...snapshotThatBreaksAt(), cut: () => Promise.resolve(null) }), reader(snapshotThatCannotCount())],
    );
    expect(verdicts).toEqual({ a: 'complete' });
  });
});

describe('tables whose connection is lost', () => {
  it('fail with the others that were not read, when nobody else is at the snapshot', async () => {
    const { verdicts, retries } = await run(['a', 'b', 'c'], [reader(snapshotThatBreaksAt('b'))]);
    expect(verdicts).toEqual({ a: 'complete', b: 'incomplete', c: 'incomplete' });
    expect(retries).toBe(0);
  });

  it('are read by another reader', async () => {
    const { verdicts, retries } = await run(
      ['a', 'b', 'c'],
      [reader(snapshotThatBreaksAt('a')), reader(snapshotThatBreaksAt())],
    );
    expect(verdicts).toEqual({ a: 'complete', b: 'complete', c: 'complete' });
    expect(retries).toBe(1);
  });

  it('are read on a new connection, which may take a while to be had', async () => {
    const answers = [null, null, snapshotThatBreaksAt()];
    const renew = vi.fn(() => Promise.resolve(answers.shift() ?? null));
    const { verdicts } = await run(['a', 'b'], [reader(snapshotThatBreaksAt('a'), renew)]);
    expect(verdicts).toEqual({ a: 'complete', b: 'complete' });
    expect(renew).toHaveBeenCalledTimes(3);
  });

  it('are given up when they break every connection, and the others are read', async () => {
    const renew = vi.fn(() => Promise.resolve(snapshotThatBreaksAt('a')));
    const { verdicts, retries } = await run(['a', 'b'], [reader(snapshotThatBreaksAt('a'), renew)]);
    expect(verdicts).toEqual({ a: 'incomplete', b: 'complete' });
    expect(retries).toBe(3);
    expect(readdirSync(folder, { recursive: true })).toEqual(['data', 'data/b.0001.ndjson']);
  });

  it('are not waited for when the connection that the point in time belongs to is gone as well', async () => {
    const gone = Promise.withResolvers<null>();
    const renew = vi.fn(() => gone.promise);
    const readers = [reader(snapshotThatBreaksAt('a')), reader(snapshotThatBreaksAt('b'), renew)] as const;
    const { verdicts } = await run(['a', 'b', 'c'], readers, (event) => {
      if (event.type === 'table.retry' && event.table === 'a') gone.resolve(null);
    });
    expect(Object.values(verdicts)).toContain('incomplete');
    expect(renew.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('are counted on another connection when all of their parts are whole', async () => {
    const told = Promise.withResolvers<undefined>();
    const busy: Snapshot = {
      ...snapshotThatBreaksAt(),
      cut: () => Promise.resolve(null),
      // eslint-disable-next-line require-yield -- a read that never comes to a row
      async *read() {
        await told.promise;
      },
    };
    const { verdicts, retries } = await run(
      ['b', { ...job('a'), cutBy: [] }],
      [reader(busy), reader(snapshotThatCannotCount())],
      ({ type }) => {
        if (type === 'table.retry') told.resolve(undefined);
      },
    );
    expect(verdicts).toEqual({ a: 'complete', b: 'complete' });
    expect(retries).toBe(1);
  });

  it('are read by another reader also when they were the last that was left', async () => {
    const { verdicts } = await run(['a'], [reader(snapshotThatBreaksAt('a')), reader(snapshotThatBreaksAt())]);
    expect(verdicts).toEqual({ a: 'complete' });
  });

  it('fail when nobody is left who could count them', async () => {
    const { verdicts } = await run([{ ...job('a'), cutBy: [] }], [reader(snapshotThatCannotCount())]);
    expect(verdicts).toEqual({ a: 'incomplete' });
  });

  it('are given up when no connection can be had any more', async () => {
    const renew = vi.fn(() => Promise.resolve(null));
    const { verdicts } = await run(['a', 'b'], [reader(snapshotThatBreaksAt('a'), renew)]);
    expect(verdicts).toEqual({ a: 'incomplete', b: 'incomplete' });
    expect(renew).toHaveBeenCalledTimes(3);
  });
});
