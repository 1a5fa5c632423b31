import { randomBytes } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates, type Certificates, type CertificateName } from './certificates.ts';
import { freePort } from './free-port.ts';
import { keepServer, serverFolder, type RunAs, type ServerFaults } from './keep-server.ts';
import { postgresSql, type PostgresAddress } from './postgres-client.ts';
import { runProgram } from './run-program.ts';
import { systemUserWhenRoot } from './system-user.ts';
import { waitUntil } from './wait-until.ts';

export interface PostgresOptions {
  readonly port?: number;
  /** `required`: connections over TCP without TLS are refused. Default `off`. */
  readonly tls?: 'off' | 'on' | 'required';
  /** Whom the server's certificate is made out to. Default `loopback`. */
  readonly certificate?: CertificateName;
  /** How TCP connections prove who they are. Default `trust`. */
  readonly auth?: 'trust' | 'scram-sha-256';
  /** Lines of pg_hba.conf that come before the usual ones. */
  readonly hba?: readonly string[];
  /** Lines of pg_ident.conf. */
  readonly ident?: readonly string[];
  /** Further settings, e.g. `{ log_statement: 'all' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer extends PostgresAddress {
  readonly faults: ServerFaults;
  readonly certificates: Certificates | null;
  /** What the server has logged so far. */
  log(): string;
  sql(text: string, database?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a private PostgreSQL cluster on 127.0.0.1 and a Unix socket. As root it runs as the system user `postgres`. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const runAs = systemUserWhenRoot('postgres');
  const folder = serverFolder('pg', runAs);
  const port = options.port ?? (await freePort());
  const password = options.auth === 'scram-sha-256' ? randomBytes(12).toString('base64url') : null;
  const cluster = await initialise(folder, password, runAs);
  const useTls = (options.tls ?? 'off') !== 'off';
  const certificates = useTls ? await makeCertificates(folder, options.certificate ?? 'loopback', runAs) : null;
  const tcp = options.tls === 'required' ? 'hostssl' : 'host';
  writeFileSync(
    join(cluster, 'pg_hba.conf'),
    [...(options.hba ?? []), 'local all all trust', `${tcp} all all 127.0.0.1/32 ${options.auth ?? 'trust'}`, ''].join(
      '\n',
    ),
  );
  writeFileSync(join(cluster, 'pg_ident.conf'), [...(options.ident ?? []), ''].join('\n'));
  writeFileSync(
    join(cluster, 'postgresql.auto.conf'),
    settingsText({ port, folder, certificates, more: options.settings ?? {} }),
  );
  const kept = await keepServer({
    folder,
    command: programPath('postgres'),
    args: ['-D', cluster],
    runAs,
    stopSignal: 'SIGQUIT',
    ready: (signal) => waitUntil(() => isReady(cluster), signal),
  });
  const address = {
    host: '127.0.0.1',
    port,
    socketFolder: folder,
    user: 'postgres',
    password,
    caFile: certificates?.caFile ?? null,
  };
  return {
    ...address,
    certificates,
    faults: kept,
    log: () => readFileSync(join(folder, 'server.log'), 'utf8'),
    sql: (text, database) => postgresSql(address, text, database),
    stop: () => kept.stop(),
  };
}

async function initialise(folder: string, password: string | null, runAs: RunAs | null): Promise<string> {
  const cluster = join(folder, 'cluster');
  const args = ['-D', cluster, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '-A', 'trust'];
  await runProgram(programPath('initdb'), args, { runAs, cwd: folder });
  if (password !== null) {
    // Single-user mode: the password exists before anybody can connect.
    const sql = `ALTER ROLE postgres PASSWORD '${password}'\n`;
    await runProgram(programPath('postgres'), ['--single', '-D', cluster, 'postgres'], {
      runAs,
      cwd: folder,
      input: sql,
    });
  }
  return cluster;
}

interface SettingsSource {
  readonly port: number;
  readonly folder: string;
  readonly certificates: Certificates | null;
  readonly more: Readonly<Record<string, string>>;
}

function settingsText({ port, folder, certificates, more }: SettingsSource): string {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '100',
    ...(certificates === null
      ? {}
      : {
          ssl: 'on',
          ssl_cert_file: certificates.certFile,
          ssl_key_file: certificates.keyFile,
          ssl_ca_file: certificates.caFile,
        }),
    ...more,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
}

/** The postmaster writes its state to the eighth line of its pid file. */
function isReady(cluster: string): boolean {
  const path = join(cluster, 'postmaster.pid');
  return existsSync(path) && readFileSync(path, 'utf8').split('\n')[7]?.trim() === 'ready';
}

/** Debian keeps the server's programs outside PATH, by version. */
function programPath(name: string): string {
  const found = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  );
  if (found[0] === undefined) throw new Error(`${name} is not installed; npm test installs it or names the command.`);
  return found[0];
}
