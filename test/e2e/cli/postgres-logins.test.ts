/** Each way into PostgreSQL once through the command line, on a server that asks for it; each refusal with its words. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeClientCertificate, type ClientCertificate } from '../../servers/certificates.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { Desk, type Ended } from './driver.ts';
import { readTree } from './read-tree.ts';

const PASSWORD = 'p:w\\d-7f3a';
const KEY_PASSPHRASE = 'key-passphrase-91c';

const files = new TempFolder();
let server: PostgresServer;
let own: ClientCertificate;
let locked: ClientCertificate;
let stranger: ClientCertificate;

beforeAll(async () => {
  server = await startPostgres({
    tls: 'on',
    hba: [
      'local all peered peer map=me',
      'local all scrammed scram-sha-256',
      'hostssl all certified 127.0.0.1/32 cert',
      'host all md5ed 127.0.0.1/32 md5',
      'host all scrammed 127.0.0.1/32 scram-sha-256',
    ],
    ident: ['me root peered', 'me postgres peered', `me ${userInfo().username} peered`],
  });
  const quoted = PASSWORD.replaceAll("'", "''");
  await server.sql(
    `create role scrammed login password E'${quoted.replaceAll('\\', '\\\\')}'; create role peered login; create role certified login;
     set password_encryption = 'md5'; create role md5ed login password E'${quoted.replaceAll('\\', '\\\\')}';
     create table public.t (a int); grant select on public.t to public;`,
  );
  const { certificates } = server;
  if (certificates === null) throw new Error('the server has no certificates');
  own = await makeClientCertificate(certificates, files.path, { name: 'certified' });
  locked = await makeClientCertificate(certificates, files.path, { name: 'certified', passphrase: KEY_PASSPHRASE });
  stranger = await makeClientCertificate(certificates, files.path, { name: 'certified', stranger: true });
}, 120_000);
afterAll(async () => {
  await server.stop();
  files[Symbol.dispose]();
});

/** A desk with a connection made of these flags. */
async function deskWith(flags: readonly string[], given: { stdin?: string } = {}): Promise<Desk> {
  const desk = new Desk();
  await desk.json(['connection', 'add', 'it', '--connector', 'postgres', ...flags], given);
  return desk;
}

const tcp = () => ['--host', '127.0.0.1', '--port', String(server.port), '--database', 'postgres'];
const socket = () => ['--host', server.socketFolder, '--port', String(server.port), '--database', 'postgres'];
const tls = () => ['--tls', 'verify-full', '--ca', server.caFile ?? ''];

const test = (desk: Desk, env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  desk.run(['connection', 'test', 'it'], { env });

/** Tests the connection, and reads a catalog through it. */
async function expectIn(desk: Desk, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const ended = await test(desk, env);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  const { code, stdout } = await desk.run(['catalog', 'it'], { env });
  expect(code).toBe(0);
  expect(stdout).toContain('public');
  // Lines are fitted to 80 columns.
  return ended.stdout.replace(/\n {2,}/g, ' ');
}

async function expectOut(
  desk: Desk,
  code: number,
  words: readonly RegExp[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const ended = await test(desk, env);
  expect(ended.code).toBe(code);
  for (const word of words) expect(ended.stderr).toMatch(word);
}

/** No secret in what was printed, and in no file but the sealed vault and those of the user. */
function expectSilent(desk: Desk): void {
  for (const secret of [PASSWORD, KEY_PASSPHRASE]) {
    expect(desk.printed).not.toContain(secret);
    for (const { path, bytes } of readTree(desk.home)) expect(bytes.includes(secret), path).toBe(false);
  }
}

describe('a Unix socket', { timeout: 60_000 }, () => {
  it('lets in whom the system knows, without a password and without TLS', async () => {
    using desk = await deskWith([...socket(), '--user', 'peered']);
    expect(await expectIn(desk)).toMatch(/encryption +none/);
  });

  it('says who else was refused', async () => {
    using desk = await deskWith([...socket(), '--user', 'scrammed'], {});
    await expectOut(desk, 3, [
      /SOURCE\/AUTH_REFUSED: The server asks for a password of scrammed/,
      /→ Store the password/,
    ]);
  });

  it('that is not there is said with its path', async () => {
    using desk = await deskWith(['--host', '/nonexistent', '--database', 'x', '--user', 'peered']);
    await expectOut(desk, 7, [/SOURCE\/UNREACHABLE: .*there is no such socket/]);
  });
});

describe('a password', { timeout: 60_000 }, () => {
  it('is proven by SCRAM, and by SCRAM bound to the TLS session where that is required', async () => {
    using desk = await deskWith([...tcp(), '--user', 'scrammed', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    await expectIn(desk);
    const bound = [...tcp(), ...tls(), '--user', 'scrammed', '--channel-binding', 'require', '--password-stdin'];
    using second = await deskWith(bound, { stdin: `${PASSWORD}\n` });
    expect(await expectIn(second)).toMatch(/certificate verified/);
    for (const each of [desk, second]) expectSilent(each);
  });

  it('is not sent where binding is required and the server cannot do it', async () => {
    const flags = [...tcp(), ...tls(), '--user', 'md5ed', '--channel-binding', 'require', '--password-stdin'];
    using desk = await deskWith(flags, { stdin: `${PASSWORD}\n` });
    await expectOut(desk, 3, [/AUTH_REFUSED: The server does not bind the login/, /→ .*--channel-binding prefer/]);
    using open = await deskWith([...tcp(), '--user', 'scrammed', '--channel-binding', 'require', '--password-stdin'], {
      stdin: `${PASSWORD}\n`,
    });
    await expectOut(open, 3, [/does not bind the login/]);
  });

  it('is hashed by MD5 where the server still asks for that', async () => {
    using desk = await deskWith([...tcp(), '--user', 'md5ed', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    await expectIn(desk);
    using wrong = await deskWith([...tcp(), '--user', 'md5ed', '--password-stdin'], { stdin: 'no\n' });
    await expectOut(wrong, 3, [/AUTH_REFUSED: The server at 127\.0\.0\.1:\d+ refused the login of md5ed/]);
  });
});

describe('the password file', { timeout: 60_000 }, () => {
  const line = (password = PASSWORD) =>
    `127.0.0.1:${server.port}:*:scrammed:${password.replaceAll('\\', '\\\\').replaceAll(':', '\\:')}\n`;
  function put(desk: Desk, text: string, mode = 0o600): string {
    const path = desk.path('..', '.pgpass');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  it('is used where no password is stored, and that is said', async () => {
    using desk = await deskWith([...tcp(), '--user', 'scrammed']);
    put(desk, `# mine\n${line()}`);
    expect(await expectIn(desk)).toMatch(/password from ~\/\.pgpass, line 2/);
    expectSilent(desk);
  });

  it('may stand where PGPASSFILE says', async () => {
    using desk = await deskWith([...tcp(), '--user', 'scrammed']);
    const path = desk.write('elsewhere', line());
    chmodSync(path, 0o600);
    expect(await expectIn(desk, { PGPASSFILE: path })).toContain(`password from ${path} (PGPASSFILE), line 1`);
  });

  it('is not looked at where a password is stored, or where no one asks', async () => {
    using desk = await deskWith([...tcp(), '--user', 'scrammed', '--password-stdin'], { stdin: 'stored\n' });
    put(desk, line());
    await expectOut(desk, 3, [/refused the login of scrammed/]);
    using peered = await deskWith([...socket(), '--user', 'peered']);
    put(peered, line());
    expect(await expectIn(peered)).not.toContain('pgpass');
  });

  it('is ignored while others may read it, and that is said', async () => {
    using desk = await deskWith([...tcp(), '--user', 'scrammed']);
    put(desk, line(), 0o640);
    await expectOut(desk, 3, [
      /~\/\.pgpass was ignored: others than its owner may use it \(mode 0640\)/,
      /→ Store the password of the connection, or make the file yours alone: chmod 600/,
    ]);
  });

  it('that has no line for it is said, and PGPASSWORD is not heeded', async () => {
    using desk = await deskWith([...tcp(), '--user', 'scrammed']);
    put(desk, 'other:*:*:*:x\n');
    await expectOut(desk, 3, [/~\/\.pgpass has no line for it/], { PGPASSWORD: PASSWORD });
  });
});

describe('a service', { timeout: 60_000 }, () => {
  const section = (more = '') =>
    `# ours\n[other]\nhost=nowhere.invalid\n\n[shop]\nhost=127.0.0.1\nport=${server.port}\ndbname=postgres\nuser=scrammed\nconnect_timeout=3\n${more}`;
  const put = (desk: Desk, text: string, mode = 0o600): void => {
    writeFileSync(desk.path('..', '.pg_service.conf'), text);
    chmodSync(desk.path('..', '.pg_service.conf'), mode);
  };

  it('names all that is not given, and what was not used of it is said', async () => {
    using desk = await deskWith(['--service', 'shop', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    put(desk, section());
    const said = await expectIn(desk);
    expect(said).toMatch(/login +scrammed on postgres/);
    expect(said).toContain('service shop of ~/.pg_service.conf');
    expect(said).toContain('of the service shop not used: connect_timeout');
    expect((await desk.run(['connection', 'list'])).stdout).toMatch(/by service/);
  });

  it('counts less than what is given', async () => {
    using desk = await deskWith(['--service', 'shop', '--host', server.socketFolder, '--user', 'peered']);
    put(desk, section());
    expect(await expectIn(desk)).toMatch(/login +peered on postgres/);
  });

  it('gives TLS and its files, and a password where the file is the user’s alone', async () => {
    using desk = await deskWith(['--service', 'shop']);
    const more = `password=${PASSWORD}\nsslmode=verify-full\nsslrootcert=${server.caFile}\nchannel_binding=require\n`;
    put(desk, section(more));
    const said = await expectIn(desk);
    expect(said).toContain('password from the service shop');
    expect(said).toContain('certificate verified');
    expectSilent(desk);
    put(desk, section(more), 0o644);
    await expectOut(desk, 3, [/asks for a password of scrammed/]);
  });

  it('may stand in the file that PGSERVICEFILE names; PGSERVICE and PGHOST are not heeded', async () => {
    using desk = await deskWith(['--service', 'shop', '--password-stdin'], { stdin: `${PASSWORD}\n` });
    const path = desk.write('services', section());
    expect(await expectIn(desk, { PGSERVICEFILE: path, PGHOST: 'nowhere.invalid', PGSERVICE: 'other' })).toContain(
      `service shop of ${path} (PGSERVICEFILE)`,
    );
  });

  it('that is not there, or says what cannot be used, is said', async () => {
    using desk = await deskWith(['--service', 'shpo']);
    await expectOut(desk, 2, [/OPTION_INVALID: The service shpo is looked for in ~\/\.pg_service\.conf/]);
    put(desk, section());
    await expectOut(desk, 2, [/There is no service shpo in ~\/\.pg_service\.conf/, /→ Did you mean shop\?/]);
    using bad = await deskWith(['--service', 'shop']);
    put(bad, section('sslmode=perhaps\n'));
    await expectOut(bad, 2, [/gives a sslmode that cannot be used: perhaps/]);
    put(bad, '[shop]\nhost=127.0.0.1\nuser=a\n');
    await expectOut(bad, 2, [
      /Neither the connection nor its service shop names a database/,
      /Add dbname to the service/,
    ]);
  });
});

describe('a client certificate', { timeout: 60_000 }, () => {
  const certified = (made: ClientCertificate, ca: string | null = server.caFile) => [
    ...[...tcp(), '--user', 'certified', '--ca', ca ?? ''],
    ...['--cert', made.certFile, '--key', made.keyFile],
  ];

  it('lets its owner in, encrypted even on loopback', async () => {
    using desk = await deskWith(certified(own));
    expect(await expectIn(desk)).toMatch(/TLSv1\.3 .*certificate verified/);
  });

  it('is opened with the passphrase out of the vault', async () => {
    using desk = await deskWith([...certified(locked), '--key-passphrase-stdin'], { stdin: `${KEY_PASSPHRASE}\n` });
    await expectIn(desk);
    expectSilent(desk);
    expect((await desk.json<{ secretRemoved: boolean }>(['connection', 'remove', 'it'])).secretRemoved).toBe(true);
  });

  it('whose key is locked is said, and the passphrase can be stored later', async () => {
    using desk = await deskWith(certified(locked));
    await expectOut(desk, 2, [/is locked by a passphrase, and the connection has none/, /→ .*--key-passphrase-stdin/]);
    const store = ['connection', 'password', 'it', '--key-passphrase-stdin'];
    await desk.json(store, { stdin: 'wrong\n' });
    await expectOut(desk, 2, [/The passphrase of the key does not open/]);
    await desk.json(store, { stdin: `${KEY_PASSPHRASE}\n` });
    await expectIn(desk);
    expectSilent(desk);
  });

  it('of a strange authority, or none, is refused', async () => {
    using desk = await deskWith(certified(stranger));
    await expectOut(desk, 3, [/SOURCE\/TLS_REFUSED: .*does not trust the authority of the client certificate/]);
    using none = await deskWith([...tcp(), ...tls(), '--user', 'certified']);
    await expectOut(none, 3, [/AUTH_REFUSED: .*requires a valid client certificate/]);
  });

  it('with a key that others may read, or that is another’s, is refused before anybody is called', async () => {
    using desk = new Desk();
    mkdirSync(desk.path('keys'));
    const open = desk.write('keys/open.key', readFileSync(own.keyFile, 'utf8'));
    chmodSync(open, 0o644);
    await desk.json(['connection', 'add', 'it', '--connector', 'postgres', ...certified({ ...own, keyFile: open })]);
    await expectOut(desk, 2, [/Others than its owner may use the key .* \(mode 0644\)/, /→ .*chmod 600/]);
    using other = await deskWith(certified({ ...own, keyFile: stranger.keyFile }));
    await expectOut(other, 2, [/The key .* does not belong to the certificate/]);
  });

  it('cannot be given without its key, with TLS disabled, or on a socket', async () => {
    using desk = new Desk();
    const add = async (flags: readonly string[]): Promise<string> => {
      const ended = await desk.run(['connection', 'add', 'it', '--connector', 'postgres', ...flags]);
      expect(ended.code).toBe(2);
      return ended.stderr;
    };
    const cert = ['--user', 'certified', '--cert', own.certFile];
    expect(await add([...tcp(), ...cert])).toContain('The option key is missing.');
    expect(await add([...tcp(), ...cert, '--key', own.keyFile, '--tls', 'disable'])).toContain('cannot be disabled');
    expect(await add([...socket(), ...cert, '--key', own.keyFile])).toContain('never asked for on a Unix socket');
  });
});
