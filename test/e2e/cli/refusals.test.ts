import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../servers/free-port.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, errorOf, firstError, type Ended, type Given } from './driver.ts';
import { treeFingerprint } from './read-tree.ts';
import type { LedgerList } from './results.ts';

const CANARY = 'c4n4ry-wr0ng-p4ssw0rd';
let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;
let reader: string;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  reader = `${database.name}_ro`;
  await database.sql(`
    create role ${reader} login password '${CANARY}';
    create table open (id bigint primary key, code varchar(10), email text);
    insert into open select n, 'c' || n, 'e' || n from generate_series(1, 10) n;
    create table secret (id bigint primary key);
    grant select on open to ${reader};
    analyze;`);
  await desk.connect(database.server, database.name);
});
afterAll(async () => {
  await database.sql(`drop owned by ${reader}; drop role ${reader};`);
  await database.drop();
  desk[Symbol.dispose]();
});

/** Runs twice, for a person and for a script: both get code, fact and remedy, and the exit code. */
async function refused(
  args: readonly string[],
  given: Given = {},
): Promise<{ code: string; exit: number | null; said: Ended }> {
  const script = await desk.run([...args, '--json'], given);
  const person = await desk.run(args, given);
  const error = isChecked(script) ? firstError(script) : errorOf(script);
  expect(error.message).toMatch(/\S.*[.]/);
  expect(error.remedy ?? '').toMatch(/\S/);
  expect(person.stderr).toContain(`${error.code}: `);
  expect(person.stderr).toMatch(/^→ \S/m);
  // Only a run that had begun, and a check, have a result beside their error.
  if (!('state' in (script.json as object)) && !isChecked(script)) expect(script.stdout).toBe('');
  if (!('state' in (script.json as object))) expect(person.stdout).toBe('');
  expect(person.code).toBe(script.code);
  return { code: error.code, exit: script.code, said: script };
}

const isChecked = ({ json }: Ended): boolean => 'findings' in (json as object);

function plan(name: string, lines: readonly string[], head: Readonly<Record<string, string>> = {}): string {
  const fields = Object.entries({
    waybill: '1',
    name,
    purpose: 'test',
    connection: 'shop',
    format: '{ type: csv }',
    ...head,
  });
  desk.write(`${name}.yaml`, [...fields.map(([key, value]) => `${key}: ${value}`), ...lines, ''].join('\n'));
  return `${name}.yaml`;
}

const OPEN = ['tables:', '  - table: public.open', '    columns: [id, code, email]'];

describe('a command line that cannot be understood', () => {
  it.each([
    [['conection', 'list'], 2],
    [['connection', 'list', '--jsn'], 2],
    [['connection', 'add', 'x'], 2],
    [['connection', 'add', 'x', '--connector', 'postgres', '--tls', 'maybe'], 2],
    [['connection', 'add', '../x', '--connector', 'postgres', '--host', 'h', '--database', 'd', '--user', 'u'], 2],
    [['run'], 2],
    [['run', 'a.yaml', 'b.yaml'], 2],
    [['ledger', 'show', 'first'], 2],
    [['preview', 'a.yaml', '--rows', 'many'], 2],
  ])('%j is refused', async (args, exit) => {
    const found = await refused(args);
    expect([found.code, found.exit]).toEqual([
      expect.stringMatching(/^(CLI\/USAGE|CONNECTION\/OPTION_INVALID)$/),
      exit,
    ]);
  });

  it('prints help with an example for every command', { timeout: 120_000 }, async () => {
    const { stdout } = await desk.run(['--help']);
    const commands = [...stdout.matchAll(/^ {2}((?:[a-z]+ ?)+?)(?= [A-Z[]| {2}|$)/gm)].map((match) =>
      (match[1] ?? '').split(' '),
    );
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) {
      const help = await desk.run([...command, '--help']);
      expect([command, help.code, help.stdout]).toEqual([command, 0, expect.stringMatching(/Example:\n {2}\S/)]);
    }
  });

  it('ends with 4 for what is not there', async () => {
    const absent = async (args: readonly string[]) => {
      const { code, exit } = await refused(args);
      return [code, exit];
    };
    expect(await absent(['connection', 'test', 'nobody'])).toEqual(['CONNECTION/ABSENT', 4]);
    expect(await absent(['run', 'missing.yaml'])).toEqual(['PLAN/ABSENT', 4]);
    expect(await absent(['runs', 'show', '01ARZ3NDEKTSV4RRFFQ69G5FAV'])).toEqual(['RUN/ABSENT', 4]);
    expect(await absent(['verify', 'nowhere'])).toEqual(['PACKAGE/ABSENT', 4]);
    expect(await absent(['ledger', 'checkpoint'])).toEqual(['LEDGER/ABSENT', 4]);
  });
});

describe('a server that refuses', () => {
  const test = async (name: string): Promise<unknown[]> => {
    const { code, exit } = await refused(['connection', 'test', name]);
    return [code, exit];
  };

  it('says that the login was refused, without the password', async () => {
    await desk.connect(database.server, database.name, { name: 'wrong', password: CANARY });
    expect(await test('wrong')).toEqual(['SOURCE/AUTH_REFUSED', 3]);
  });

  it('says that nobody is there', async () => {
    await desk.connect(database.server, database.name, { name: 'closed', port: await freePort() });
    expect(await test('closed')).toEqual(['SOURCE/UNREACHABLE', 7]);
    const flags = ['--tls', 'disable'];
    await desk.connect(database.server, database.name, { name: 'unknown', host: 'no-such-host.invalid', flags });
    expect(await test('unknown')).toEqual(['SOURCE/UNREACHABLE', 7]);
  });

  it('says that the certificate is not trusted', async () => {
    await desk.connect(database.server, database.name, { name: 'unsafe', flags: ['--tls', 'verify-full'] });
    expect(await test('unsafe')).toEqual(['SOURCE/TLS_REFUSED', 3]);
  });

  it('says that the database does not exist', async () => {
    await desk.connect(database.server, 'no_such_database', { name: 'nowhere' });
    expect(await test('nowhere')).toEqual(['SOURCE/DATABASE_ABSENT', 4]);
  });

  it('says which table the login may not read, and leaves no file', async () => {
    await desk.connect(database.server, database.name, { name: 'reader', user: reader, password: CANARY });
    const file = plan('denied', ['tables:', '  - table: public.secret', '    columns: [id]'], { connection: 'reader' });
    const { code, exit } = await refused(['run', file, '--accept-catalog', '--out', 'denied']);
    expect([code, exit]).toEqual(['SOURCE/PERMISSION_DENIED', 3]);
    expect(packagesIn('denied')).toEqual([]);
  });
});

describe('a plan that cannot run', () => {
  const check = async (file: string, more: readonly string[] = []): Promise<unknown[]> => {
    const { code, exit } = await refused(['plan', 'check', file, ...more]);
    return [code, exit];
  };

  it('names line and column of what is wrong', async () => {
    const file = plan('broken', ['tables:', '  - table: public.open', '    colums: [id]']);
    const person = await desk.run(['plan', 'check', file]);
    expect([person.code, person.stderr]).toEqual([
      2,
      expect.stringMatching(/^broken\.yaml:8:5: error: PLAN\/INVALID: /m),
    ]);
    const { said } = await refused(['run', file]);
    expect(said.json).toMatchObject({ error: { code: 'PLAN/INVALID', context: { line: 8, column: 5 } } });
    const torn = plan('torn', ['tables: [']);
    expect(await check(torn)).toEqual(['PLAN/UNREADABLE', 2]);
  });

  it('refuses a version it does not know', async () => {
    expect(await check(plan('newer', OPEN, { waybill: '99' }))).toEqual(['PLAN/VERSION_UNKNOWN', 6]);
  });

  it('refuses a table and a column that are not there', async () => {
    const table = plan('no-table', ['tables:', '  - table: public.opne', '    columns: [id]']);
    expect(await check(table)).toEqual(['PLAN/TABLE_ABSENT', 4]);
    const column = plan('no-column', ['tables:', '  - table: public.open', '    columns: [id, kode]']);
    expect(await check(column)).toEqual(['PLAN/COLUMN_ABSENT', 4]);
  });

  it.each(['public.open; drop table open', "public.x'; drop table open; --", 'public."open"', '[public, "open\\0"]'])(
    'takes %s as a name and nothing else',
    async (name) => {
      const written = name.startsWith('[') ? name : JSON.stringify(name);
      const file = plan('hostile', ['tables:', `  - table: ${written}`, '    columns: [id]']);
      const { exit } = await refused(['run', file, '--accept-catalog', '--out', 'hostile']);
      expect([2, 4]).toContain(exit);
      expect(await database.sql('select count(*) from open')).toBe('10');
    },
  );

  it('refuses SQL that breaks out of its place', async () => {
    const file = plan('break-out', [...OPEN, '    where: "true); drop table open; --"']);
    const { exit } = await refused(['run', file, '--accept-catalog', '--out', 'break-out']);
    expect(exit).toBe(2);
    expect(await database.sql('select count(*) from open')).toBe('10');
  });

  it('refuses a mask that the column cannot take', async () => {
    const short = plan('unfit', [...OPEN, '    masks: { code: { mask: pseudonym, class: code } }']);
    expect(await check(short)).toEqual(['PLAN/MASK_UNFIT', 2]);
    const notNull = plan('not-null', [...OPEN, '    masks: { id: { mask: nullify } }']);
    expect(await check(notNull)).toEqual(['PLAN/MASK_UNFIT', 2]);
  });

  it('refuses a parameter that nobody declared, in the plan and on the command line', async () => {
    const file = plan('undeclared', [...OPEN, '    where: "id > :least"']);
    expect(await check(file)).toEqual(['PLAN/PARAM_UNDECLARED', 2]);
    const extra = await refused(['plan', 'check', plan('no-param', OPEN), '--param', 'least=3']);
    expect([extra.code, extra.exit]).toEqual(['PLAN/PARAM_UNDECLARED', 2]);
  });

  it('refuses a named key that was never made', async () => {
    const masks = '    masks: { email: { mask: pseudonym, class: person.email } }';
    const file = plan('no-key', [...OPEN, masks], { pseudonyms: '{ key: client-x, domain: crm }' });
    const { code, exit } = await refused(['run', file, '--accept-catalog', '--out', 'no-key']);
    expect([code, exit]).toEqual(['MASK/KEY_MISSING', 4]);
    expect(packagesIn('no-key')).toEqual([]);
  });

  it('wants the name of a production connection typed', async () => {
    await desk.connect(database.server, database.name, { name: 'live', flags: ['--production'] });
    const file = plan('production', OPEN, { connection: 'live' });
    const run = ['run', file, '--accept-catalog', '--out', 'production'];
    for (const args of [run, [...run, '--confirm', 'shop']]) {
      const { code, exit } = await refused(args);
      expect([code, exit]).toEqual(['CONNECTION/NOT_CONFIRMED', 3]);
    }
    expect((await desk.run([...run, '--confirm', 'live'])).code).toBe(0);
  });

  it('wants a catalog accepted when globs or default columns choose', async () => {
    const file = plan('unsigned', ['tables:', '  - table: public.op*']);
    const { code, exit } = await refused(['run', file, '--out', 'unsigned']);
    expect([code, exit]).toEqual(['PLAN/CATALOG_UNACCEPTED', 2]);
  });

  it('tells a drift after sign-off in words', async () => {
    await database.sql('create table drifting (id bigint primary key, gone text, note varchar(20))');
    const file = plan('drift', ['tables:', '  - table: public.drifting', '    columns: [id, note]']);
    await desk.json(['plan', 'check', file, '--accept']);
    await database.sql('alter table drifting alter note type text, add later date');
    for (const more of [[], ['--accept-catalog']]) {
      const found = await refused(['run', file, '--out', 'drift', ...more]);
      expect([found.code, found.exit]).toEqual(['PLAN/STALE', 5]);
      expect(found.said.stderr).toMatch(/drifting/);
      expect(found.said.stderr).toMatch(/note/);
      expect(found.said.stderr).toMatch(/varying\(20\).*text/);
    }
    expect(packagesIn('drift')).toEqual([]);
  });
});

describe('a folder that cannot be written', () => {
  // Root writes everywhere unless it gives the right away.
  const under = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];

  it('is said before anything is read, and no run is left behind', async () => {
    mkdirSync(desk.path('locked'));
    chmodSync(desk.path('locked'), 0o500);
    const file = plan('unwritable', OPEN);
    const before = await desk.json<{ runs: unknown[] }>(['runs']);
    const args = ['run', file, '--accept-catalog', '--out', 'locked/delivery'];
    const { code, exit } = await refused(args, { under });
    expect([code, exit]).toEqual(['SPOOL/FOLDER_UNWRITABLE', 3]);
    expect(await desk.json(['runs'])).toEqual(before);
  });

  it('is said of a home, too', async () => {
    mkdirSync(desk.path('no-home'), { mode: 0o500 });
    const { code, exit } = await refused(['connection', 'list', '--home', desk.path('no-home', 'home')], { under });
    expect([code, exit]).toEqual(['HOME/UNWRITABLE', 3]);
  });

  it('is not even touched when something of the name is there', async () => {
    const file = plan('twice', OPEN);
    desk.write('taken.yaml', 'mine');
    const taken = await refused(['plan', 'new', 'shop', '--out', 'taken.yaml']);
    expect([taken.code, taken.exit]).toEqual(['SPOOL/EXISTS', 5]);
    expect(desk.read('taken.yaml')).toBe('mine');
    await desk.json(['run', file, '--accept-catalog', '--out', 'twice']);
    const first = treeFingerprint(desk.path('twice'));
    await desk.json(['run', file, '--accept-catalog', '--out', 'twice']);
    const now = treeFingerprint(desk.path('twice'));
    expect(packagesIn('twice')).toHaveLength(2);
    expect(first.slice(1).every((line) => now.includes(line))).toBe(true);
  });
});

describe('secrets without a place', () => {
  it('ends with 3 and says how to go on when nothing can hold them', async () => {
    const env = { WAYBILL_PASSPHRASE: undefined };
    const { code, exit } = await refused(['key', 'add', 'k'], { env: { ...env, WAYBILL_HOME: desk.path('bare') } });
    expect([code, exit]).toEqual(['VAULT/LOCKED', 3]);
  });

  it('refuses a wrong passphrase', async () => {
    const { code, exit } = await refused(['connection', 'test', 'shop'], {
      env: { WAYBILL_PASSPHRASE: 'another one' },
    });
    expect([code, exit]).toEqual(['VAULT/PASSPHRASE_WRONG', 3]);
  });

  it('never printed a password, whatever failed', async () => {
    expect(desk.printed).not.toContain(CANARY);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.map(({ type }) => type)).toContain('export.failed');
    expect((await desk.json<{ verdict: string }>(['verify', desk.ledger()])).verdict).toBe('CONSISTENT, NOT ANCHORED');
  });
});

/** Names in an output folder that a person would take for a package. */
function packagesIn(folder: string): string[] {
  try {
    return readdirSync(desk.path(folder)).filter((name) => !name.startsWith('.'));
  } catch {
    return []; // it was never made
  }
}
