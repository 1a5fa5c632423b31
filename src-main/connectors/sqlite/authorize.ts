import { constants } from 'node:sqlite';

/** Everything a reading statement does; `pragma` only reaches us as table-valued functions, which have no side effects. */
const ALLOWED: ReadonlySet<number> = new Set([
  ...[constants.SQLITE_SELECT, constants.SQLITE_READ, constants.SQLITE_FUNCTION, constants.SQLITE_RECURSIVE],
  ...[constants.SQLITE_PRAGMA, constants.SQLITE_TRANSACTION],
]);

/** The authorizer of our sessions: a statement that would write, attach or create does not even compile. */
export function authorize(action: number): number {
  return ALLOWED.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY;
}
