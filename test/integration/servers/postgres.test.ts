import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../servers/free-port.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';

async function connect(server: PostgresServer, password: string | null, ca: string | null): Promise<boolean> {
  const client = new Client({
    ...{ host: server.host, port: server.port, user: server.user, database: 'postgres' },
    ...(password === null ? {} : { password }),
    ...(ca === null ? {} : { ssl: { ca: readFileSync(ca) } }),
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ ssl: boolean }>('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    return rows[0]?.ssl ?? false;
  } finally {
    await client.end();
  }
}

describe('a private PostgreSQL with TLS and passwords', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres({ tls: 'required', auth: 'scram-sha-256' });
  });
  afterAll(() => server.stop());

  it('accepts the password over TLS under its authority', async () => {
    await expect(connect(server, server.password, server.caFile)).resolves.toBe(true);
  });

  it('refuses a wrong password', async () => {
    await expect(connect(server, 'wrong', server.caFile)).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses a connection without TLS', async () => {
    await expect(connect(server, server.password, null)).rejects.toMatchObject({ code: '28000' });
  });

  it('is not trusted under another authority', async () => {
    const otherCa = server.certificates?.otherCaFile ?? '';
    await expect(connect(server, server.password, otherCa)).rejects.toThrow(/certificate/);
  });
});

describe('the life of a private PostgreSQL', () => {
  it('shows a certificate of another host when asked to', async () => {
    const server = await startPostgres({ tls: 'on', certificate: 'wrong-host' });
    try {
      await expect(connect(server, null, server.caFile)).rejects.toMatchObject({
        code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    } finally {
      await server.stop();
    }
  });

  it('leaves no folder behind when stopped', async () => {
    const server = await startPostgres();
    expect(existsSync(server.socketFolder)).toBe(true);
    await server.stop();
    expect(existsSync(server.socketFolder)).toBe(false);
  });

  it('ends with its folder when the test process is killed', async () => {
    const port = await freePort();
    const module = fileURLToPath(new URL('../../servers/postgres.ts', import.meta.url));
    const script = `const { startPostgres } = await import(${JSON.stringify(module)});
      process.stdout.write((await startPostgres({ port: ${port} })).socketFolder); setInterval(() => undefined, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const folder = await new Promise<string>((resolve) => {
      owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    });
    expect(existsSync(folder)).toBe(true);
    owner.kill('SIGKILL');
    await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
    // The port is free again: another server can have it.
    await (await startPostgres({ port })).stop();
  });
});

describe('the shared PostgreSQL', () => {
  it('gives each caller a database of its own', async () => {
    const one = await newPostgresDatabase();
    const other = await newPostgresDatabase();
    await one.sql('CREATE TABLE mine (id int)');
    await expect(other.sql('SELECT * FROM mine')).rejects.toThrow(/mine/);
    await one.drop();
    await other.drop();
    await expect(one.sql('SELECT 1')).rejects.toThrow(/does not exist/);
  });
});
