import { describe, expect, it } from 'vitest';
import { ExclusiveSession, type SessionWork } from '../../../../src-main/connectors/kit/exclusive-session.ts';
import { RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';

const signal = new AbortController().signal;
const read: TableRead = {
  ...{ source: { kind: 'query', sql: 'select 1' }, columns: [], where: null },
  ...{ orderBy: [], limit: null, params: {} },
};

/** Work that writes down what is asked of it; its reads give `batches` batches and then fail if told to. */
class Recorded {
  readonly log: string[] = [];
  batches = 6;
  failure: Error | null = null;

  readonly work: SessionWork = {
    facts: () => Promise.reject(new Error('no facts')),
    catalog: (namespace) => Promise.resolve({ product: String(namespace), version: '', namespaces: [] }),
    describe: () => Promise.resolve([]),
    check: () => Promise.resolve(),
    count: () => Promise.resolve(3),
    preview: () => this.#rows(),
    snapshot: () => {
      if (this.failure !== null) return Promise.reject(this.failure);
      return Promise.resolve({
        facts: { id: 'now', unproven: [] },
        read: () => this.#rows(),
        count: () => Promise.resolve(4),
        abandon: () => void this.log.push('abandon'),
        end: async () => void this.log.push('end'),
      });
    },
    others: { number: () => Promise.resolve('1'), look: () => Promise.resolve([]) },
    close: async () => void this.log.push('close'),
  };

  async *#rows(): AsyncGenerator<RowBatch> {
    try {
      for (let i = 0; i < this.batches; i++) {
        this.log.push(`made ${i}`);
        const owner = (): number => this.log.push(`released ${i}`);
        yield new RowBatch({ columns: [], escape: 'none' }, new Uint8Array(0), { cells: 0, owner });
      }
      if (this.failure !== null) throw this.failure;
    } finally {
      this.log.push('over');
    }
  }
}

describe('a session on one connection', () => {
  it('is free again after work that failed', async () => {
    const session = new ExclusiveSession(new Recorded().work);
    await expect(session.facts(signal)).rejects.toThrow('no facts');
    expect(await session.count(read, signal)).toBe(3);
    expect((await session.catalog({ namespace: 'one' }, signal)).product).toBe('one');
    expect((await session.catalog({}, signal)).product).toBe('null');
  });

  it('refuses two at once', async () => {
    const session = new ExclusiveSession(new Recorded().work);
    const first = session.count(read, signal);
    await expect(session.count(read, signal)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    expect(await first).toBe(3);
  });

  it('ends a short preview before its first batch is handed over', async () => {
    const made = new Recorded();
    made.batches = 2;
    const preview = new ExclusiveSession(made.work).preview(read, signal);
    const first = await preview.next();
    expect(made.log).toEqual(['made 0', 'made 1', 'over']);
    if (first.done !== true) first.value.release();
    await preview.return(undefined);
    expect(made.log.slice(3)).toEqual(['released 0', 'released 1']);
  });

  it('fetches a long preview as it is pulled, and ends and releases what is left of it', async () => {
    const made = new Recorded();
    const session = new ExclusiveSession(made.work);
    const preview = session.preview(read, signal);
    const first = await preview.next();
    expect(made.log).toEqual(['made 0', 'made 1', 'made 2', 'made 3']);
    await expect(session.count(read, signal)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    if (first.done !== true) first.value.release();
    await preview.return(undefined);
    expect(made.log.slice(4)).toEqual(['released 0', 'released 1', 'released 2', 'released 3', 'over']);
    expect(await session.count(read, signal)).toBe(3);
  });

  it('releases what it had fetched of a preview that fails', async () => {
    const made = new Recorded();
    made.batches = 2;
    made.failure = new Error('lost');
    const session = new ExclusiveSession(made.work);
    await expect(session.preview(read, signal).next()).rejects.toThrow('lost');
    expect(made.log).toEqual(['made 0', 'made 1', 'over', 'released 0', 'released 1']);
    expect(await session.count(read, signal)).toBe(3);
  });

  it('is held by a snapshot until that is disposed, which ends once', async () => {
    const made = new Recorded();
    const session = new ExclusiveSession(made.work);
    const snapshot = await session.snapshot([read], signal);
    expect(await snapshot.count(read, signal)).toBe(4);
    await expect(session.count(read, signal)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    await snapshot[Symbol.asyncDispose]();
    await snapshot[Symbol.asyncDispose]();
    expect(made.log).toEqual(['end']);
    await expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    expect(await session.count(read, signal)).toBe(3);
  });

  it('gives the connection up when a snapshot is disposed in the middle of a read', async () => {
    const made = new Recorded();
    const session = new ExclusiveSession(made.work);
    const snapshot = await session.snapshot([read], signal);
    const reading = snapshot.read(read, { signal, wire: false })[Symbol.asyncIterator]();
    await reading.next();
    await expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    await snapshot[Symbol.asyncDispose]();
    expect(made.log.slice(-2)).toEqual(['abandon', 'end']);
    await reading.return?.();
  });

  it('is free again when no snapshot could be had', async () => {
    const made = new Recorded();
    made.failure = new Error('locked');
    const session = new ExclusiveSession(made.work);
    await expect(session.snapshot([read], signal)).rejects.toThrow('locked');
    expect(await session.count(read, signal)).toBe(3);
    await session[Symbol.asyncDispose]();
    expect(made.log).toEqual(['close']);
  });
});
