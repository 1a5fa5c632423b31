import { oc } from '@orpc/contract';
import { z } from 'zod';
import { localPath, verifyResult } from './parts.ts';

export const ledgerStatus = z.object({
  state: z.enum(['absent', 'holds', 'broken']),
  folder: localPath,
  origin: z.string().nullable(),
  fingerprint: z.string().nullable(),
  size: z.number(),
  /** Size under the newest checkpoint kept outside; null: none is known. */
  anchored: z.number().nullable(),
  result: verifyResult.nullable(),
  checkedAt: z.string(),
});
export type LedgerStatus = z.infer<typeof ledgerStatus>;

export const ledgerLine = z.object({
  seq: z.number(),
  time: z.string(),
  type: z.string(),
  outcome: z.string().nullable(),
  about: z.string(),
  who: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  rows: z.number().nullable(),
  run: z.string().nullable(),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

export const ledgerEntry = ledgerLine.extend({
  line: z.string(),
  leafHash: z.string(),
  entry: z.unknown(),
  proof: z.object({
    size: z.number(),
    root: z.string(),
    /** From the leaf to the root. */
    steps: z.array(z.object({ side: z.enum(['left', 'right']), sibling: z.string(), result: z.string() })),
  }),
});
export type LedgerEntryFacts = z.infer<typeof ledgerEntry>;

const page = z.object({
  /** Entries before this one, newest first; absent: from the newest on. */
  before: z.number().int().min(0).optional(),
  count: z.number().int().min(1).max(500),
  text: z.string().max(200).optional(),
  type: z.string().optional(),
});

export const ledger = {
  /** Verifies the whole ledger of this home. */
  status: oc.output(ledgerStatus),
  page: oc.input(page).output(z.object({ size: z.number(), lines: z.array(ledgerLine) })),
  entry: oc.input(z.object({ seq: z.number().int().min(0) })).output(ledgerEntry),
  checkpoint: oc.output(z.object({ checkpoint: z.string(), vkey: z.string() })),
  bundle: oc
    .input(z.object({ out: localPath, withoutSql: z.boolean() }))
    .output(z.object({ path: localPath, entries: z.number(), packages: z.number() })),
};

export const auditOpened = z.object({
  path: localPath,
  name: z.string(),
  result: verifyResult,
  fingerprint: z.string().nullable(),
  /** What a package says of itself; null for a ledger. */
  tables: z
    .array(
      z.object({
        name: z.string(),
        rows: z.number().nullable(),
        bytes: z.number(),
        files: z.array(z.string()),
        masks: z.array(z.string()),
      }),
    )
    .nullable(),
  entries: z.number().nullable(),
  checkedAt: z.string(),
});
export type AuditOpened = z.infer<typeof auditOpened>;

export const audit = {
  /** Verifies a package, a bundle or a ledger. Reads only; nothing of this home is needed. */
  open: oc.input(z.object({ path: localPath, key: z.string().max(4096).optional() })).output(auditOpened),
  /** Entries of an opened bundle or ledger, as they are, broken ones included as far as they can be read. */
  page: oc.input(page.extend({ path: localPath })).output(z.object({ size: z.number(), lines: z.array(ledgerLine) })),
};
