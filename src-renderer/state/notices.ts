import { create } from 'zustand';
import { toWireError, type WireError } from '../../src-shared/errors/wire.ts';

export interface Notice {
  readonly id: number;
  readonly error: WireError;
}

interface NoticesState {
  readonly notices: readonly Notice[];
  readonly dismiss: (id: number) => void;
}

const counter = { next: 1 };

export const useNotices = create<NoticesState>()((set) => ({
  notices: [],
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
}));

/** Shows an error until a person puts it away: for what fails apart from the screen that asked for it. The same once only. */
export function showError(error: unknown): void {
  const wire = toWireError(error);
  // A person's own cancel is no fault; that the core is gone is said over everything else.
  if (wire.code === 'RUN/CANCELLED' || wire.code === 'APP/CORE_LOST') return;
  useNotices.setState(({ notices }) =>
    notices.some(({ error: shown }) => shown.code === wire.code && shown.message === wire.message)
      ? {}
      : { notices: [...notices, { id: counter.next++, error: wire }] },
  );
}
