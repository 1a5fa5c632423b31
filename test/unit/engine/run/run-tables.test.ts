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
import type { FileDigester } from '../../../../src-main/ports/digest.ts';
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
  {
    digester = createFileDigester(),
    signal = new AbortController().signal,
  }: { digester?: FileDigester; signal?: AbortSignal } = {},
) {
  const events: RunEvent[] = [];
  const results = await runTables(
    tables.map((table) => (typeof table === 'string' ? job(table) : table)),
    readers,
    {
      ...{ store, digester, folder, cellBytes: 1024, grant: () => null },
      clock: { now: () => new Date(), monotonicMs: () => performance.now() },
      signal,
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
  return { results, verdicts, retries: events.filter(({ type }) => type === 'table.retry').length };
}

const reader = (snapshot: Snapshot, renew: Reader['renew'] = null): Reader => ({ snapshot, renew });

/** Ranges of 1000 rows each, and one of so many rows behind the last cut. */
interface Cuts {
  readonly ranges: number;
  readonly rest: number;
}

/** Readers of one table in parts, what is said of it in the order in which it happened, and how many cut at once at the most. */
class CutTogether {
  readonly told: string[] = [];
  cutAtOnce = 0;
  #cutting = 0;
  readonly #cuts: Cuts;

  constructor(cuts: Cuts) {
    this.#cuts = cuts;
  }

  /** `breaksAt`: what ends its connection, by what is told of it. */
  snapshot(name: string, breaksAt: (what: string) => boolean = () => false): Snapshot {
    let isGone = false;
    const tell = async (what: string): Promise<void> => {
      isGone ||= breaksAt(what);
      await new Promise((resolve) => setImmediate(resolve));
      if (isGone) throw lost();
      this.told.push(`${name} ${what}`);
    };
    const fromOf = (read: TableJob['read']): number => Number(read.range?.after?.[0] ?? 0);
    return {
      ...snapshotThatBreaksAt(),
      cut: async (read) => {
        this.#cutting++;
        this.cutAtOnce = Math.max(this.cutAtOnce, this.#cutting);
        const nth = fromOf(read) + 1;
        try {
          await tell(`cuts ${nth}`);
        } finally {
          this.#cutting--;
        }
        return nth < this.#cuts.ranges ? [String(nth)] : null;
      },
      // eslint-disable-next-line require-yield -- a read that never comes to a row
      async *read(read) {
        await tell(`reads ${fromOf(read) + 1}`);
      },
      count: async (read) => {
        await tell(`counts ${fromOf(read) + 1}`);
        return this.#cuts.rest;
      },
    };
  }

  /** Ranges whose rows were read to their end, in the order of the table. */
  get read(): number[] {
    return this.told
      .filter((what) => what.includes('reads'))
      .map((what) => Number(what.split(' ').at(-1)))
      .toSorted((a, b) => a - b);
  }
}

describe('a table in parts that several read', () => {
  it('is cut by one of them at a time, while the other reads what was cut', async () => {
    const table = new CutTogether({ ranges: 6, rest: 3 });
    await run([{ ...job('a'), cutBy: [] }], [reader(table.snapshot('one')), reader(table.snapshot('two'))]);
    expect(table.cutAtOnce).toBe(1);
    expect(table.read).toEqual([1, 2, 3, 4, 5, 6]);
    expect(table.told.indexOf('one reads 1')).toBeLessThan(table.told.findIndex((what) => what.endsWith('cuts 4')));
    expect(table.told.filter((what) => what.startsWith('two reads')).length).toBeGreaterThan(1);
  });

  it('is counted by its cuts, and only what is left by a count', async () => {
    const table = new CutTogether({ ranges: 4, rest: 3 });
    const { results } = await run([{ ...job('a'), cutBy: [] }], [reader(table.snapshot('one'))]);
    expect(results[0]).toMatchObject({ sourceRows: 3003, writtenRows: 0, verdict: 'incomplete' });
    expect(table.told.filter((what) => what.includes('counts'))).toEqual(['one counts 4']);
  });

  it('has no empty part at its end when its rows come out even', async () => {
    const table = new CutTogether({ ranges: 4, rest: 0 });
    const { results } = await run([{ ...job('a'), cutBy: [] }], [reader(table.snapshot('one'))]);
    expect(results[0]).toMatchObject({ sourceRows: 3000 });
    expect(table.read).toEqual([1, 2, 3]);
  });

  it.each(['cuts 3', 'reads 3', 'counts 6'])(
    'is read to its end by the other one when one is lost as it %s',
    async (what) => {
      const table = new CutTogether({ ranges: 6, rest: 3 });
      let broken = 0;
      const once = (told: string): boolean => told === what && ++broken === 1;
      const readers = [reader(table.snapshot('one', once)), reader(table.snapshot('two', once))] as const;
      const { results, retries } = await run([{ ...job('a'), cutBy: [] }], readers);
      expect(results[0]).toMatchObject({ sourceRows: 5003 });
      expect(table.read).toEqual([1, 2, 3, 4, 5, 6]);
      expect([table.cutAtOnce, retries]).toEqual([1, 1]);
    },
  );

  it('keeps no part that is read back as something else, though the next ones were begun', async () => {
    const table = new CutTogether({ ranges: 4, rest: 3 });
    const digester = createFileDigester();
    let pairs = 0;
    const beginPair: FileDigester['beginPair'] = () => {
      const pair = digester.beginPair();
      return ++pairs === 2 ? { ...pair, again: { ...pair.again, finish: () => Promise.resolve(false) } } : pair;
    };
    const readers = [reader(table.snapshot('one'))] as const;
    const { results } = await run([{ ...job('a'), cutBy: [] }], readers, () => undefined, {
      digester: { ...digester, beginPair },
    });
    expect(results[0]).toMatchObject({
      verdict: 'incomplete',
      error: { code: 'RUN/READ_BACK_MISMATCH' },
      resources: [],
    });
    expect(readdirSync(join(folder, 'data'))).not.toContain('a.0002.ndjson');
    expect(results[0]?.wholeParts?.parts).toBe(readdirSync(join(folder, 'data')).length);
  });

  it('calls no part whole whose reading back was broken off', async () => {
    const table = new CutTogether({ ranges: 3, rest: 3 });
    const digester = createFileDigester();
    const controller = new AbortController();
    let pairs = 0;
    const beginPair: FileDigester['beginPair'] = () => {
      const pair = digester.beginPair();
      const breakOff = (): Promise<boolean> => {
        controller.abort();
        return Promise.reject(controller.signal.reason as Error);
      };
      return ++pairs === 2 ? { ...pair, again: { ...pair.again, finish: breakOff } } : pair;
    };
    const { results } = await run([{ ...job('a'), cutBy: [] }], [reader(table.snapshot('one'))], () => undefined, {
      ...{ digester: { ...digester, beginPair }, signal: controller.signal },
    });
    expect(results[0]).toMatchObject({ verdict: 'incomplete', wholeParts: { parts: 1 } });
  });

  it('is cut by one at a time also when one is lost as it reads while another one cuts', async () => {
    const table = new CutTogether({ ranges: 4, rest: 3 });
    const third = table.snapshot('three');
    const told = Promise.withResolvers<undefined>();
    const slow: Snapshot = {
      ...table.snapshot('two'),
      cut: async (...args) => {
        table.told.push('two is cutting');
        await told.promise;
        await vi.waitFor(() => expect(table.told).toContain('three reads 1'), { interval: 5 });
        // Time enough for a cut by the third one.
        await new Promise((resolve) => setTimeout(resolve, 50));
        return third.cut?.(...args) ?? null;
      },
    };
    let broken = 0;
    // The second one cuts from then on.
    const whileCut = (what: string): boolean =>
      what.startsWith('reads') && table.told.includes('two is cutting') && ++broken === 1;
    const readers = [reader(table.snapshot('one', whileCut)), reader(slow), reader(third)] as const;
    const { results, retries } = await run([{ ...job('a'), cutBy: [] }], readers, ({ type }) => {
      if (type === 'table.retry') told.resolve(undefined);
    });
    expect(results[0]).toMatchObject({ sourceRows: 3003 });
    expect(table.read).toEqual([1, 2, 3, 4]);
    expect([table.cutAtOnce, retries]).toEqual([1, 1]);
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

  it('are counted on another connection when they are written whole', async () => {
    const readers = [reader(snapshotThatCannotCount()), reader(snapshotThatBreaksAt())] as const;
    const { results, verdicts, retries } = await run(['a'], readers);
    expect(verdicts).toEqual({ a: 'complete' });
    expect(results).toMatchObject([{ sourceRows: 0, writtenRows: 0, rereadRows: 0 }]);
    expect(retries).toBe(1);
    expect(readdirSync(folder, { recursive: true })).toEqual(['data', 'data/a.0001.ndjson']);
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
