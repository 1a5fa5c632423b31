import type { SecretsStatus, VaultState } from '../../src-shared/contract/secrets.ts';
import { text } from '../text/text.ts';

export type Place = VaultState['backend'];

/** `any`: a password that may be asked for anew. `durable`: a key that must outlive this session. */
export type SecretNeed = 'any' | 'durable';

export const MIN_PASSPHRASE = 12;

/** The place that the next secret of this kind goes to without a question; null: a person has to say. */
export function readyPlace({ chosen, backends }: SecretsStatus, need: SecretNeed): Place | null {
  if (chosen === null || (chosen === 'session' && need === 'durable')) return null;
  const state = backends.find(({ backend }) => backend === chosen)?.state;
  // Ready: its passphrase was given at the start, and the first secret makes the vault.
  return state === 'works' || state === 'ready' ? chosen : null;
}

/** What the passphrase vault needs before it can be chosen. */
export function passphraseWish({ passphraseVault }: SecretsStatus): 'make' | 'open' | null {
  return passphraseVault === 'open' ? null : passphraseVault === 'absent' ? 'make' : 'open';
}

/** Why a place cannot be chosen; null: it can. */
export function whyNot(place: VaultState, need: SecretNeed): string | null {
  if (place.backend === 'session') {
    if (need === 'durable') return text.secrets.place.session.cannot;
    return place.state === 'works' ? null : place.why;
  }
  if (place.backend === 'keychain') return place.state === 'works' ? null : place.why;
  return place.state === 'failed' ? place.why : null;
}

export interface Passphrase {
  readonly first: string;
  readonly again: string;
}

/** What is wrong with a passphrase as it is typed; null: nothing. An empty field is not blamed yet. */
export function passphraseFault(wish: 'make' | 'open' | null, { first, again }: Passphrase): string | null {
  if (wish !== 'make' || first === '') return null;
  if (first.length < MIN_PASSPHRASE) return text.secrets.short;
  return again !== '' && again !== first ? text.secrets.different : null;
}

export function isPassphraseReady(wish: 'make' | 'open' | null, typed: Passphrase): boolean {
  if (wish === null) return true;
  if (wish === 'open') return typed.first !== '';
  return typed.first.length >= MIN_PASSPHRASE && typed.first === typed.again;
}

/** The place to begin with: what is in use, else the first that works or can be made. */
export function firstPlace(status: SecretsStatus, need: SecretNeed): Place {
  if (status.chosen !== null && !(status.chosen === 'session' && need === 'durable')) return status.chosen;
  const keychain = status.backends.find(({ backend }) => backend === 'keychain');
  return keychain?.state === 'works' ? 'keychain' : 'passphrase';
}

/** The name of a place in a few words; the keychain's is the system's own. */
export function placeTitle({ backend, title }: Pick<VaultState, 'backend' | 'title'>): string {
  return backend === 'keychain' ? title : text.secrets.place[backend].title;
}
