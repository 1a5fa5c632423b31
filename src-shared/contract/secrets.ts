import { oc } from '@orpc/contract';
import { z } from 'zod';
import { secretInput, vaultBackend } from './parts.ts';

export const vaultState = z.object({
  backend: vaultBackend,
  title: z.string(),
  protection: z.string(),
  durable: z.boolean(),
  state: z.enum(['works', 'locked', 'absent', 'failed']),
  why: z.string().nullable(),
  secrets: z.number().nullable(),
  testedAt: z.string(),
});
export type VaultState = z.infer<typeof vaultState>;

export const secrets = {
  /** Each backend with a write-read-delete test made just now. */
  status: oc.output(
    z.object({
      backends: z.array(vaultState),
      /** Where the next secret goes; null: a person has to choose first. */
      chosen: vaultBackend.nullable(),
      passphraseVault: z.enum(['absent', 'locked', 'open']),
    }),
  ),
  /** Opens the passphrase vault, or makes it when `create` is set. */
  unlock: oc.input(z.object({ passphrase: secretInput, create: z.boolean() })),
  /** Where new secrets go from now on. */
  choose: oc.input(z.object({ backend: vaultBackend })),
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
