import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb, type MariadbServer } from '../../servers/mariadb.ts';
import { newMariadbDatabase } from '../../servers/shared-servers.ts';

async function cipher(server: MariadbServer, password: string, ca: string | null): Promise<string> {
  const connection = await mysql.createConnection({
    ...{ host: server.host, port: server.port, user: server.user, password },
    ...(ca === null ? {} : { ssl: { ca: readFileSync(ca), verifyIdentity: true } }),
  });
  try {
    const [rows] = await connection.query<mysql.RowDataPacket[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    return String(rows[0]?.['Value'] ?? '');
  } finally {
    await connection.end();
  }
}

describe('a private MariaDB with TLS', () => {
  let server: MariadbServer;
  beforeAll(async () => {
    server = await startMariadb({ tls: 'required' });
  });
  afterAll(() => server.stop());

  it('accepts the password over TLS under its authority', async () => {
    await expect(cipher(server, server.password, server.caFile)).resolves.not.toBe('');
  });

  it('refuses a wrong password', async () => {
    await expect(cipher(server, 'wrong', server.caFile)).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
  });

  it('refuses the same password without TLS', async () => {
    await expect(cipher(server, server.password, null)).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
  });
});

describe('the life of a private MariaDB', () => {
  it('leaves no folder behind when stopped', async () => {
    const server = await startMariadb();
    expect(existsSync(dirname(server.socketPath))).toBe(true);
    await server.stop();
    expect(existsSync(dirname(server.socketPath))).toBe(false);
  });

  it('says why when it cannot start', async () => {
    await expect(startMariadb({ args: ['--no-such-option'] })).rejects.toThrow(/no-such-option/);
  });
});

describe('the shared MariaDB', () => {
  it('gives each caller a database of its own', async () => {
    const one = await newMariadbDatabase();
    const other = await newMariadbDatabase();
    await one.sql('CREATE TABLE mine (id int)');
    await expect(other.sql('SELECT * FROM mine')).rejects.toThrow(/mine/);
    await one.drop();
    await other.drop();
    await expect(one.sql('SELECT 1')).rejects.toThrow(/Unknown database/);
  });
});
