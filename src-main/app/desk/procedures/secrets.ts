import type { HeldSecretFacts, VaultState } from '../../../../src-shared/contract/secrets.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { VaultStatus } from '../../../ports/vault.ts';
import { moveSecrets } from '../../move-secrets.ts';
import { keySecretName, secretName } from '../../connections.ts';
import type { Desk } from '../desk.ts';
import { procedures } from '../procedure.ts';

export const secretProcedures = {
  status: procedures.secrets.status.handler(async ({ context: { desk } }) => {
    const vault = await desk.core.vault();
    const backends = await vault.status();
    const testedAt = desk.core.clock.now().toISOString();
    return {
      backends: backends.map((status) => stateOf(status, testedAt)),
      chosen: await vault.nextBackend(),
      passphraseVault: await vault.passphraseState(),
      held: await heldOf(desk),
    };
  }),

  unlock: procedures.secrets.unlock.handler(async ({ context: { desk }, input }) => {
    const vault = await desk.core.vault();
    await vault.unlock(new SecretText(input.passphrase), { create: input.create });
    desk.changes.touchBasis();
  }),

  choose: procedures.secrets.choose.handler(async ({ context: { desk }, input: { backend, move = false } }) => {
    const vault = await desk.core.vault();
    await vault.choose(backend);
    const moved = move && backend !== 'session' ? await moveSecrets(desk.core, backend) : 0;
    desk.changes.touchBasis();
    return { moved };
  }),
};

function stateOf({ backend, state, why, secrets, steps }: VaultStatus, testedAt: string): VaultState {
  const { id, title, protection, durable } = backend;
  const tested = steps === undefined ? null : steps.map(({ step, ms }) => ({ step, ms }));
  return { backend: id, title, protection, durable, state, why: why ?? null, secrets, steps: tested, testedAt };
}

/** What the vault holds, and the secrets of connections that are for a session only. */
async function heldOf({ core }: Desk): Promise<HeldSecretFacts[]> {
  const vault = await core.vault();
  const all = await vault.list();
  const known = new Set(all.map(({ name }) => name));
  const ofSession: HeldSecretFacts[] = [];
  for (const [name, { secret, keySecret }] of Object.entries(await core.records.connections.read())) {
    const own = [
      ...(secret === 'session' ? [secretName(name)] : []),
      ...(keySecret === 'session' ? [keySecretName(name)] : []),
    ];
    for (const whole of own.filter((each) => !known.has(each)))
      ofSession.push({ ...named(whole), backend: 'session', here: (await vault.get(whole)) !== null });
  }
  const durable = all.map(({ name, backend }) => ({ ...named(name), backend, here: true }));
  return [...durable, ...ofSession];
}

const KINDS: Readonly<Record<string, HeldSecretFacts['kind']>> = {
  connection: 'connection',
  tunnel: 'tunnel',
  'tunnel-passphrase': 'tunnel',
  'connection-key': 'connection key',
  target: 'target',
  'target-passphrase': 'target',
  key: 'key',
  ledger: 'ledger',
};

function named(whole: string): Pick<HeldSecretFacts, 'kind' | 'name'> {
  const at = whole.indexOf('/');
  return { kind: KINDS[whole.slice(0, at)] ?? 'other', name: whole.slice(at + 1) };
}
