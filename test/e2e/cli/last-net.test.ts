// A failure that nothing in Waybill catches: told like every other, with the exit code of a bug, and the run is not forgotten.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, errorOf } from './driver.ts';
import type { LedgerList } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql('create table quick as select generate_series(1, 100) as id');
});
afterAll(() => database.drop());

/** Loaded before the program: fails where nobody listens, once a table of the run has begun. */
const preload = (failure: string) => `
const { write } = process.stderr;
process.stderr.write = function (text, ...more) {
  if (String(text).includes('"table.started"')) { ${failure} }
  return write.call(this, text, ...more);
};
`;

describe.each([
  ['a rejection that nobody handles', `Promise.reject(new RangeError('c4nary'))`],
  ['an exception that nobody catches', `setImmediate(() => { throw new RangeError('c4nary'); })`],
])('%s', { timeout: 120_000 }, (_what, failure) => {
  it('ends the run with 70 in the form of every error, and the next start writes it down', async () => {
    using desk = new Desk();
    await desk.connect(database.server, database.name);
    const head = 'waybill: 1\nname: quick\npurpose: test\nconnection: shop\nformat: { type: csv }\n';
    desk.write('plan.yaml', `${head}tables:\n  - { table: public.quick, columns: [id] }\n`);
    const env = { NODE_OPTIONS: `--require=${desk.write('preload.cjs', preload(failure))}` };
    const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', 'json'];
    const script = await desk.run([...args, '--json'], { env });
    expect([script.code, script.stdout, errorOf(script).code]).toEqual([70, '', 'APP/INVARIANT']);
    const person = await desk.run(args, { env });
    expect(person.code).toBe(70);
    expect(person.stderr).toMatch(/^APP\/INVARIANT: Internal error: .*\.\n→ \S.*\n/m);
    // Where it came from helps who mends it; its text may quote a value.
    expect(person.stderr).toMatch(/^\s+RangeError\n\s+at /m);
    expect(desk.printed).not.toContain('c4nary');
    expect(await desk.json(['runs'])).toMatchObject({ runs: [{ state: 'interrupted' }, { state: 'interrupted' }] });
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.filter(({ type }) => type === 'export.interrupted')).toHaveLength(2);
  });
});
