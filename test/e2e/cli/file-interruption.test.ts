import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { isRunning, readersOf, ticksOf } from '../../fakes/reader-processes.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { Desk, errorOf, type Started } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { LedgerList, RunResult } from './results.ts';

/** A connection to a file whose one view counts without an end. */
async function newDesk(): Promise<Desk> {
  const desk = new Desk();
  const db = new DatabaseSync(desk.path('shop.db'));
  db.exec(`create view endless as
    with recursive n (id) as (values (1) union all select id + 1 from n) select id from n`);
  db.close();
  await desk.json(['connection', 'add', 'shop', '--connector', 'sqlite', '--file', 'shop.db']);
  desk.write(
    'plan.yaml',
    `waybill: 1
name: slow
purpose: test
connection: shop
tables:
  - { table: main.endless, columns: [id], orderBy: [id] }
format: { type: csv }
`,
  );
  return desk;
}

/** Interrupts a command whose reader has been inside the library for a while. */
async function interrupted({ child, ended }: Started): Promise<{ ms: number; code: number | null }> {
  const busy = (): number | undefined => readersOf(child.pid).find((pid) => ticksOf(pid) > 50);
  await waitUntil(async () => busy() !== undefined, AbortSignal.timeout(20_000));
  const reader = busy() ?? 0;
  const began = performance.now();
  child.kill('SIGINT');
  const { code } = await ended;
  const ms = performance.now() - began;
  await waitUntil(async () => !isRunning(reader), AbortSignal.timeout(1000));
  return { ms, code };
}

describe('Ctrl+C on a database file', () => {
  it('ends an exact count within a second', async () => {
    using desk = await newDesk();
    const count = desk.start(['count', 'plan.yaml', '--exact', '--json']);
    const { ms, code } = await interrupted(count);
    expect([code, errorOf(await count.ended).code]).toEqual([130, 'RUN/CANCELLED']);
    expect(ms).toBeLessThan(1000);
  });

  it('ends a run in the middle of its sort within a second, and ledger and record know', async () => {
    using desk = await newDesk();
    const names = (): string[] =>
      readTree(desk.folder)
        .map(({ path }) => path)
        .filter((path) => path.startsWith('shop.db'));
    const run = desk.start(['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--json']);
    const { ms, code } = await interrupted(run);
    expect(code).toBe(130);
    expect(ms).toBeLessThan(1000);
    const result = (await run.ended).json as RunResult;
    expect(result).toMatchObject({ state: 'cancelled', error: { code: 'RUN/CANCELLED' } });
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.at(-1)?.type).toBe('export.cancelled');
    expect(names()).toEqual(['shop.db']);
  });
});
