import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { deliveryState } from './delivery-state.ts';
import { localPath, optionValues, secretInput, vaultBackend } from './parts.ts';

export const targetFacts = z.object({
  name: z.string(),
  type: z.string(),
  options: optionValues,
  secrets: z.array(z.enum(['password', 'passphrase'])),
  /** Where it leads, in one line: `crm@sftp.example:22/incoming`. */
  place: z.string(),
  /** Fingerprint of the pinned host key; null where the target has none. */
  hostKey: z.string().nullable(),
});
export type TargetFacts = z.infer<typeof targetFacts>;

const givenTarget = z.object({
  name: z.string(),
  type: z.string(),
  options: optionValues,
  password: secretInput.nullable(),
  passphrase: secretInput.nullable(),
  store: vaultBackend.optional(),
  /** Saved without a login: a server that is away, an account that is still to be made. */
  untried: z.boolean().optional(),
});

export const targetAnswer = z.object({
  uri: z.string(),
  hostKey: z.string().nullable(),
  /** The file that was written to try it, where it could not be removed; null: nothing was left. */
  left: z.string().nullable(),
  testedAt: z.string(),
});
export type TargetAnswer = z.infer<typeof targetAnswer>;

const named = z.object({ name: z.string() });

export const targets = {
  list: oc.output(z.array(targetFacts)),
  /**
   * Without a pinned host key: `TARGET/HOST_KEY_UNKNOWN` with `hostKey` in its context; compared, it goes into the options.
   * A server is logged in to before it is saved, unless it is to be saved untried.
   */
  add: oc.input(givenTarget).output(targetFacts),
  remove: oc.input(named).output(z.object({ secretsRemoved: z.number() })),
  /** Stores another password or passphrase, or the first one; what is null stays as it is. */
  changeSecrets: oc
    .input(
      named.extend({
        password: secretInput.nullable(),
        passphrase: secretInput.nullable(),
        store: vaultBackend.optional(),
      }),
    )
    .output(targetFacts),
  /**
   * Opens it and tries at its root, with a small file that is removed again, whether a delivery could write.
   * `TARGET/HOST_KEY_CHANGED` has `hostKey` and `expected` in its context.
   */
  test: oc.input(named).output(targetAnswer),
};

/** A delivery that this process was asked for. */
export const deliveryJob = deliveryState.extend({
  id: z.string(),
  package: localPath,
  started: z.string(),
  ended: z.string().nullable(),
  /** What is being done to which file; null: not sending. */
  step: z.object({ doing: z.enum(['verifying', 'comparing', 'sending', 'checking']), path: z.string() }).nullable(),
  bytesPerSecond: z.number(),
  ledgerSeq: z.number().nullable(),
});
export type DeliveryJob = z.infer<typeof deliveryJob>;

const job = z.object({ id: z.string() });

export const deliveries = {
  /** Deliveries that were begun here since this process began, newest first. */
  list: oc.output(z.array(deliveryJob)),
  /** Starts sending a package; `watch` tells how far it is. It goes on when the window is closed. */
  send: oc
    .input(z.object({ package: localPath, target: z.string(), path: z.string(), incomplete: z.boolean() }))
    .output(job),
  /** How far it is, the newest only; ends with the delivery. */
  watch: oc.input(job).output(eventIterator(deliveryJob)),
  /** Answers at once. What was sent stays under its `.part` name or its own; the same delivery goes on from there. */
  cancel: oc.input(job),
};
