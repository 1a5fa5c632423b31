import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates, type Certificates, type CertificateName } from './certificates.ts';
import { freePort } from './free-port.ts';
import { keepServer, serverFolder, type ServerFaults } from './keep-server.ts';
import { mariadbSql, type MariadbAddress } from './mariadb-client.ts';
import { runProgram } from './run-program.ts';
import { systemUserWhenRoot } from './system-user.ts';
import { greets, waitUntil } from './wait-until.ts';

export interface MariadbOptions {
  readonly port?: number;
  /** `required`: connections over TCP without TLS are refused. Default `off`. */
  readonly tls?: 'off' | 'on' | 'required';
  /** Whom the server's certificate is made out to. Default `loopback`. */
  readonly certificate?: CertificateName;
  /** Further options of mariadbd, e.g. `['--sql-mode=ANSI_QUOTES']`. */
  readonly args?: readonly string[];
}

export interface MariadbServer extends MariadbAddress {
  readonly faults: ServerFaults;
  readonly certificates: Certificates | null;
  /** What the server has logged so far. */
  log(): string;
  sql(text: string, database?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a private MariaDB on 127.0.0.1 and a Unix socket. As root it runs as the system user `mysql`. */
export async function startMariadb(options: MariadbOptions = {}): Promise<MariadbServer> {
  const runAs = systemUserWhenRoot('mysql');
  const folder = serverFolder('my', runAs);
  const files = join(folder, 'files');
  const auth = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
  // A server removes the temporary tables it finds when it starts, so each needs a place of its own for them.
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary, { mode: 0o700 });
  if (runAs !== null) chownSync(temporary, runAs.uid, runAs.gid);
  const places = [`--datadir=${files}`, `--tmpdir=${temporary}`];
  await runProgram('mariadb-install-db', ['--no-defaults', ...places, ...auth], { runAs, cwd: folder });
  const useTls = (options.tls ?? 'off') !== 'off';
  const certificates = useTls ? await makeCertificates(folder, options.certificate ?? 'loopback', runAs) : null;
  const port = options.port ?? (await freePort());
  const socketPath = join(folder, 'socket');
  const kept = await keepServer({
    folder,
    command: '/usr/sbin/mariadbd',
    args: [
      ...['--no-defaults', ...places, '--bind-address=127.0.0.1', `--port=${port}`, `--socket=${socketPath}`],
      ...[
        '--skip-name-resolve',
        '--local-infile=1',
        '--innodb-flush-log-at-trx-commit=0',
        '--innodb-flush-method=nosync',
      ],
      ...tlsArguments(certificates, options.tls === 'required'),
      ...(options.args ?? []),
    ],
    runAs,
    // Nothing in the folder is ever read again, so there is no need to wait for an orderly end.
    stopSignal: 'SIGKILL',
    ready: (signal) => waitUntil(async () => existsSync(socketPath) && (await greets(port)), signal),
  });
  const password = randomBytes(12).toString('base64url');
  const address = {
    host: '127.0.0.1',
    port,
    socketPath,
    user: 'waybill',
    password,
    caFile: certificates?.caFile ?? null,
  };
  const stop = () => kept.stop();
  try {
    const who = `'${address.user}'@'%'`;
    await mariadbSql(
      address,
      `CREATE USER ${who} IDENTIFIED BY '${password}'; GRANT ALL ON *.* TO ${who} WITH GRANT OPTION`,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const log = () => readFileSync(join(folder, 'server.log'), 'utf8');
  const sql = (text: string, database?: string) => mariadbSql(address, text, database);
  return { ...address, certificates, log, sql, stop, faults: kept };
}

function tlsArguments(certificates: Certificates | null, isRequired: boolean): readonly string[] {
  if (certificates === null) return ['--skip-ssl'];
  const files = [
    `--ssl-ca=${certificates.caFile}`,
    `--ssl-cert=${certificates.certFile}`,
    `--ssl-key=${certificates.keyFile}`,
  ];
  return isRequired ? [...files, '--require-secure-transport=ON'] : files;
}
