// Drivers that are not tried with a server of their product: SQL Server's on its stand-in, Oracle's up to its first packet.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOver } from '../../../src-main/app/tunnelled-session.ts';
import { oracle } from '../../../src-main/connectors/oracle/index.ts';
import { sqlserver } from '../../../src-main/connectors/sqlserver/index.ts';
import type { Connector, Session } from '../../../src-main/ports/connector.ts';
import { sshTunnel } from '../../../src-main/tunnel/index.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeCertificates, type Certificates } from '../../servers/certificates.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { ACCOUNT, standIn } from '../connectors/sqlserver/rig.ts';

const { signal } = new AbortController();
const folder = new TempFolder();
let server: SshdServer;
let certificates: Certificates;
beforeAll(async () => {
  [server, certificates] = await Promise.all([startSshd(), makeCertificates(folder.path, 'loopback', null)]);
});
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});

async function openLed<T>(connector: Connector<T>, options: Record<string, unknown>): Promise<Session> {
  const { host, port, user, keyFile } = server;
  const way = sshTunnel.options.parse({ host, port, user, key: keyFile, hostKey: server.hostKey() });
  const tunnel = await sshTunnel.open(way, { password: null, passphrase: null }, { signal, agent: null });
  return openOver(tunnel, (dialled) =>
    connector.open(connector.options.parse(options), new SecretText(ACCOUNT.password), {
      ...dialled,
      ...{ signal, applicationName: 'waybill test', statementTimeoutMs: 0 },
    }),
  );
}

describe('the driver of SQL Server', () => {
  const login = { host: 'localhost', user: ACCOUNT.user, database: 'shop' };

  it.each([
    ['in clear', '7.4', false],
    ['over TLS', '7.4', true],
    ['over TLS before anything else', '8.0', true],
  ])('logs in through a tunnel %s', async (_how, tds, encrypts) => {
    const { certFile, keyFile, caFile } = certificates;
    const tls = encrypts ? { cert: readFileSync(certFile), key: readFileSync(keyFile) } : null;
    await using place = await standIn({}, { tls, ...(tds === '8.0' ? { tlsFirst: true } : {}) });
    const mode = encrypts ? { tls: 'verify-full', ca: caFile, tds } : { tls: 'disable' };
    await using session = await openLed(sqlserver, { ...login, port: place.peer.port, ...mode });
    expect(await session.facts(signal)).toMatchObject({
      product: 'Microsoft SQL Server',
      tls: encrypts ? { verified: true } : null,
    });
  });

  it('says that the SSH server cannot reach it, and that no instance is found through one', async () => {
    await expect(openLed(sqlserver, { ...login, port: 1, tls: 'disable' })).rejects.toMatchObject({
      code: 'TUNNEL/DATABASE_UNREACHABLE',
    });
    await expect(openLed(sqlserver, { ...login, instance: 'SQLEXPRESS', tls: 'disable' })).rejects.toMatchObject({
      code: 'CONNECTION/OPTION_INVALID',
      context: { option: 'instance' },
    });
  });

  it('does not tell a lost tunnel in its own words', async () => {
    const breaking = await startSshd();
    const kept = server;
    try {
      server = breaking;
      await using place = await standIn({});
      await using session = await openLed(sqlserver, { ...login, port: place.peer.port, tls: 'disable' });
      await breaking.interrupt();
      await expect(session.facts(signal)).rejects.toMatchObject({ code: 'TUNNEL/CONNECTION_LOST' });
    } finally {
      server = kept;
      await breaking.stop();
    }
  });
});

describe('the driver of Oracle', () => {
  const login = { host: 'localhost', user: 'waybill', service: 'shop', tls: 'disable' };

  it('sends its first packet through a tunnel, to the name as it was given', async () => {
    const heard: Buffer[] = [];
    const listener = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (packet: Buffer) => {
        // It may come in pieces.
        heard.push(packet);
        if (Buffer.concat(heard).includes('SERVICE_NAME')) socket.destroy();
      });
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    try {
      await expect(openLed(oracle, { ...login, port })).rejects.toMatchObject({
        code: expect.stringMatching(/^SOURCE\//) as unknown,
      });
      expect(Buffer.concat(heard).toString('latin1')).toContain('SERVICE_NAME=shop');
    } finally {
      listener.close();
    }
  });

  it('looks names up at the far end, and says what the SSH server cannot reach', async () => {
    const led = openLed(oracle, { ...login, host: 'nowhere.invalid', port: 1 });
    await expect(led).rejects.toMatchObject({
      code: 'TUNNEL/DATABASE_UNREACHABLE',
      context: { database: 'nowhere.invalid:1' },
    });
  });

  it('is not given a tunnel where its own client would connect', async () => {
    await expect(openLed(oracle, { ...login, mode: 'thick', port: 1 })).rejects.toMatchObject({
      code: 'CONNECTION/OPTION_INVALID',
      context: { option: 'mode' },
    });
  });
});
