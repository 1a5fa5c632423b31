import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { GrantSelect } from '../engine/run/table-error.ts';
import type { Connector, Session } from '../ports/connector.ts';

const NO_GRANT: GrantSelect = () => null;

/** What to grant after a failure: only a missing right on a table makes it worth asking the server who logged in. */
export async function grantAfter(
  error: unknown,
  { connector, session, signal }: { connector: Connector; session: Session; signal: AbortSignal },
): Promise<GrantSelect> {
  if (signal.aborted || !isAppError(error) || error.context['deniedTable'] === undefined) return NO_GRANT;
  try {
    const { user } = await session.facts(signal);
    return (table) => connector.dialect.grantSelect(table, user);
  } catch {
    return NO_GRANT; // the failure that is to be told is the first one
  }
}
