import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, errorOf } from './driver.ts';
import type { RunResult, VerifyDocument } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  await database.sql(`
    create table people (id bigint primary key, email text);
    insert into people select n, 'user' || n from generate_series(1, 500) n;
    create table letters (id bigint primary key, recipient text);
    insert into letters select n, 'user' || n from generate_series(1, 500) n;
    create function now_and_then() returns bigint language sql volatile as 'select 1::bigint';`);
  await desk.connect(database.server, database.name);
  await desk.connect(database.server, database.name, { name: 'other' });
  await desk.json(['key', 'add', 'client-a']);
  await desk.json(['key', 'add', 'client-b']);
});
afterAll(async () => {
  await database.drop();
  desk[Symbol.dispose]();
});

interface Masking {
  readonly connection?: string;
  readonly pseudonyms?: string;
  readonly class?: string;
}

/** The data files of a run of both tables with pseudonyms, by table. */
async function exported(how: Masking = {}): Promise<Record<'people' | 'letters', string>> {
  const mask = `{ mask: pseudonym, class: ${how.class ?? 'person.login'} }`;
  desk.write(
    'plan.yaml',
    `waybill: 1
name: repeat
purpose: test
connection: ${how.connection ?? 'shop'}
${how.pseudonyms === undefined ? '' : `pseudonyms: ${how.pseudonyms}`}
tables:
  - { table: public.people, columns: [id, email], orderBy: [id], masks: { email: ${mask} } }
  - { table: public.letters, columns: [id, recipient], orderBy: [id], masks: { recipient: ${mask} } }
format: { type: csv }
`,
  );
  const result = await desk.json<RunResult>(['run', 'plan.yaml', '--accept-catalog', '--out', 'out']);
  const read = (name: string): string => readFileSync(join(result.package, 'data', `public.${name}.csv`), 'utf8');
  return { people: read('people'), letters: read('letters') };
}

const body = (csv: string): string => csv.slice(csv.indexOf('\r\n'));

describe('the same plan run again', () => {
  it('writes the same bytes, and the same tokens in both tables', async () => {
    const first = await exported();
    const second = await exported();
    expect(second).toEqual(first);
    expect(body(first.letters)).toBe(body(first.people));
    expect(first.people).toMatch(/\r\n1,[a-z2-7]{26}\r\n/);
    expect(first.people).not.toContain('user');
  });

  it('gives the same tokens on two connections under one named key and domain, others under another', async () => {
    const crm = await exported({ pseudonyms: '{ key: client-a, domain: crm }' });
    const elsewhere = await exported({ connection: 'other', pseudonyms: '{ key: client-a, domain: crm }' });
    expect(elsewhere).toEqual(crm);
    const changed = [
      (await exported({ pseudonyms: '{ key: client-b, domain: crm }' })).people,
      (await exported({ pseudonyms: '{ key: client-a, domain: erp }' })).people,
      (await exported({ pseudonyms: '{ key: client-a, domain: crm }', class: 'person.name' })).people,
      (await exported()).people,
    ];
    expect(new Set([crm.people, ...changed]).size).toBe(5);
  });
});

describe('a run that is not wholly a success', () => {
  const head = 'waybill: 1\nname: mixed\npurpose: test\nconnection: shop\nformat: { type: csv }\ntables:\n';

  it('ends with 12 when one table failed and the rest is whole, and its package says so', async () => {
    const failing = `  - { table: public.letters, columns: [id], where: "1 / (id - 400) >= 0" }\n`;
    desk.write('mixed.yaml', `${head}  - { table: public.people, columns: [id] }\n${failing}`);
    const ended = await desk.run(['run', 'mixed.yaml', '--accept-catalog', '--out', 'mixed', '--json']);
    expect(ended.code).toBe(12);
    const result = ended.json as RunResult;
    expect(result.state).toBe('partial');
    expect(errorOf(ended).code).toBe('SOURCE/QUERY_FAILED');
    expect(result.tables.map(({ verdict, resources }) => [verdict, resources.length])).toEqual([
      ['complete', 1],
      ['incomplete', 0],
    ]);
    expect(result.package).toBe(desk.path('mixed', `mixed-${result.run}.incomplete`));
    const checked = await desk.run(['verify', result.package, '--json']);
    const { verdict, findings } = checked.json as VerifyDocument;
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['PACKAGE_INCOMPLETE']));
  });

  it('warns of what cannot be proven, and ends with 9 only when proof is required', async () => {
    desk.write('vague.yaml', `${head}  - { table: public.people, columns: [id], where: "now_and_then() = 1" }\n`);
    const args = ['run', 'vague.yaml', '--accept-catalog', '--out', 'vague', '--json'];
    const lenient = await desk.run(args);
    expect([lenient.code, lenient.stderr]).toEqual([
      0,
      expect.stringMatching(/^warning RUN\/UNPROVEN: public\.people /m),
    ]);
    expect(lenient.json).toMatchObject({
      state: 'succeeded',
      tables: [{ verdict: 'unproven', why: expect.any(String) as string }],
    });
    expect((await desk.run([...args, '--require-proof'])).code).toBe(9);
  });

  it('runs only the tables that --only names, with parameters from the command line', async () => {
    const where = 'where: "id <= :most::bigint"';
    const params = 'params: { most: "7" }\n';
    desk.write(
      'params.yaml',
      `${params}${head}  - { table: public.people, columns: [id], ${where} }\n  - { table: public.letters, columns: [id], ${where} }\n`,
    );
    const run = ['run', 'params.yaml', '--accept-catalog', '--out', 'params', '--only', 'public.people'];
    const small = await desk.json<RunResult>(run);
    expect(small.tables).toMatchObject([{ name: 'public.people', writtenRows: 7 }]);
    const given = await desk.json<RunResult>([...run, '--param', 'most=12']);
    expect(given.tables).toMatchObject([{ name: 'public.people', writtenRows: 12 }]);
    const hostile = await desk.run([...run, '--param', "most=1'; drop table people; --", '--json']);
    expect(hostile.code).not.toBe(0);
    expect(await database.sql('select count(*) from people')).toBe('500');
  });
});

describe('a password on the command line', () => {
  it.each([['--password', 'c4n4ry'], ['--password=c4n4ry'], ['--passphrase=c4n4ry']])(
    'is refused and not repeated: %s',
    async (...given) => {
      const args = ['connection', 'add', 'x', '--connector', 'postgres', '--database', 'd', '--user', 'u', ...given];
      const ended = await desk.run([...args, '--json']);
      expect([ended.code, errorOf(ended).code]).toEqual([2, 'CLI/USAGE']);
      expect(ended.stderr).not.toContain('c4n4ry');
    },
  );
});
