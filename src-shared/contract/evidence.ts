import { oc } from '@orpc/contract';
import { z } from 'zod';
import { localPath, verifyResult } from './parts.ts';

/** How what an entry tells of ended; null where it tells of a beginning, or of nothing that could fail. */
export const entryOutcome = z.enum(['done', 'incomplete', 'failed', 'denied', 'cancelled', 'unknown']);
export type EntryOutcome = z.infer<typeof entryOutcome>;

export const ledgerLine = z.object({
  seq: z.number(),
  time: z.string(),
  type: z.string(),
  outcome: entryOutcome.nullable(),
  about: z.string(),
  who: z.string().nullable(),
  /** The connection; of a run's later entries it is the one that its first names. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  rows: z.number().nullable(),
  run: z.string().nullable(),
  /** Why the line cannot be read as an entry; null: it can. */
  flaw: z.string().nullable(),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

/** Values that are not wanted, by facet; an entry without the fact has the empty one. */
export const entryFilter = z.object({
  text: z.string().max(200).optional(),
  withoutNouns: z.array(z.string().max(200)).max(100).optional(),
  withoutOutcomes: z.array(z.string().max(200)).max(100).optional(),
  withoutWho: z.array(z.string().max(200)).max(100).optional(),
});
export type EntryFilter = z.infer<typeof entryFilter>;

const pageInput = z.object({
  filter: entryFilter.optional(),
  /** Place in the list of what matches, newest first; 0 is the newest. */
  from: z.number().int().min(0),
  count: z.number().int().min(1).max(500),
});

export const entryPage = z.object({
  /** Entries listed without a filter. */
  size: z.number(),
  matching: z.number(),
  from: z.number(),
  lines: z.array(ledgerLine),
});
export type EntryPage = z.infer<typeof entryPage>;

const facet = z.array(z.object({ value: z.string(), count: z.number() }));

/** How many entries there are of each noun (`export` of `export.started`), outcome and person; the most frequent ones. */
export const entryFacets = z.object({ nouns: facet, outcomes: facet, who: facet });
export type EntryFacets = z.infer<typeof entryFacets>;

export const proofStep = z.object({
  /** Where the sibling stands. */
  side: z.enum(['left', 'right']),
  /** The entries that the sibling stands for: the first, and the last. */
  first: z.number(),
  last: z.number(),
  sibling: z.string(),
  /** Hash of both together. */
  result: z.string(),
});
export type ProofStepFacts = z.infer<typeof proofStep>;

export const entryDetail = ledgerLine.extend({
  /** The exact line; bytes that are no UTF-8 are shown as U+FFFD. */
  line: z.string(),
  bytes: z.number(),
  leafHash: z.string(),
  /** What the line says; null where it cannot be read. */
  entry: z.unknown(),
  /** What the entry after it names as the hash of this one; null: there is none, or it cannot be read. */
  namedByNext: z.string().nullable(),
  proof: z.object({
    size: z.number(),
    /** The root that the checkpoint states; null: no checkpoint can be read. */
    signedRoot: z.string().nullable(),
    /** From the leaf to the root. */
    steps: z.array(proofStep),
    /** The steps lead to the root, and the root is signed by the ledger's key. */
    holds: z.boolean(),
  }),
});
export type EntryDetail = z.infer<typeof entryDetail>;

export const ledgerStatus = z.object({
  state: z.enum(['absent', 'holds', 'broken']),
  folder: localPath.nullable(),
  origin: z.string().nullable(),
  fingerprint: z.string().nullable(),
  size: z.number(),
  /** Size under the newest checkpoint kept outside that was compared; null: none is known here. */
  anchored: z.number().nullable(),
  /** The newest checkpoint that went out with a delivery, as the ledger tells it; null: none did. */
  carried: z.object({ size: z.number(), seq: z.number(), time: z.string(), to: z.string().nullable() }).nullable(),
  result: verifyResult.nullable(),
  checkedAt: z.string(),
  tookMs: z.number(),
});
export type LedgerStatus = z.infer<typeof ledgerStatus>;

export const ledgerBundle = z.object({
  path: localPath,
  entries: z.number(),
  files: z.number(),
  /** What the ledger records and the bundle does not hold, one sentence each. */
  absent: z.array(z.string()),
});
export type LedgerBundleFacts = z.infer<typeof ledgerBundle>;

const seqInput = z.object({ seq: z.number().int().min(0) });

export const ledger = {
  /** Verifies the whole ledger of this home; what was found is kept until its files change, or `fresh` is asked for. */
  status: oc.input(z.object({ fresh: z.boolean().optional() })).output(ledgerStatus),
  page: oc.input(pageInput).output(entryPage),
  facets: oc.output(entryFacets),
  entry: oc.input(seqInput).output(entryDetail),
  checkpoint: oc.output(z.object({ checkpoint: z.string(), vkey: z.string() })),
  bundle: oc.input(z.object({ out: localPath, withoutSql: z.boolean() })).output(ledgerBundle),
};

export const auditedTable = z.object({
  name: z.string(),
  rows: z.number().nullable(),
  bytes: z.number().nullable(),
  verdict: z.string().nullable(),
  why: z.string().nullable(),
  files: z.array(z.string()),
  masks: z.array(z.object({ column: z.string(), mask: z.string(), class: z.string().nullable() })),
});
export type AuditedTable = z.infer<typeof auditedTable>;

export const auditOpened = z.object({
  path: localPath,
  name: z.string(),
  result: verifyResult,
  fingerprint: z.string().nullable(),
  /** A key was given to compare with. */
  compared: z.boolean(),
  /** The signer is one that this home knows. */
  known: z.boolean(),
  /** What a package says of itself, whether or not it holds; null for others, and where it cannot be read. */
  package: z
    .object({
      title: z.string().nullable(),
      created: z.string().nullable(),
      purpose: z.string().nullable(),
      run: z.string().nullable(),
      source: z.string().nullable(),
      tables: z.array(auditedTable),
      /** Tables and files beyond those listed. */
      unlisted: z.number(),
    })
    .nullable(),
  /** How a package was read, in sentences: only what there is to tell, and of one that holds. */
  story: z.array(z.object({ about: z.string(), text: z.string() })),
  /** Lines of a bundle's or ledger's entries that can be listed; null for a package. */
  entries: z.number().nullable(),
  checkedAt: z.string(),
  tookMs: z.number(),
});
export type AuditOpened = z.infer<typeof auditOpened>;

const pathInput = z.object({ path: localPath });

export const audit = {
  /**
   * Verifies a package, a bundle or a ledger. Reads only; nothing of this home is needed. `key`: a vkey, or the
   * fingerprint of one, that came another way.
   */
  open: oc.input(pathInput.extend({ key: z.string().max(4096).optional() })).output(auditOpened),
  /** Entries of a bundle or ledger as they are; broken ones are listed as far as they can be read. */
  page: oc.input(pageInput.extend({ path: localPath })).output(entryPage),
  facets: oc.input(pathInput).output(entryFacets),
  entry: oc.input(seqInput.extend({ path: localPath })).output(entryDetail),
};
