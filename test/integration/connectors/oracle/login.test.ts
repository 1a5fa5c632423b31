// How a login is asked for. What the driver is given is looked at on the double of its connection; names are looked up, and the first
// packet is sent, by the driver itself.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracle } from '../../../../src-main/connectors/oracle/index.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { BehindDatabase } from '../../../fakes/oracle/behind-database.ts';
import { startOracleStandIn, type OracleStandIn } from '../../../fakes/oracle/stand-in.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates } from '../../../servers/certificates.ts';

const signal = new AbortController().signal;
const folder = new TempFolder();
const login = { user: 'app_ro', tls: 'disable' };

function open(options: Readonly<Record<string, unknown>>, password = 'Str0ng'): Promise<Session> {
  return oracle.open(oracle.options.parse({ ...login, ...options }), new SecretText(password), {
    ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
  });
}

describe('a login to Oracle on the double', () => {
  let database: BehindDatabase;
  let standIn: OracleStandIn;
  beforeAll(async () => {
    const { certFile, keyFile } = await makeCertificates(folder.path, 'loopback', null);
    database = new BehindDatabase({});
    standIn = await startOracleStandIn({
      ...{ user: 'app_ro', password: 'Str0ng', service: 'shop', sid: 'ORCL', proxyFor: ['SCOTT'] },
      certificate: { cert: readFileSync(certFile), key: readFileSync(keyFile) },
      open: (user) => database.open(user),
    });
  });
  afterAll(async () => {
    await standIn[Symbol.asyncDispose]();
    database.stop();
  });
  const at = (): { readonly host: string; readonly port: number } => ({ host: '127.0.0.1', port: standIn.port });

  it.each([
    ['a user and a service name', { service: 'shop' }, 'APP_RO', 'app_ro'],
    ['a user and a SID', { sid: 'ORCL' }, 'APP_RO', 'app_ro'],
    ['a user who opens the session of another', { service: 'shop', proxyFor: 'SCOTT' }, 'SCOTT', 'app_ro[SCOTT]'],
  ])('is let in with %s', async (_what, options, becomes, asked) => {
    await using session = await open({ ...at(), ...options });
    expect((await session.facts(signal)).user).toBe(becomes);
    expect(standIn.asked.at(-1)).toMatchObject({ user: asked, password: 'Str0ng' });
  });

  it.each([
    ['another password', { service: 'shop' }, 'typo', 'SOURCE/AUTH_REFUSED'],
    ['a service that is not there', { service: 'nowhere' }, 'Str0ng', 'SOURCE/DATABASE_ABSENT'],
    ['a SID that is not there', { sid: 'NOWHERE' }, 'Str0ng', 'SOURCE/DATABASE_ABSENT'],
    ['a user whose session it may not open', { service: 'shop', proxyFor: 'SYS' }, 'Str0ng', 'SOURCE/AUTH_REFUSED'],
  ])('is refused with %s', async (_what, options, password, code) => {
    const opening = open({ ...at(), ...options }, password);
    await expect(opening).rejects.toMatchObject({ code, remedy: expect.stringMatching(/\w+ \w+/) as string });
    await expect(opening).rejects.not.toThrow(/typo/);
  });

  it.each([
    [{ service: 'shop', sid: 'ORCL', host: 'h' }, 'sid'],
    [{ host: 'h' }, 'service'],
    [{ service: 'shop' }, 'host'],
    [{ connectString: 'SHOP', host: 'h' }, 'host'],
    [{ connectString: 'SHOP', sid: 'ORCL' }, 'sid'],
    [{ host: 'h', service: 'shop', configFolder: '/etc' }, 'configFolder'],
    [{ host: 'h', service: 'shop)(x=' }, 'service'],
    [{ host: 'h', service: 'shop', proxyFor: 'a]b' }, 'proxyFor'],
  ])('has no options that contradict each other or break out: %j', (options, path) => {
    const parsed = oracle.options.safeParse({ ...login, ...options });
    expect(parsed.error?.issues[0]?.path[0]).toBe(path);
  });
});

describe('the driver of Oracle', () => {
  afterAll(() => folder[Symbol.dispose]());

  /** The first packet that a listener hears. */
  async function firstPacket(optionsAt: (port: number) => Readonly<Record<string, unknown>>): Promise<string> {
    const heard: Buffer[] = [];
    const listener = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (packet: Buffer) => {
        heard.push(packet);
        // It may come in pieces.
        if (/SERVICE_NAME|SID=/.test(Buffer.concat(heard).toString('latin1'))) socket.destroy();
      });
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    try {
      const opening = open(optionsAt(port));
      await expect(opening).rejects.toMatchObject({ code: expect.stringMatching(/^SOURCE\//) as string });
    } finally {
      listener.close();
    }
    return Buffer.concat(heard).toString('latin1');
  }

  it('asks for the SID that was given', async () => {
    expect(await firstPacket((port) => ({ host: '127.0.0.1', port, sid: 'ORCL' }))).toContain('(SID=ORCL)');
  });

  it('looks a name up in tnsnames.ora, where the connection says it lies', async () => {
    const packet = await firstPacket((port) => {
      const entry = `(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=127.0.0.1)(PORT=${port}))(CONNECT_DATA=(SERVICE_NAME=found.there)))`;
      writeFileSync(folder.join('tnsnames.ora'), `OTHER = (DESCRIPTION=(ADDRESS=))\nSHOP =\n  ${entry}\n`);
      return { connectString: 'SHOP', configFolder: folder.path };
    });
    expect(packet).toContain('(SERVICE_NAME=found.there)');
  });

  it('says that a name does not stand in tnsnames.ora', async () => {
    writeFileSync(folder.join('tnsnames.ora'), 'OTHER = (DESCRIPTION=(ADDRESS=))\n');
    // The driver then takes it for the name of a host.
    await expect(open({ connectString: 'shop.invalid', configFolder: folder.path })).rejects.toMatchObject({
      code: 'SOURCE/DATABASE_ABSENT',
      remedy: expect.stringContaining('tnsnames.ora') as string,
    });
  });
});
