import { oc } from '@orpc/contract';
import { z } from 'zod';
import { secretInput, vaultBackend } from './parts.ts';

export const vaultState = z.object({
  backend: vaultBackend,
  title: z.string(),
  protection: z.string(),
  durable: z.boolean(),
  state: z.enum(['works', 'ready', 'locked', 'absent', 'failed']),
  why: z.string().nullable(),
  secrets: z.number().nullable(),
  /** What the test did, with milliseconds; null: it did not get through. */
  steps: z.array(z.object({ step: z.enum(['write', 'read', 'delete', 'read again']), ms: z.number() })).nullable(),
  testedAt: z.string(),
});
export type VaultState = z.infer<typeof vaultState>;

export const passphraseVault = z.enum(['absent', 'locked', 'open']);

/** A secret by what it belongs to; its value never leaves the core. */
export const heldSecret = z.object({
  kind: z.enum(['connection', 'tunnel', 'connection key', 'target', 'key', 'ledger', 'other']),
  name: z.string(),
  backend: vaultBackend,
  /** false: it was for an earlier session only and is gone. */
  here: z.boolean(),
});
export type HeldSecretFacts = z.infer<typeof heldSecret>;

export const secretsStatus = z.object({
  /** Each place with a write-read-delete test made just now. */
  backends: z.array(vaultState),
  /** Where the next secret goes; null: a person has to choose first. */
  chosen: vaultBackend.nullable(),
  passphraseVault,
  held: z.array(heldSecret),
});
export type SecretsStatus = z.infer<typeof secretsStatus>;

export const secrets = {
  status: oc.output(secretsStatus),
  /** Opens the passphrase vault for as long as the core runs, or makes it when `create` is set. */
  unlock: oc.input(z.object({ passphrase: secretInput, create: z.boolean() })),
  /** Where new secrets go from now on; with `move` also those that are elsewhere: copied, read back, then removed. */
  choose: oc
    .input(z.object({ backend: vaultBackend, move: z.boolean().optional() }))
    .output(z.object({ moved: z.number() })),
};

export const keyFacts = z.object({
  name: z.string(),
  fingerprint: z.string(),
  created: z.string(),
  destroyed: z.string().nullable(),
  /** Made for a connection at its first use, not by name. */
  own: z.boolean(),
});
export type KeyFacts = z.infer<typeof keyFacts>;

export const keys = {
  list: oc.output(z.array(keyFacts)),
  add: oc.input(z.object({ name: z.string() })).output(keyFacts),
  /** `confirm` repeats the name: it cannot be undone. */
  destroy: oc.input(z.object({ name: z.string(), confirm: z.string() })).output(keyFacts),
};
