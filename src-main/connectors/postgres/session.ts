import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { OpenContext, ServerFacts, Session, Snapshot } from '../../ports/connector.ts';
import { readCaFile } from '../kit/read-ca-file.ts';
import { defaultTlsMode, tlsOptions, verifiesPeer } from '../kit/tls-options.ts';
import { copyBatches } from './copy-batches.ts';
import { describeColumns } from './describe-columns.ts';
import { Link } from './link.ts';
import type { PostgresOptions } from './options.ts';
import { readCatalog } from './read-catalog.ts';
import { readFacts } from './read-facts.ts';
import { sessionSettings } from './session-settings.ts';
import { countRows, openSnapshot } from './snapshot.ts';
import { endTransaction, inTransaction } from './transaction.ts';

/** Blocks of a preview fetched before the first is handed over: small previews end their transaction at once. */
const PREVIEW_BLOCKS = 4;

/** Connects and fixes the session's settings. */
export async function openSession(
  options: PostgresOptions,
  password: SecretText | null,
  context: OpenContext,
): Promise<Session> {
  const { host, port, database, user } = options;
  const { signal, applicationName } = context;
  // TLS is spoken over TCP only.
  const mode = host.startsWith('/') ? 'disable' : (options.tls ?? defaultTlsMode(host));
  const tls = tlsOptions(mode, mode === 'disable' ? null : await readCaFile(options.ca));
  const address = { host, port, database, user, tls, applicationName };
  const link = await Link.open(address, password?.reveal() ?? null, signal);
  try {
    const { text, values } = sessionSettings(context);
    await link.query(text, values, signal);
    return new PostgresSession(link, verifiesPeer(mode));
  } catch (error) {
    link.destroy();
    throw error;
  }
}

class PostgresSession implements Session {
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
    return this.#alone(() => inTransaction(this.#link, { signal }, () => countRows(this.#link, read, signal)));
  }

  async *preview(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    this.#take();
    try {
      const { first, rest } = await this.#startPreview(read, signal);
      try {
        for (let batch = first.shift(); batch !== undefined; batch = first.shift()) yield batch;
        if (rest !== null) yield* rest;
      } finally {
        for (const batch of first) batch.release();
        if (rest !== null) await rest.return(undefined);
      }
    } finally {
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

  async #startPreview(
    read: TableRead,
    signal: AbortSignal,
  ): Promise<{ first: RowBatch[]; rest: AsyncGenerator<RowBatch> | null }> {
    const first: RowBatch[] = [];
    const batches = this.#previewInTransaction(read, signal);
    try {
      while (first.length < PREVIEW_BLOCKS) {
        const { done, value } = await batches.next();
        if (done === true) return { first, rest: null };
        first.push(value);
      }
      return { first, rest: batches };
    } catch (error) {
      for (const batch of first) batch.release();
      throw error;
    }
  }

  async *#previewInTransaction(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    const link = this.#link;
    await link.query('begin isolation level repeatable read read only', [], signal);
    try {
      yield* copyBatches(link, read, { signal, wire: false });
    } finally {
      await endTransaction(link, signal);
    }
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
