import { AppError, toAppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableJob } from './table-job.ts';

/** Codes whose cause can stand in the plan: its SQL, or what it wants to read. */
const FROM_PLAN: ReadonlySet<ErrorCode> = new Set([
  'SOURCE/QUERY_FAILED',
  'SOURCE/QUERY_INVALID',
  'SOURCE/WRITE_REFUSED',
  'SOURCE/PERMISSION_DENIED',
  'SOURCE/TABLE_GONE',
  'SOURCE/TIMEOUT',
]);

/** The part of a job that an error is told with. */
export type FailedTable = Pick<TableJob, 'name' | 'read' | 'line'>;

/** The statement that would grant the right to read a table; null: there is none. */
export type GrantSelect = (table: TableName) => string | null;

/**
 * A failure of the source, or of the way to it, as that of one table: a connector knows its statement, not what it is called in the plan. Others,
 * and those that name their table already, pass unchanged.
 */
export function errorOfTable(error: unknown, { name, read, line }: FailedTable, grant: GrantSelect): AppError {
  const known = toAppError(error);
  if (!/^(?:SOURCE|TUNNEL)\//.test(known.code) || known.context['table'] !== undefined) return known;
  const isFromPlan = FROM_PLAN.has(known.code);
  const { remedy } = withGrant(known, read, grant);
  return new AppError(known.code, {
    message: `${name}${isFromPlan ? ` (line ${line} of the plan)` : ''}: ${known.message}`,
    ...(remedy === undefined ? {} : { remedy }),
    context: { ...known.context, table: name, ...(isFromPlan ? { line } : {}) },
    cause: known.cause,
  });
}

/** With the very statement to run as its remedy, where the right that is missing is one on the table itself. */
export function withGrant(error: AppError, { source }: TableJob['read'], grant: GrantSelect): AppError {
  const { code, message, context, cause } = error;
  if (source.kind !== 'table' || context['deniedTable'] !== source.table.name) return error;
  const statement = grant(source.table);
  if (statement === null) return error;
  const remedy = `Have this run: ${statement}; or leave the table out of the plan.`;
  return new AppError(code, { message, remedy, context, cause });
}
