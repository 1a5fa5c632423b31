import type { Connector, Session } from '../../../src-main/ports/connector.ts';
import type { CatalogTable } from '../../../src-shared/model/catalog.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { APPLICATION, type ConnectorPlace } from './rig.ts';

export const signal = new AbortController().signal;

export interface Opened {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly password?: SecretText | null;
}

/** A session on the place, with other options where they are given. */
export function openSession(connector: Connector, place: ConnectorPlace, how: Opened = {}): Promise<Session> {
  const password = how.password === undefined ? place.password : how.password;
  return connector.open(connector.options.parse({ ...place.connection, ...how.options }), password, {
    signal,
    applicationName: APPLICATION,
    statementTimeoutMs: 0,
  });
}

/** A name that a statement wrote without quotes, as the product stores it. */
export function stored({ upperCases }: ConnectorPlace, name: string): string {
  return upperCases === true ? name.toUpperCase() : name;
}

/** A table as the catalog lists it. */
export async function catalogTable(session: Session, place: ConnectorPlace, name: string): Promise<CatalogTable> {
  const { namespaces } = await session.catalog({ namespace: place.namespace }, signal);
  const found = namespaces[0]?.tables.find((table) => table.name === name || table.name === stored(place, name));
  if (found === undefined) throw new Error(`${name} is not in the catalog`);
  return found;
}

/** A read of all columns of a table. */
export function tableRead(table: CatalogTable, more: Partial<TableRead> = {}): TableRead {
  const columns = table.columns.map(({ name, nativeType, nullable, type }) => {
    if (type === null) throw new Error(`${name} has no type`);
    return { name, nativeType, nullable, type };
  });
  const { namespace, name } = table;
  return {
    ...{ source: { kind: 'table', table: { namespace, name } }, columns, where: null },
    ...{ orderBy: [], limit: null, params: {}, ...more },
  };
}

/** A read of a query. */
export function queryRead(sql: string, columns: readonly ReadColumn[]): TableRead {
  return { source: { kind: 'query', sql }, columns, where: null, orderBy: [], limit: null, params: {} };
}
