// A real SQL Server, where WAYBILL_TEST_SQLSERVER_URL names one: sqlserver://user:password@host:port/?trustServerCertificate=true
import { randomBytes } from 'node:crypto';
import { Connection, Request } from 'tedious';

export interface SqlserverAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** How the tests reach it: `disable`, or encrypted without looking at the certificate. */
  readonly tls: 'disable' | 'require';
}

/** null: there is none, and the tests run on the stand-in alone. */
export function sqlserverAddress(): SqlserverAddress | null {
  const text = process.env['WAYBILL_TEST_SQLSERVER_URL'];
  if (text === undefined || text === '') return null;
  const url = new URL(text);
  return {
    ...{ host: url.hostname, port: Number(url.port || 1433) },
    ...{ user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
    tls: url.searchParams.get('encrypt') === 'false' ? 'disable' : 'require',
  };
}

/** An owner's connection, which stays open. */
export class SqlserverOwner implements AsyncDisposable {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open({ host, port, user, password, tls }: SqlserverAddress, database: string): Promise<SqlserverOwner> {
    const connection = new Connection({
      server: host,
      authentication: { type: 'default', options: { userName: user, password } },
      options: { port, database, encrypt: tls !== 'disable', trustServerCertificate: true, requestTimeout: 120_000 },
    });
    await new Promise<void>((resolve, reject) =>
      connection.connect((error) => (error === undefined ? resolve() : reject(error))),
    );
    const owner = new SqlserverOwner(connection);
    await owner.ask('set lock_timeout 1000');
    return owner;
  }

  /** Runs a batch; its rows as the driver gives them. */
  ask(text: string): Promise<readonly (readonly unknown[])[]> {
    const rows: unknown[][] = [];
    return new Promise((resolve, reject) => {
      const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)));
      request.on('row', (columns: { value: unknown }[]) => rows.push(columns.map(({ value }) => value)));
      this.#connection.execSqlBatch(request);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.close();
  }
}

export interface SqlserverDatabase extends AsyncDisposable {
  readonly name: string;
  readonly owner: SqlserverOwner;
  /** Transactions and statements that sessions of this name have open in it. */
  openTransactions(applicationName: string): Promise<number>;
}

/** A fresh database that allows snapshots; dropped when it is disposed. */
export async function newSqlserverDatabase(address: SqlserverAddress): Promise<SqlserverDatabase> {
  const name = `waybill_${randomBytes(6).toString('hex')}`;
  const master = await SqlserverOwner.open(address, 'master');
  await master.ask(`create database ${name}`);
  await master.ask(`alter database ${name} set allow_snapshot_isolation on`);
  const owner = await SqlserverOwner.open(address, name);
  return {
    ...{ name, owner },
    openTransactions: async (applicationName) => {
      const [row] = await master.ask(
        `select count(*) from sys.dm_exec_sessions where program_name = N'${applicationName}'
         and database_id = db_id(N'${name}') and (open_transaction_count > 0 or status = 'running')`,
      );
      return Number(row?.[0]);
    },
    [Symbol.asyncDispose]: async () => {
      await owner[Symbol.asyncDispose]();
      await master.ask(`alter database ${name} set single_user with rollback immediate; drop database ${name}`);
      await master[Symbol.asyncDispose]();
    },
  };
}
