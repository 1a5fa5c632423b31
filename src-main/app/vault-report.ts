import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import { counted, isOrAre } from '../../src-shared/util/format-number.ts';
import type { VaultStatus } from '../ports/vault.ts';
import { WAYS_ON } from '../vault/errors.ts';

/** What a command that needs a secret would meet now: null, or `VAULT/LOCKED` with the ways to go on. */
export function vaultProblem(backends: readonly VaultStatus[]): AppError | null {
  const closed = backends.find(
    ({ backend, state, secrets }) => backend.durable && state !== 'works' && (secrets ?? 0) > 0,
  );
  if (closed !== undefined) {
    const held = closed.secrets ?? 0;
    return locked(
      `${counted(held, 'secret')} of this home ${isOrAre(held)} in a place that cannot be opened now: ${closed.backend.title}. ${closed.why ?? ''}`.trimEnd(),
    );
  }
  const usable = backends.some(({ backend, state }) => backend.durable && (state === 'works' || state === 'ready'));
  return usable ? null : locked('Nothing here can keep a secret now: no keychain works, and no passphrase was given.');
}

function locked(message: string): AppError {
  return appError('VAULT/LOCKED', { message, remedy: WAYS_ON });
}

const KINDS: Readonly<Record<string, string>> = {
  connection: 'password of the connection',
  target: 'password of the target',
  'target-passphrase': 'passphrase of the private key of the target',
  key: 'pseudonym key',
  ledger: 'what opens the signing key of the ledger',
};

/** A secret's name in the vault, for people. */
export function secretInWords(name: string): string {
  const slash = name.indexOf('/');
  const kind = KINDS[name.slice(0, slash)];
  return kind === undefined ? name : `${kind} ${name.slice(slash + 1)}`;
}
