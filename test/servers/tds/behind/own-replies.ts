// Answers to the connector's own statements.
import type { Reply, Statement } from '../database.ts';
import { table, typeColumns } from '../replies.ts';
import { columnsOf, declaredType, rowCount, tableNames } from './catalog.ts';
import type { Known } from '../golden-statements.ts';
import type { BehindSession } from './session.ts';
import { noticeOf } from './sql-faults.ts';
import type { WireValue } from '../wire-types.ts';

const SCHEMA = 'dbo';
const LOCK_TIMEOUT_MS = 5000;

export function* ownReplies(session: BehindSession, known: Known, statement: Statement): Generator<Reply> {
  const { db, behind } = session;
  const names = tableNames(db);
  const [namespace] = known.about;
  const kind = known.name.replace(/-of$/, '');
  const isWithin = !known.name.endsWith('-of') || namespace === SCHEMA;
  const idOf = (name: string): number => names.indexOf(name) + 1;
  switch (kind) {
    case 'session-settings':
      return;
    case 'facts':
      return yield* table([['16.0.4135.4', 3, session.user, behind.name]], 4);
    case 'namespaces':
      return yield* table(isWithin ? [[SCHEMA]] : [], 1);
    case 'tables':
      return yield* table(isWithin ? names.map((name) => [idOf(name), SCHEMA, name, 'U', 0, 0, 0, 0, 0, 1]) : [], 10);
    case 'columns':
      return yield* table(isWithin ? names.flatMap((name) => catalogColumns(session, name, idOf(name))) : [], 12);
    case 'primary-keys':
      return yield* table(
        names.flatMap((name) => keyColumns(session, name, idOf(name))),
        2,
      );
    case 'foreign-keys':
    case 'column-definitions':
    case 'table-comments':
    case 'indexes':
    case 'key-rules':
    case 'checks':
    case 'others':
    case 'views':
      return yield* table([], 6);
    case 'estimates':
    case 'estimates-for-all':
      return yield* table(
        names.map((name) => [idOf(name), rowCount(db, name), 8192]),
        3,
      );
    case 'may-see-state':
      return yield* table([[behind.seesState ? 1 : 0]], 1);
    case 'may-see-sessions':
      return yield* table([[behind.seesState ? 1 : 0]], 1);
    case 'own-number':
      return yield* table([[session.number]], 1);
    case 'loads':
      return yield* table(loads(session, String(statement.parameters.get('p1') ?? '')), 5);
    case 'missing':
      return yield* table([[names.length, 0, behind.seesState ? 1 : 0]], 3);
    case 'write-rights':
      return yield* table([[behind.mayWrite ? 3 : 0]], 1);
    case 'updateability':
      return yield* table([['READ_WRITE']], 1);
    case 'snapshot-state':
      return yield* table([[behind.allowsSnapshots ? 1 : 0, 0]], 2);
    case 'transaction':
      return yield* table([[session.transactionNumber(), new Date().toISOString().slice(0, -1)]], 2);
    case 'held':
      if (!behind.seesState)
        return yield { error: { number: 300, message: 'VIEW SERVER STATE permission was denied.' } };
      return yield* table(
        [...behind.locks.heldBy(session)].map((name) => [idOf(name)]),
        1,
      );
    case 'still':
      return yield* table(
        [...behind.locks.keptStillBy(session)].map((name) => [idOf(name)]),
        1,
      );
    case 'table-kind':
    case 'table-columns':
    case 'hold':
      return yield* ofOneTable(session, kind, known.about[1] ?? '', names);
    case 'describe':
      return yield* described(session, statement);
    default:
      throw new Error(`it has no answer to the statement of ${known.name}.sql`);
  }
}

/** Waits for who has written to the table, as long as the session's settings say. */
export async function* keepStillReplies(session: BehindSession, name: string): AsyncGenerator<Reply> {
  if (!tableNames(session.db).includes(name))
    return yield { error: { number: 208, message: `Invalid object name '${name}'.` } };
  if (await session.behind.locks.keepStill(session, name, LOCK_TIMEOUT_MS)) return yield* table([], 1);
  yield { error: { number: 1222, message: 'Lock request time out period exceeded.' } };
}

/** Without the right a login sees no session but the one that asks. */
function loads(session: BehindSession, numbers: string): WireValue[][] {
  const asked = new Set(numbers.split(','));
  return [...session.behind.sessions]
    .filter((each) => (session.behind.seesState || each === session) && asked.has(String(each.number)))
    .map(({ number, busySince }) => [
      ...[number, busySince === null ? null : Math.round(performance.now() - busySince)],
      ...[null, null, busySince === null ? null : 0],
    ]);
}

function* ofOneTable(
  session: BehindSession,
  kind: 'table-kind' | 'table-columns' | 'hold',
  name: string,
  names: readonly string[],
): Generator<Reply> {
  const id = names.indexOf(name) + 1;
  if (kind === 'table-kind') return yield* table(id === 0 ? [] : [[id, 'U', 0, 0]], 4);
  if (kind === 'table-columns') {
    const rows = columnsOf(session.db, name).map((column): readonly WireValue[] => [
      column.name,
      ...typeColumns(column.type),
      ...[column.nullable ? 1 : 0, 0],
    ]);
    return yield* table(rows, 9);
  }
  if (id === 0) return yield { error: { number: 208, message: `Invalid object name '${name}'.` } };
  if (session.transaction !== null) session.behind.locks.hold(session, name);
  // The first access to data: from here on the snapshot stands.
  session.db.prepare('select count(*) from sqlite_schema').get();
  yield* table([], 1);
}

function catalogColumns(session: BehindSession, name: string, id: number): readonly (readonly WireValue[])[] {
  return columnsOf(session.db, name).map((column) => [
    ...[id, column.name, ...typeColumns(column.type)],
    ...[column.nullable ? 1 : 0, 0, 0, 0],
  ]);
}

function keyColumns(session: BehindSession, name: string, id: number): readonly (readonly WireValue[])[] {
  const key = columnsOf(session.db, name).filter((column) => column.key > 0);
  return key.sort((a, b) => a.key - b.key).map((column) => [id, column.name]);
}

/** Output columns of a statement; its failure is a row of the result. */
function* described(session: BehindSession, { parameters }: Statement): Generator<Reply> {
  try {
    const columns = session.prepare(String(parameters.get('p1'))).columns();
    const rows = columns.map(({ name, type, table: from }): readonly WireValue[] => {
      const required = columnsOf(session.db, from ?? '').some((each) => each.name === name && !each.nullable);
      return [name, declaredType(type), required ? 0 : 1, null, null, null, 0, null, null];
    });
    yield* table(rows, 9);
  } catch (fault) {
    const { number, message } = noticeOf(fault);
    yield* table([[null, null, null, null, null, null, null, number, message]], 9);
  }
}
