// What `plan check`, `count`, `preview` and `run --dry-run` tell before anything is exported: all of what a run would meet.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, type Ended } from './driver.ts';

interface Found {
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly line: number;
  readonly column: number;
  readonly table?: string;
}

const PASSWORD = 'reader-pw';
let desk: Desk;
let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let maria: Awaited<ReturnType<typeof newMariadbDatabase>>;
let reader: string;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  reader = `${database.name}_ro`;
  await database.sql(`
    create role ${reader} login password '${PASSWORD}';
    create table customers (id bigint primary key, email text, note text, data json);
    insert into customers select n, 'e' || n || '@example.net', case n when 1 then null when 2 then '' when 3 then E'a\\nb' else repeat('n', 300) end, '{}'
      from generate_series(1, 2000) n;
    create table secret (id bigint primary key);
    create view peek as select id from secret;
    grant select on customers to ${reader};
    analyze;`);
  await desk.connect(database.server, database.name, { user: reader, password: PASSWORD });
  maria = await newMariadbDatabase();
  await maria.sql(`
    create table customers (id bigint primary key, email varchar(100), pin varchar(9));
    create user '${maria.name}_ro'@'%' identified by '${PASSWORD}';
    grant select (id, email) on ${maria.name}.customers to '${maria.name}_ro'@'%';`);
  const login = { name: 'maria', connector: 'mysql', user: `${maria.name}_ro`, password: PASSWORD };
  await desk.connect(maria.server, maria.name, login);
});
afterAll(async () => {
  await database.sql(`drop owned by ${reader}; drop role ${reader};`);
  await database.drop();
  await maria.sql(`drop user '${maria.name}_ro'@'%'`);
  await maria.drop();
  desk[Symbol.dispose]();
});

const HEAD = { waybill: '1', name: 'crm', purpose: 'CHG-1', connection: 'shop', format: '{ type: csv }' };

/** Five lines of head, then `lines` from line 6 on. */
function plan(lines: readonly string[], head: Readonly<Record<string, string>> = {}): void {
  const fields = Object.entries({ ...HEAD, ...head }).map(([key, value]) => `${key}: ${value}`);
  desk.write('plan.yaml', [...fields, ...lines, ''].join('\n'));
}

async function check(): Promise<{ ok: boolean; code: number | null; findings: readonly Found[] }> {
  const { code, stdout, stderr } = await desk.run(['plan', 'check', 'plan.yaml', '--json']);
  expect(stderr).toBe('');
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Found[] };
  for (const { remedy } of findings) expect(remedy).toMatch(/\S/);
  return { ok, code, findings };
}

const brief = (findings: readonly Found[]) =>
  findings.map((f) => `${f.code} ${f.line}:${f.column} ${f.table ?? ''}`.trim());
const table = (name: string, ...more: string[]) => [`  - table: public.${name}`, ...more.map((line) => `    ${line}`)];
const query = (sql: string, ...more: string[]) => [
  `  - query: "${sql}"`,
  '    name: totals',
  '    columns: { n: { unmasked: ok } }',
  ...more.map((line) => `    ${line}`),
];

describe('plan check finds, with line and column', () => {
  it.each<[string, readonly string[], readonly string[], number]>([
    [
      'a table the login may not read',
      table('secret', 'columns: [id]'),
      ['SOURCE/PERMISSION_DENIED 7:12 public.secret'],
      3,
    ],
    [
      'an unknown column in where',
      table('customers', 'columns: [id]', 'where: kode > 1'),
      ['SOURCE/QUERY_INVALID 9:12 public.customers'],
      2,
    ],
    [
      'broken SQL in where',
      table('customers', 'columns: [id]', 'where: id >'),
      ['SOURCE/QUERY_INVALID 9:12 public.customers'],
      2,
    ],
    [
      'a forbidden table in where',
      table('customers', 'columns: [id]', 'where: id in (select id from secret)'),
      ['SOURCE/PERMISSION_DENIED 9:12 public.customers'],
      3,
    ],
    [
      'a type that has no order',
      table('customers', 'columns: [id]', 'where: id > 1', 'orderBy: [data]'),
      ['SOURCE/QUERY_INVALID 10:14 public.customers'],
      2,
    ],
    ['an unknown column in a query', query('select kode as n from customers'), ['SOURCE/QUERY_INVALID 7:12 totals'], 2],
    ['broken SQL in a query', query('select from from'), ['SOURCE/QUERY_INVALID 7:12 totals'], 2],
    [
      'a forbidden table in a query',
      query('select count(*) as n from secret'),
      ['SOURCE/PERMISSION_DENIED 7:12 totals'],
      3,
    ],
  ])('%s', { timeout: 60_000 }, async (_, lines, expected, exit) => {
    plan(['tables:', ...lines]);
    const { ok, code, findings } = await check();
    expect([ok, code, brief(findings)]).toEqual([false, exit, expected]);
    for (const { message, table: named } of findings) expect(message).toContain(named);
  });

  it.each([
    ['{ type: csv, profile: excell }', 'format.profile'],
    ['{ type: csv, delimiter: "\\"" }', 'format.delimiter'],
    ['{ type: csv, header: perhaps }', 'format.header'],
    ['{ type: csv, profile: excel, encoding: windows-1252 }', 'format.bom'],
  ])('the format %s', async (format) => {
    plan(['tables:', ...table('customers', 'columns: [id]')], { format });
    const { code, findings } = await check();
    expect([code, findings.map((f) => `${f.code} ${f.line}`)]).toEqual([2, ['FORMAT/OPTION_INVALID 5']]);
  });

  it('a named key that was never made, with the command that makes it', { timeout: 120_000 }, async () => {
    const masks = 'masks: { email: { mask: pseudonym } }';
    plan(['pseudonyms: { key: client-a }', 'tables:', ...table('customers', 'columns: [email]', masks)]);
    const { code, findings } = await check();
    expect([code, brief(findings)]).toEqual([4, ['MASK/KEY_MISSING 6:20']]);
    expect(findings[0]?.remedy).toBe('Make it: waybill key add client-a.');
    await desk.json(['key', 'add', 'client-a']);
    expect((await check()).ok).toBe(true);
    await desk.json(['key', 'destroy', 'client-a', '--yes']);
    expect((await check()).findings[0]?.message).toMatch(
      /^The pseudonym key client-a was destroyed on \d{4}-\d{2}-\d{2}: /,
    );
  });

  it('a key whose secret the vault has lost, by whoever took it out', { timeout: 120_000 }, async () => {
    await desk.json(['key', 'add', 'client-b']);
    const masks = 'masks: { email: { mask: pseudonym } }';
    plan(['pseudonyms: { key: client-b }', 'tables:', ...table('customers', 'columns: [email]', masks)]);
    expect((await check()).ok).toBe(true);
    const index = join(desk.home, 'vault', 'index.json');
    const known = JSON.parse(readFileSync(index, 'utf8')) as { secrets: [string, unknown][] };
    writeFileSync(index, JSON.stringify({ ...known, secrets: known.secrets.filter(([of]) => of !== 'key/client-b') }));
    const { code, findings } = await check();
    expect([code, brief(findings)]).toEqual([4, ['MASK/KEY_MISSING 6:20']]);
    expect(findings[0]?.message).toBe('The pseudonym key client-b is not in the vault.');
  });

  it('a column the login may not read, on MariaDB', { timeout: 60_000 }, async () => {
    const of = (columns: string, where: string) =>
      plan(['tables:', `  - table: ${maria.name}.customers`, `    columns: [${columns}]`, `    where: ${where}`], {
        connection: 'maria',
      });
    of('id, email', 'id > 1');
    expect(await check()).toMatchObject({ ok: true, code: 0 });
    of('id', 'pin > 1');
    expect(await check()).toMatchObject({ code: 3, findings: [{ code: 'SOURCE/PERMISSION_DENIED', line: 9 }] });
  });

  it('lets a view stand for what it reads', async () => {
    await database.sql(`grant select on peek to ${reader}`);
    plan(['tables:', ...table('peek', 'columns: [id]')]);
    expect(await check()).toMatchObject({ ok: true, findings: [] });
  });
});

describe('plan check tells', () => {
  const BAD = [
    'tables:',
    ...table('secret', 'columns: [id]'),
    ...table('customers', 'columns: [id, emial]', 'where: kode = 1'),
  ];

  it('all findings at once, in JSON and in words, each once and by line', { timeout: 60_000 }, async () => {
    plan(BAD, { format: '{ type: csv, profile: excell }' });
    const { ok, code, findings } = await check();
    const expected = [
      'FORMAT/OPTION_INVALID 5:31',
      'SOURCE/PERMISSION_DENIED 7:12 public.secret',
      'PLAN/COLUMN_ABSENT 10:19 public.customers',
      'SOURCE/QUERY_INVALID 11:12 public.customers',
    ];
    expect([ok, code, brief(findings)]).toEqual([false, 2, expected]);
    const person = await desk.run(['plan', 'check', 'plan.yaml', '--quiet']);
    const lines = person.stderr.trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('plan.yaml:')).map((line) => /:(\d+):/.exec(line)?.[1])).toEqual([
      '5',
      '7',
      '10',
      '11',
    ]);
    for (const { message } of findings) expect(person.stderr.split(message)).toHaveLength(2);
    expect(lines.at(-1)).toBe('The plan cannot run: 4 errors.');
    expect(person.stderr).not.toContain('waybill plan check');
  });

  it('the cause first: a key that is misspelt, then the one that is missing', async () => {
    desk.write(
      'plan.yaml',
      'waybill: 1\nname: a\npurpos: x\nconnection: shop\nformat: { type: csv }\ntables: [{ table: a.b }]\n',
    );
    const { findings } = await check();
    expect(findings.map(({ message }) => message)).toEqual([
      'The key "purpos" is unknown here.',
      'purpose is missing.',
    ]);
    const run = await desk.run(['run', 'plan.yaml', '--json']);
    expect(run.json).toMatchObject({
      error: {
        message: 'The key "purpos" is unknown here. (line 3, column 1) And 1 more finding.',
        findings: [{}, {}],
      },
    });
  });

  it('warnings of a plan that is in order', async () => {
    plan(['tables:', ...table('customers', 'columns: [id, email]')]);
    const { ok, code, findings } = await check();
    expect([ok, code, brief(findings)]).toEqual([true, 0, ['PLAN/COLUMN_UNMASKED 8:19 public.customers']]);
    const person = await desk.run(['plan', 'check', 'plan.yaml']);
    expect(person.stdout).toBe('The plan is in order: 1 table, 1 warning.\n');
    expect(person.stderr.match(/PLAN\/COLUMN_UNMASKED/g)).toHaveLength(1);
  });

  it('that a folder is no plan file', async () => {
    mkdirSync(desk.path('folder'), { recursive: true });
    const ended = await desk.run(['plan', 'check', 'folder']);
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringMatching(/^PLAN\/UNREADABLE: .*folder is a folder, not a plan file\.$/m),
    ]);
  });
});

it('plan new names the folder that is not there, before it looks at the database', async () => {
  const ended = await desk.run(['plan', 'new', 'nobody', '--out', 'no/such/plan.yaml']);
  expect([ended.code, ended.stderr]).toEqual([
    4,
    expect.stringMatching(new RegExp(`^SPOOL/ABSENT: There is no folder .*no/such\\.$`, 'm')),
  ]);
  expect(readdirSync(desk.folder)).not.toContain('no');
});

it('plan check, preview and count --exact say what to grant', { timeout: 120_000 }, async () => {
  plan(['tables:', ...table('secret', 'columns: [id]')]);
  const grant = `GRANT SELECT ON "public"."secret" TO "${reader}"`;
  const told = `Have this run: ${grant}; or leave the table out of the plan.`;
  expect((await check()).findings[0]?.remedy).toBe(told);
  for (const args of [['preview'], ['count', '--exact']]) {
    const ended = await desk.run([args[0] ?? '', 'plan.yaml', ...args.slice(1), '--json']);
    expect([ended.code, ended.json]).toMatchObject([
      3,
      { error: { code: 'SOURCE/PERMISSION_DENIED', remedy: told, context: { table: 'public.secret', line: 7 } } },
    ]);
  }
});

describe('before a run', () => {
  const LIMITED = [
    'tables:',
    ...table('customers', 'columns: [id, email]', 'limit: 50', 'masks: { email: { mask: redact } }'),
  ];

  it('a dry run names files, rows within the limit, masks and SQL', async () => {
    plan([...LIMITED, ...query('select count(*) as n from customers', 'limit: 1')]);
    const said = (await desk.run(['run', 'plan.yaml', '--dry-run'])).stdout;
    expect(said).toMatch(/^crm: 2 tables to csv$/m);
    expect(said).toMatch(/^public\.customers → data\/public\.customers\.csv$/m);
    expect(said).toMatch(/rows: about 50 rows, about [\d.]+ KiB in the database \(estimate\)/);
    expect(said).toMatch(/rows: at most 1 row \(its limit; no estimate\)/);
    expect(said).toMatch(/^ {4}id +as it is$/m);
    expect(said).toMatch(/^ {4}email +redact/m);
    expect(said).toMatch(/select "id", "email"/);
    const json = await desk.json(['run', 'plan.yaml', '--dry-run']);
    expect(json).toMatchObject({ tables: [{ estimatedRows: 50, file: 'data/public.customers.csv' }, {}] });
    expect(readdirSync(desk.folder).filter((name) => name.startsWith('crm-'))).toEqual([]);
  });

  it('a dry run finds what the run would', async () => {
    plan(['tables:', ...table('secret', 'columns: [id]')]);
    const ended: Ended = await desk.run(['run', 'plan.yaml', '--dry-run']);
    expect([ended.code, ended.stdout]).toEqual([3, '']);
  });

  it('count says what is an estimate and what is exact', async () => {
    plan(['tables:', ...table('customers', 'columns: [id]', 'where: id <= 1'), ...query('select 1 as n')]);
    const estimate = await desk.run(['count', 'plan.yaml']);
    expect(estimate.stdout).toMatch(/^public\.customers +about 2\u00a0000 rows +estimate, before its filter$/m);
    expect(estimate.stdout).toMatch(/^totals +unknown +no estimate/m);
    expect(estimate.stderr).toContain('waybill count plan.yaml --exact');
    expect((await desk.run(['count', 'plan.yaml', '--exact'])).stdout).toMatch(/^public\.customers +1 row +exact$/m);
  });

  it('preview tells NULL, the empty text and a line break apart', async () => {
    plan(['tables:', ...table('customers', 'columns: [id, note]', 'orderBy: [id]')]);
    const { stdout } = await desk.run(['preview', 'plan.yaml', '--rows', '3']);
    expect(stdout.split('\n')).toEqual([
      'public.customers: the first 3 rows as written',
      '  id  note',
      '  1   NULL',
      "  2   ''",
      '  3   a␊b',
      '',
    ]);
  });
});
