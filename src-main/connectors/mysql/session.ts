import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { OpenContext, ServerFacts, Session, Snapshot } from '../../ports/connector.ts';
import { readCaFile } from '../kit/read-ca-file.ts';
import { defaultTlsMode, tlsOptions, verifiesPeer } from '../kit/tls-options.ts';
import { batchSchema } from './batch-schema.ts';
import { VERSION_SQL } from './catalog.sql.ts';
import { describeColumns } from './describe-columns.ts';
import { mysqlDialect } from './dialect.ts';
import { Link } from './link.ts';
import type { MysqlOptions } from './options.ts';
import { productOf } from './product.ts';
import { readCatalog } from './read-catalog.ts';
import { readFacts } from './read-facts.ts';
import { sessionSettings } from './session-settings.ts';
import { countRows, openSnapshot } from './snapshot.ts';

/** Blocks of a preview fetched before the first is handed over: small previews end their transaction at once. */
const PREVIEW_BLOCKS = 4;

/** Connects and fixes the session's settings. */
export async function openSession(
  options: MysqlOptions,
  password: SecretText | null,
  context: OpenContext,
): Promise<Session> {
  const { host, port, database, user } = options;
  const { signal, applicationName, statementTimeoutMs } = context;
  // A Unix socket leaves nothing to encrypt.
  const mode = host.startsWith('/') ? 'disable' : (options.tls ?? defaultTlsMode(host));
  const tls = tlsOptions(mode, mode === 'disable' ? null : await readCaFile(options.ca));
  const link = await Link.open({ host, port, database, user, tls, applicationName }, password, signal);
  try {
    const [version] = (await link.rows(VERSION_SQL, signal))[0] ?? [];
    const isMariadb = productOf(version ?? '') === 'MariaDB';
    for (const statement of sessionSettings({ statementTimeoutMs, isMariadb })) await link.rows(statement, signal);
    return new MysqlSession(link, verifiesPeer(mode));
  } catch (error) {
    link.destroy();
    throw error;
  }
}

/**
 * Outside a snapshot every statement is a transaction of its own: `autocommit` is on, and the session's transactions are
 * read-only.
 */
class MysqlSession implements Session {
  readonly #link: Link;
  readonly #verified: boolean;
  #busy = false;

  constructor(link: Link, verified: boolean) {
    this.#link = link;
    this.#verified = verified;
  }

  facts(signal: AbortSignal): Promise<ServerFacts> {
    return this.#alone(() => readFacts(this.#link, this.#verified, signal));
  }

  catalog(filter: { readonly namespace?: string }, signal: AbortSignal): Promise<Catalog> {
    return this.#alone(() => readCatalog(this.#link, filter.namespace ?? null, signal));
  }

  describe(sql: string, params: TableRead['params'], signal: AbortSignal): Promise<readonly ReadColumn[]> {
    return this.#alone(() => describeColumns(this.#link, { sql, params }, signal));
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#alone(() => countRows(this.#link, read, signal));
  }

  async *preview(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    const { text } = mysqlDialect.select(read);
    this.#take();
    const first: RowBatch[] = [];
    const rest = this.#link.batches(text, batchSchema(read.columns), { signal, wire: false });
    try {
      for (let more = true; more && first.length < PREVIEW_BLOCKS;) {
        const { done, value } = await rest.next();
        more = done !== true;
        if (done !== true) first.push(value);
      }
      for (let batch = first.shift(); batch !== undefined; batch = first.shift()) yield batch;
      yield* rest;
    } finally {
      for (const batch of first) batch.release();
      await rest.return(undefined);
      this.#busy = false;
    }
  }

  async snapshot(reads: readonly TableRead[], signal: AbortSignal): Promise<Snapshot> {
    this.#take();
    const released = (): void => {
      this.#busy = false;
    };
    try {
      return await openSnapshot(this.#link, { reads, released }, signal);
    } catch (error) {
      released();
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#link.close();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#take();
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }

  #take(): void {
    if (this.#busy) throw bug('a session is used by two at once');
    this.#busy = true;
  }
}
