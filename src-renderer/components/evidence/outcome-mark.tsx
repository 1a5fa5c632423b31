import type { ReactNode } from 'react';
import type { EntryOutcome } from '../../../src-shared/contract/evidence.ts';
import { BadIcon, CheckIcon, StopIcon, WarnIcon } from '../icons.tsx';

/** The sign of how something ended; its word stands beside it or in the list. */
export function OutcomeMark({ outcome }: { readonly outcome: EntryOutcome | null }): ReactNode {
  switch (outcome) {
    case 'done':
      return <CheckIcon size={14} className="tone-ok" />;
    case 'incomplete':
    case 'unknown':
      return <WarnIcon size={14} className="tone-warn" />;
    case 'failed':
    case 'denied':
      return <BadIcon size={14} className="tone-bad" />;
    case 'cancelled':
      return <StopIcon size={14} className="faint" />;
    case null:
      return <span className="no-mark" />;
  }
}
