// Answers to the connector's own statements.
import type { BehindSession } from './behind-session.ts';
import { columnRow, columnsOf, rowCount, tableNames } from './dictionary.ts';
import type { Known } from './golden-statements.ts';
import { ServerFault } from './server-fault.ts';
import type { Values } from './session.ts';
import { SCHEMA } from './to-sqlite.ts';

export function ownAnswer(session: BehindSession, { name, table }: Known, values: Values): readonly unknown[][] {
  const { db, behind } = session;
  const names = !name.endsWith('-of') || values['p1'] === SCHEMA ? tableNames(db) : [];
  switch (name.replace(/-of$/, '')) {
    case 'session-settings':
      return [];
    case 'facts':
      return [[session.user.toUpperCase(), 'FREE', 'SHOP', 'PRIMARY', 'tcp']];
    case 'write-rights':
      return [[behind.mayWrite ? 3 : 0]];
    case 'readable':
      return [[names.length]];
    case 'namespaces':
      return !name.endsWith('-of') || values['p1'] === SCHEMA ? [[SCHEMA]] : [];
    case 'tables':
      return names.map((each) => [SCHEMA, each, 'table', rowCount(db, each), 8192, 0, 0]);
    case 'columns':
      return names.flatMap((each) => columnsOf(db, each).map((column) => columnRow(each, column)));
    case 'primary-keys':
      return names.flatMap((each) => keyRows(session, each));
    case 'foreign-keys':
    case 'column-definitions':
    case 'table-comments':
    case 'indexes':
    case 'key-rules':
    case 'checks':
    case 'others':
    case 'views':
    case 'table-kind':
      return [];
    case 'table-columns': {
      const asked = String(values['p2']);
      return columnsOf(db, asked).map((column) => columnRow(asked, column));
    }
    case 'lock':
      return lock(session, table[1] ?? '');
    case 'may-flashback':
      return [[behind.mayFlashback ? 1 : 0]];
    case 'scn':
      return [[behind.moments.now()]];
    case 'moment':
      return [['2026-01-02T03:04:05.123456']];
    case 'own-number':
      return [[`${session.number}:7`]];
    case 'loads':
      return loads(session, String(values['p1']));
    default:
      throw new Error(`it has no answer to the statement of ${name}.sql`);
  }
}

function loads({ behind }: BehindSession, numbers: string): unknown[][] {
  if (!behind.seesSessions) throw new ServerFault('ORA-00942', 'table or view does not exist');
  return [...behind.sessions]
    .filter(({ number }) => numbers.includes(`,${number}:7,`))
    .map(({ number, busySince }) => [
      ...[`${number}:7`, busySince === null ? null : performance.now() - busySince],
      ...[null, null, null, null],
    ]);
}

function keyRows(session: BehindSession, table: string): unknown[][] {
  const key = columnsOf(session.db, table).filter((column) => column.key > 0);
  return key.sort((a, b) => a.key - b.key).map((column) => [SCHEMA, table, column.name]);
}

function lock(session: BehindSession, table: string): [] {
  if (!tableNames(session.db).includes(table)) throw new ServerFault('ORA-00942', `table or view does not exist`);
  if (!session.behind.mayLock) throw new ServerFault('ORA-01031', 'insufficient privileges');
  session.behind.locks.hold(session, table);
  return [];
}
