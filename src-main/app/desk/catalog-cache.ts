import type { Catalog, CatalogTable, TableName } from '../../../src-shared/model/catalog.ts';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import type { ServerFacts } from '../../ports/connector.ts';
import type { Core } from '../core.ts';
import { connectionRecordOf, openConnection } from '../connections.ts';

export interface KnownCatalog {
  readonly catalog: Catalog;
  /** ISO 8601. */
  readonly readAt: string;
  /** Of the session that read it. */
  readonly facts: ServerFacts;
}

interface Reading {
  /** Where the connection led when it was read. */
  readonly record: string;
  readonly definitions: boolean;
  readonly catalog: Promise<KnownCatalog>;
}

export interface CatalogWanted {
  readonly refresh: boolean;
  /** Also how tables are made, for scripts; it takes longer to read. */
  readonly definitions?: boolean;
  readonly signal: AbortSignal;
}

/** Catalogs of connections, each read once and kept until it is read anew: a tree of 10,000 tables is not asked for twice. */
export class CatalogCache {
  readonly #core: Core;
  readonly #known = new Map<string, Reading>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Callers of the same moment share one reading; a failed one is not kept. */
  async get(connection: string, how: CatalogWanted): Promise<KnownCatalog> {
    // Another process of this home may have changed the connection: its catalog is another one then.
    const record = JSON.stringify(await connectionRecordOf(this.#core, connection));
    const known = this.#known.get(connection);
    // One that knows more serves those who ask for less, also when it is read anew.
    const definitions = how.definitions === true || (known?.record === record && known.definitions);
    const isEnough = known?.record === record && known.definitions === definitions;
    if (isEnough && !how.refresh) return this.#shared(known.catalog, connection, how);
    const reading = { record, definitions, catalog: this.#read(connection, definitions, how.signal) };
    this.#known.set(connection, reading);
    try {
      return await reading.catalog;
    } catch (error) {
      if (this.#known.get(connection) === reading) this.#known.delete(connection);
      throw error;
    }
  }

  /** A reading that another caller began. Where that one went away, it is begun again. */
  async #shared(reading: Promise<KnownCatalog>, connection: string, how: CatalogWanted): Promise<KnownCatalog> {
    try {
      return await reading;
    } catch (error) {
      if (!isAppError(error, 'RUN/CANCELLED') || how.signal.aborted) throw error;
      return this.get(connection, how);
    }
  }

  /** One table of it, or `PLAN/TABLE_ABSENT`. */
  async table(connection: string, wanted: TableName, signal: AbortSignal): Promise<CatalogTable> {
    const { catalog } = await this.get(connection, { refresh: false, signal });
    const found = catalog.namespaces
      .find(({ name }) => name === wanted.namespace)
      ?.tables.find(({ name }) => name === wanted.name);
    if (found !== undefined) return found;
    throw appError('PLAN/TABLE_ABSENT', {
      message: `There is no table ${wanted.namespace}.${wanted.name} in ${connection}.`,
      remedy: 'Read the catalog anew; it may have been dropped or renamed.',
    });
  }

  forget(connection: string): void {
    this.#known.delete(connection);
  }

  async #read(connection: string, definitions: boolean, signal: AbortSignal): Promise<KnownCatalog> {
    await using open = await openConnection(this.#core, connection, { signal });
    const catalog = await open.session.catalog({ definitions }, signal);
    const facts = await open.session.facts(signal);
    return { catalog, facts, readAt: this.#core.clock.now().toISOString() };
  }
}
