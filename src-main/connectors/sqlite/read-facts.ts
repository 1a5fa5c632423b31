import { basename } from 'node:path';
import type { ServerFacts } from '../../ports/connector.ts';
import { VERSION_SQL } from './catalog.sql.ts';
import type { OpenDatabase } from './open-database.ts';

export function readFacts(db: OpenDatabase, file: string): ServerFacts {
  const started = performance.now();
  db.ask('select 1');
  const latencyMs = performance.now() - started;
  const queryOnly = db.ask('select query_only from pragma_query_only')[0]?.[0] === 1n;
  return {
    product: 'SQLite',
    version: String(db.ask(VERSION_SQL)[0]?.[0]),
    user: '',
    database: basename(file),
    tls: null,
    latencyMs,
    readOnly: queryOnly ? 'enforced by the server' : 'not enforced by the server',
    missingPrivileges: [],
  };
}
