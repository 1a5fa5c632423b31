/** Each way into MariaDB once through the command line, on a server that asks for it; each refusal with its words. */
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeClientCertificate, type ClientCertificate } from '../../servers/certificates.ts';
import { startMariadb, type MariadbServer } from '../../servers/mariadb.ts';
import { Desk } from './driver.ts';
import { readTree } from './read-tree.ts';

const PASSWORD = 'native-4471-secret';
const KEY_PASSPHRASE = 'key-passphrase-91c';

/** The plug-in compares the names. */
const peered = userInfo().username;

const files = new TempFolder();
let server: MariadbServer;
let own: ClientCertificate;
let locked: ClientCertificate;
let stranger: ClientCertificate;

beforeAll(async () => {
  server = await startMariadb({ tls: 'on', args: ['--plugin-load-add=auth_ed25519'] });
  await server.sql(
    `create database shop; create table shop.t (a int);
     create or replace user ${peered}@localhost identified via unix_socket;
     create user native identified via mysql_native_password using password('${PASSWORD}');
     create user curved identified via ed25519 using password('${PASSWORD}');
     create user certified identified via mysql_native_password using password('${PASSWORD}') require subject '/CN=certified';
     grant select on shop.* to ${peered}@localhost; grant select on shop.* to native, curved, certified;`,
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
async function deskWith(flags: readonly string[], password: string | null = PASSWORD): Promise<Desk> {
  const desk = new Desk();
  const secret = password === null ? [] : ['--password-stdin'];
  const add = ['connection', 'add', 'it', '--connector', 'mysql', '--database', 'shop', ...flags, ...secret];
  await desk.json(add, password === null ? {} : { stdin: `${password}\n` });
  return desk;
}

const tcp = (user: string) => ['--host', '127.0.0.1', '--port', String(server.port), '--user', user];
const tls = () => ['--tls', 'verify-full', '--ca', server.caFile ?? ''];
const cert = ({ certFile, keyFile }: ClientCertificate) => ['--cert', certFile, '--key', keyFile];

/** Tests the connection, and reads a catalog through it; nothing of a secret is seen anywhere. */
async function expectIn(desk: Desk): Promise<string> {
  const ended = await desk.run(['connection', 'test', 'it']);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  const { code, stdout } = await desk.run(['catalog', 'it']);
  expect(code).toBe(0);
  expect(stdout).toContain('shop');
  for (const secret of [PASSWORD, KEY_PASSPHRASE]) {
    expect(desk.printed).not.toContain(secret);
    for (const { path, bytes } of readTree(desk.home)) expect(bytes.includes(secret), path).toBe(false);
  }
  return ended.stdout;
}

async function expectOut(desk: Desk, code: number, words: readonly RegExp[]): Promise<void> {
  const ended = await desk.run(['connection', 'test', 'it']);
  expect(ended.code).toBe(code);
  for (const word of words) expect(ended.stderr).toMatch(word);
  expect(desk.printed).not.toContain(PASSWORD);
}

describe('a Unix socket', { timeout: 60_000 }, () => {
  it('lets in whom the system knows, without a password', async () => {
    using desk = await deskWith(['--socket', server.socketPath, '--user', peered], null);
    expect(await expectIn(desk)).toMatch(/encryption +none/);
    using old = await deskWith(['--host', server.socketPath, '--user', peered], null);
    await expectIn(old);
  });

  it('refuses others, and one that is not there is said with its path', async () => {
    using desk = await deskWith(['--socket', server.socketPath, '--user', 'native'], null);
    await expectOut(desk, 3, [/AUTH_REFUSED: The server at the socket \/.* refused the login of native/]);
    using none = await deskWith(['--socket', '/nonexistent/socket', '--user', 'native'], null);
    await expectOut(none, 7, [/UNREACHABLE: .*\/nonexistent\/socket.*there is no such socket/]);
  });

  it('stands instead of a host, and is never encrypted', async () => {
    using desk = new Desk();
    const add = async (flags: readonly string[]): Promise<string> => {
      const whole = ['connection', 'add', 'it', '--connector', 'mysql', '--database', 'd', '--user', 'u', ...flags];
      const ended = await desk.run(whole);
      expect(ended.code).toBe(2);
      return ended.stderr;
    };
    expect(await add(['--socket', '/s', '--host', 'h'])).toContain('cannot be given beside a host');
    expect(await add(['--socket', '/s', '--tls', 'require'])).toContain('has no place on a Unix socket');
    expect(await add(['--socket', 's'])).toContain('must be an absolute path');
    expect(await add([])).toContain('The option host is missing.');
  });
});

describe('a password', { timeout: 60_000 }, () => {
  it('of mysql_native_password is proven, with TLS and without', async () => {
    using desk = await deskWith(tcp('native'));
    await expectIn(desk);
    using safe = await deskWith([...tcp('native'), ...tls()]);
    expect(await expectIn(safe)).toMatch(/certificate verified/);
    using wrong = await deskWith(tcp('native'), 'no');
    await expectOut(wrong, 3, [/refused the login of native \(error 1045/]);
  });

  it('of a plug-in that is not known here is not sent, and the plug-in is named', async () => {
    using desk = await deskWith([...tcp('curved'), ...tls()]);
    await expectOut(desk, 3, [
      /AUTH_REFUSED: .* refused the login of curved: the account uses the plug-in client_ed25519, which is not known here/,
      /→ Have the account log in another way, too: mysql_native_password/,
    ]);
  });
});

describe('a client certificate', { timeout: 60_000 }, () => {
  it('lets its owner in', async () => {
    using desk = await deskWith([...tcp('certified'), '--ca', server.caFile ?? '', ...cert(own)]);
    expect(await expectIn(desk)).toMatch(/certificate verified/);
  });

  it('is opened with a passphrase that is stored beside the password', async () => {
    using desk = await deskWith([...tcp('certified'), '--ca', server.caFile ?? '', ...cert(locked)]);
    await expectOut(desk, 2, [/is locked by a passphrase/]);
    await desk.json(['connection', 'password', 'it', '--key-passphrase-stdin'], { stdin: `${KEY_PASSPHRASE}\n` });
    await expectIn(desk);
  });

  it('that is missing, or of a strange authority, is refused', async () => {
    using none = await deskWith([...tcp('certified'), ...tls()]);
    await expectOut(none, 3, [/AUTH_REFUSED: .* refused the login of certified/, /→ .*client certificate/]);
    using desk = await deskWith([...tcp('certified'), '--ca', server.caFile ?? '', ...cert(stranger)]);
    await expectOut(desk, 3, [/TLS_REFUSED: .*does not trust the authority of the client certificate/]);
  });
});
