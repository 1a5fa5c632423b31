import { toAppError, type AppError } from '../../src-shared/errors/app-error.ts';
import type { VaultBackend, VaultBackendFacts, VaultStatus } from '../ports/vault.ts';
import type { OpenBackends } from './open-backends.ts';
import { PASSPHRASE_FACTS } from './passphrase-backend.ts';
import { probe } from './probe.ts';
import { SessionBackend } from './session-backend.ts';
import type { DurableBackendId, VaultIndex } from './vault-index.ts';

export interface StatusParts {
  readonly backends: OpenBackends;
  /** null: this host keeps nothing for a session only. */
  readonly session: SessionBackend | null;
  readonly index: VaultIndex;
}

type Shown = Pick<VaultStatus, 'backend' | 'secrets'>;

/** Every backend with the result of a write-read-delete test. Asks nobody and makes no vault that is not there. */
export async function vaultStatus({ backends, session, index }: StatusParts): Promise<readonly VaultStatus[]> {
  return [
    await tested({ backend: backends.keychain.facts, secrets: count(index, 'keychain') }, backends.keychain),
    await passphraseStatus(backends, count(index, 'passphrase')),
    await sessionStatus(session),
  ];
}

async function passphraseStatus(backends: OpenBackends, secrets: number): Promise<VaultStatus> {
  const shown = { backend: PASSPHRASE_FACTS, secrets };
  try {
    if (!(await backends.hasPassphraseFile())) {
      const none = 'This home has no passphrase vault yet;';
      if (!backends.canMakePassphraseVault)
        return {
          ...shown,
          state: 'absent',
          why: `${none} it is made with the first secret when a passphrase is given.`,
        };
      backends.requireStrongPassphrase();
      return { ...shown, state: 'ready', why: `${none} it is made when the first secret is stored in it.` };
    }
    const backend = await backends.passphraseUnasked();
    if (backend === null) return { ...shown, state: 'locked', why: 'No passphrase was given.' };
    return await tested(shown, backend);
  } catch (error) {
    return failed(shown, toAppError(error));
  }
}

async function sessionStatus(session: SessionBackend | null): Promise<VaultStatus> {
  if (session !== null) return await tested({ backend: session.facts, secrets: session.size }, session);
  const backend: VaultBackendFacts = new SessionBackend().facts;
  return { backend, secrets: 0, state: 'absent', why: 'This program ends with the command.' };
}

async function tested(shown: Shown, backend: VaultBackend): Promise<VaultStatus> {
  try {
    return { ...shown, state: 'works', steps: await probe(backend) };
  } catch (error) {
    return failed(shown, toAppError(error));
  }
}

function failed(shown: Shown, error: AppError): VaultStatus {
  return { ...shown, state: stateOf(error), why: error.message };
}

function stateOf({ code, context }: AppError): VaultStatus['state'] {
  if (code === 'VAULT/LOCKED' || code === 'VAULT/PASSPHRASE_WRONG') return 'locked';
  return code === 'VAULT/UNAVAILABLE' && context.state === 'absent' ? 'absent' : 'failed';
}

function count(index: VaultIndex, backend: DurableBackendId): number {
  return [...index.secrets.values()].filter((entry) => entry.backend === backend).length;
}
