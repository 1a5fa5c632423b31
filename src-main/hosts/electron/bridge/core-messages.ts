import { z } from 'zod';

/** What the main process tells the core's process. A page's port travels with `page`. */
export const toCore = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** Path of the home; null: the default one. */
    home: z.string().nullable(),
    documents: z.string(),
    /** In a message, since an environment is inherited by every child. */
    passphrase: z.string().nullable(),
    /** The Node that the core's own children run on. */
    node: z.string(),
  }),
  z.object({ kind: z.literal('page') }),
  z.object({ kind: z.literal('end') }),
]);
export type ToCore = z.infer<typeof toCore>;
export type StartCore = Extract<ToCore, { kind: 'start' }>;

/** What the core's process tells the main process. */
export const fromCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('work'), runs: z.number().int().min(0), deliveries: z.number().int().min(0) }),
  z.object({ kind: z.literal('reveal'), path: z.string().min(1) }),
  z.object({
    kind: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    remedy: z.string().nullable(),
  }),
]);
export type FromCore = z.infer<typeof fromCore>;
