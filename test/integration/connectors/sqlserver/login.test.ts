// Who is let in, over which wire, and what is said of it.
import { readFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlserver } from '../../../../src-main/connectors/sqlserver/index.ts';
import type { ServerFacts } from '../../../../src-main/ports/connector.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';
import { makeCertificates, type Certificates } from '../../../servers/certificates.ts';
import type { PeerOptions } from '../../../servers/tds/server.ts';
import { ACCOUNT, openSqlserver, signal, standIn, type Opened } from './rig.ts';

const folders = [new TempFolder(), new TempFolder()] as const;
const TOKEN = `ey${'J0.'.repeat(1500)}`;
const LOGINS: readonly (readonly [string, Opened])[] = [
  ['a user and a password', {}],
  ['NTLM', { options: { auth: 'ntlm', user: 'otto', domain: 'corp' }, password: 'geheim' }],
  ['an Entra access token', { options: { auth: 'entra-token', user: undefined }, password: TOKEN }],
];
const ACCOUNTS = [ACCOUNT, { user: 'otto', password: 'geheim', domain: 'CORP' }];

describe('a login to SQL Server on the TDS stand-in', () => {
  let right: Certificates;
  let wrong: Certificates;
  beforeAll(async () => {
    right = await makeCertificates(folders[0].path, 'loopback', null);
    wrong = await makeCertificates(folders[1].path, 'wrong-host', null);
  });
  afterAll(() => {
    for (const folder of folders) folder[Symbol.dispose]();
  });

  const tlsOf = ({ certFile, keyFile }: Certificates) => ({ cert: readFileSync(certFile), key: readFileSync(keyFile) });

  async function facts(peer: Partial<PeerOptions>, how: Opened): Promise<ServerFacts> {
    await using place = await standIn({}, { accounts: ACCOUNTS, tokens: [TOKEN], ...peer });
    await using session = await openSqlserver(place.peer, how);
    const found = await session.facts(signal);
    const [login] = place.database.logins;
    expect([login?.applicationName, login?.isReadOnly, login?.database]).toEqual(['waybill test', true, 'shop']);
    return found;
  }

  it.each(LOGINS)('is let in with %s, plain and encrypted', async (_, how) => {
    expect(await facts({}, how)).toMatchObject({ product: 'Microsoft SQL Server', version: '16.0.4135.4', tls: null });
    const encrypted = await facts(
      { tls: tlsOf(right) },
      { ...how, options: { ...how.options, tls: 'verify-full', ca: right.caFile } },
    );
    expect(encrypted.tls).toMatchObject({ version: 'TLSv1.2', verified: true });
  });

  it.each([
    ['a wrong password', { password: 'wr0ng' }, 'of waybill'],
    ['no password', { password: null }, 'of waybill'],
    [
      'a wrong answer to the challenge',
      { options: { auth: 'ntlm', user: 'otto', domain: 'CORP' }, password: 'wr0ng' },
      'of otto',
    ],
    [
      'a token of somebody else',
      { options: { auth: 'entra-token', user: undefined }, password: 'wr0ng' },
      'of the token',
    ],
  ])('is refused with %s', async (_, how, as) => {
    await expect(facts({}, how)).rejects.toMatchObject({
      code: 'SOURCE/AUTH_REFUSED',
      message: expect.stringMatching(
        new RegExp(`^The server at 127\\.0\\.0\\.1:\\d+ refused the login ${as} \\(error 18456\\)\\.$`),
      ),
    });
    await expect(facts({}, how)).rejects.not.toThrow(/wr0ng/);
  });

  it('wants a token where a token is the login', async () => {
    const opening = openSqlserver(
      { host: '127.0.0.1', port: 1 },
      { options: { auth: 'entra-token', user: undefined }, password: null },
    );
    await expect(opening).rejects.toMatchObject({
      code: 'SOURCE/AUTH_REFUSED',
      message: expect.stringMatching(/access token/),
    });
  });

  describe.each(['7.4', '8.0'] as const)('with TDS %s', (tds) => {
    const peer = (certificates: Certificates): Partial<PeerOptions> => ({
      tls: tlsOf(certificates),
      tlsFirst: tds === '8.0',
    });
    const expected = tds === '8.0' ? 'TLSv1.3' : 'TLSv1.2';

    it.each([
      ['require', 'wrong', undefined, false],
      ['verify-ca', 'wrong', 'ca', true],
      ['verify-full', 'right', 'ca', true],
    ] as const)('is encrypted in the mode %s by a %s certificate', async (tls, which, ca, verified) => {
      const certificates = which === 'right' ? right : wrong;
      const options = { tds, tls, ...(ca === undefined ? {} : { ca: certificates.caFile }) };
      expect((await facts(peer(certificates), { options })).tls).toMatchObject({
        version: expected,
        verified,
        cipher: expect.any(String),
      });
    });

    it.each([
      ['verify-full', 'wrong', 'ca', /made out to another name/],
      ['verify-full', 'right', undefined, /authority that is not trusted/],
      ['verify-full', 'right', 'other', /authority that is not trusted/],
      ['verify-ca', 'right', 'other', /authority that is not trusted/],
    ] as const)('is not sent in the mode %s to a %s certificate, with the CA file %s', async (tls, which, ca, why) => {
      const certificates = which === 'right' ? right : wrong;
      const file = ca === 'other' ? certificates.otherCaFile : certificates.caFile;
      const options = { tds, tls, ...(ca === undefined ? {} : { ca: file }) };
      const logins: unknown[] = [];
      const opening = facts({ ...peer(certificates), onLogin: (login) => logins.push(login) }, { options });
      await expect(opening).rejects.toMatchObject({ code: 'SOURCE/TLS_REFUSED', message: expect.stringMatching(why) });
      expect(logins).toEqual([]);
    });
  });

  it('is not sent in the clear where TLS is asked for, and not sent at all where the server asks for TLS', async () => {
    await expect(facts({}, { options: { tls: 'require' } })).rejects.toMatchObject({
      code: 'SOURCE/TLS_REFUSED',
      message: expect.stringMatching(/speaks no TLS/),
    });
    await expect(facts({ tls: tlsOf(right), requiresTls: true }, {})).rejects.toMatchObject({
      code: 'SOURCE/TLS_REFUSED',
      message: expect.stringMatching(/encrypted connections only/),
    });
  });

  it('asks SQL Server Browser for the port of a named instance', async () => {
    await using place = await standIn({});
    const browser = createSocket('udp4');
    browser.on('message', (_message, from) => {
      const text = `ServerName;S;InstanceName;SHOP;IsClustered;No;Version;16.0.1;tcp;${place.peer.port};;`;
      const head = Buffer.from([5, 0, 0]);
      head.writeUInt16LE(text.length, 1);
      browser.send(Buffer.concat([head, Buffer.from(text)]), from.port, from.address);
    });
    browser.bind(1434, '127.0.0.1');
    await once(browser, 'listening');
    try {
      await using session = await openSqlserver(place.peer, { options: { instance: 'shop' } });
      expect((await session.facts(signal)).database).toBe('shop');
      const absent = openSqlserver(place.peer, { options: { instance: 'nowhere' } });
      await expect(absent).rejects.toMatchObject({
        code: 'SOURCE/UNREACHABLE',
        remedy: expect.stringMatching(/Browser/),
      });
    } finally {
      browser.close();
    }
  });

  it.each([
    [{ user: undefined }, 'user'],
    [{ auth: 'ntlm' }, 'domain'],
    [{ domain: 'CORP' }, 'domain'],
    [{ tds: '8.0', tls: 'disable' }, 'tls'],
    [{ auth: 'kerberos' }, 'auth'],
    [{ trustServerCertificate: true }, undefined],
  ])('has no options that contradict each other: %j', (options, path) => {
    const parsed = sqlserver.options.safeParse({ host: 'h', database: 'd', user: 'u', ...options });
    expect(parsed.error?.issues[0]?.path[0]).toBe(path);
    expect(parsed.success).toBe(false);
  });
});
