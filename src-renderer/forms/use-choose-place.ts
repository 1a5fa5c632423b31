import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { toWireError, type WireError } from '../../src-shared/errors/wire.ts';
import { useCore } from '../rpc/core-context.tsx';
import type { PlaceChoice } from './secret-place-form.tsx';
import { firstPlace, isPassphraseReady, passphraseWish, whyNot, type Place, type SecretNeed } from './secret-places.ts';

export interface ChoosePlace {
  readonly choice: PlaceChoice;
  readonly setChoice: (choice: PlaceChoice) => void;
  readonly error: WireError | null;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  /** Opens or makes what the choice needs, and chooses it; null: it did not work, and `error` says why. */
  readonly submit: (how?: { readonly move: boolean }) => Promise<Place | null>;
}

/** Choosing where secrets live. */
export function useChoosePlace(status: SecretsStatus, need: SecretNeed, wanted: Place | null = null): ChoosePlace {
  const core = useCore();
  const client = useQueryClient();
  const [choice, setChoice] = useState<PlaceChoice>(() => ({
    place: wanted ?? firstPlace(status, need),
    typed: { first: '', again: '' },
  }));
  const [error, setError] = useState<WireError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { place, typed } = choice;
  const wish = place === 'passphrase' ? passphraseWish(status) : null;
  const chosen = status.backends.find(({ backend }) => backend === place);
  const submit = async ({ move }: { readonly move: boolean } = { move: false }): Promise<Place | null> => {
    setBusy(true);
    setError(null);
    try {
      if (wish !== null) await core.secrets.unlock({ passphrase: typed.first, create: wish === 'make' });
      // Opened for one secret, a place does not take the others as well.
      if (wanted === null || status.chosen === null) await core.secrets.choose({ backend: place, move });
      return place;
    } catch (failure) {
      setError(toWireError(failure));
      return null;
    } finally {
      setBusy(false);
      // Asked again at once, also where no screen shows it now: the next dialog shall not begin with the old answer.
      void client.invalidateQueries({ queryKey: ['secrets'], refetchType: 'all' });
    }
  };
  const isReady = chosen !== undefined && whyNot(chosen, need) === null && isPassphraseReady(wish, typed);
  return { choice, setChoice, error, isReady, isBusy, submit };
}
