import { sqlserver } from '../../../../src-main/connectors/sqlserver/index.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';
import { ScriptedDatabase, type Script } from '../../../servers/tds/scripted.ts';
import { startTdsPeer, type PeerOptions, type TdsPeer } from '../../../servers/tds/server.ts';

export const signal = new AbortController().signal;
export const ACCOUNT = { user: 'waybill', password: 'Pässword "1"' };

export interface StandIn extends AsyncDisposable {
  readonly peer: TdsPeer;
  readonly database: ScriptedDatabase;
}

/** The TDS stand-in with a script of its own. */
export async function standIn(script: Script, more: Partial<PeerOptions> = {}): Promise<StandIn> {
  const database = new ScriptedDatabase(script);
  const peer = await startTdsPeer({ accounts: [ACCOUNT], database, tls: null, ...more });
  return { peer, database, [Symbol.asyncDispose]: () => peer.close() };
}

export interface Opened {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly password?: string | null;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

export function openSqlserver(
  { host, port }: { readonly host: string; readonly port: number },
  how: Opened = {},
): Promise<Session> {
  const given = { host, port, user: ACCOUNT.user, database: 'shop', tls: 'disable', ...how.options };
  const options = sqlserver.options.parse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  const password = how.password === undefined ? ACCOUNT.password : how.password;
  return sqlserver.open(options, password === null ? null : new SecretText(password), {
    signal: how.signal ?? signal,
    applicationName: 'waybill test',
    statementTimeoutMs: how.statementTimeoutMs ?? 0,
    ...(how.lockTimeoutMs === undefined ? {} : { lockTimeoutMs: how.lockTimeoutMs }),
  });
}

export function tableRead(columns: readonly ReadColumn[], more: Partial<TableRead> = {}): TableRead {
  return {
    source: { kind: 'table', table: { namespace: 'dbo', name: 't' } },
    ...{ columns, where: null, orderBy: [], limit: null, params: {}, ...more },
  };
}
