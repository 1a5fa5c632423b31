import { ignoring } from '../kit/ignoring.ts';
import type { Link } from './link.ts';

const NEVER = new AbortController().signal;

/** Ends whatever transaction is open: there is nothing to commit. */
export async function endTransaction(link: Link): Promise<void> {
  if (link.isDead) return;
  const end = link.rows(
    'if @@trancount > 0 rollback transaction\nset transaction isolation level read committed',
    NEVER,
  );
  await ignoring(end, 'the work has its own result or failure');
}
