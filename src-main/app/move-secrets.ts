import type { Core } from './core.ts';
import { keySecretName, secretName } from './connections.ts';
import { hasLedger } from './has-ledger.ts';

/**
 * Moves every secret of the home that is elsewhere: each is written to the new place, read back there, and only then
 * removed from the old one. Returns how many were moved; a failure leaves each of them in one place or in both.
 */
export async function moveSecrets(core: Core, to: 'keychain' | 'passphrase'): Promise<number> {
  const vault = await core.vault();
  const elsewhere = (await vault.list()).filter(({ backend }) => backend !== to);
  const moved = new Set<string>();
  try {
    for (const { name } of elsewhere) {
      const secret = await vault.get(name);
      if (secret === null) continue;
      await vault.set(name, secret, to);
      moved.add(name);
    }
  } finally {
    if (moved.size > 0) await noteInRecords(core, { to, moved });
  }
  if (moved.size > 0 && (await hasLedger(core))) {
    await (await core.ledger()).append('vault.moved', { outcome: 'success', to, secrets: moved.size });
  }
  return moved.size;
}

async function noteInRecords(
  core: Core,
  { to, moved }: { readonly to: 'keychain' | 'passphrase'; readonly moved: ReadonlySet<string> },
): Promise<void> {
  await core.records.connections.update((all) =>
    Object.fromEntries(
      Object.entries(all).map(([name, record]) => [
        name,
        {
          ...record,
          ...(moved.has(secretName(name)) ? { secret: to } : {}),
          ...(moved.has(keySecretName(name)) ? { keySecret: to } : {}),
        },
      ]),
    ),
  );
}
