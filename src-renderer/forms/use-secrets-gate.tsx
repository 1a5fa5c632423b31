import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, type ReactNode } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { useCore } from '../rpc/core-context.tsx';
import { readyPlace, type Place, type SecretNeed } from './secret-places.ts';
import { SecretsGateDialog } from './secrets-gate-dialog.tsx';

export interface SecretsGate {
  /**
   * Where a secret can be stored now; asks a person where nothing is chosen or what is chosen is closed. `wanted`: that
   * place and no other, e.g. because what is to be read lies there. null: not now.
   */
  readonly ensure: (need: SecretNeed, wanted?: Place) => Promise<Place | null>;
  /** Draw it somewhere: the question while it is asked. */
  readonly dialog: ReactNode;
}

interface Asked {
  readonly status: SecretsStatus;
  readonly need: SecretNeed;
  readonly wanted: Place | null;
  readonly answer: (place: Place | null) => void;
}

/** Asks where secrets shall live before the first one is stored, and for the passphrase of a vault that is locked. */
export function useSecretsGate(): SecretsGate {
  const core = useCore();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const ensure = useCallback(
    async (need: SecretNeed, wanted?: Place): Promise<Place | null> => {
      const status = await core.secrets.status();
      client.setQueryData(['secrets', 'status'], status);
      const ready = readyPlace(wanted === undefined ? status : { ...status, chosen: wanted }, need);
      if (ready !== null) return ready;
      return new Promise((resolve) => setAsked({ status, need, wanted: wanted ?? null, answer: resolve }));
    },
    [core, client],
  );
  const done = (place: Place | null): void => {
    asked?.answer(place);
    setAsked(null);
  };
  return {
    ensure,
    dialog: asked === null ? null : <SecretsGateDialog {...asked} onDone={done} />,
  };
}
