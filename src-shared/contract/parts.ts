import { z } from 'zod';
import type { ErrorCode } from '../errors/catalog.ts';
import { ERROR_CATALOG } from '../errors/catalog.ts';
import type { WireError } from '../errors/wire.ts';

/** What more than one area of the contract speaks of. Sizes are bytes, times ISO 8601 in UTC, digests `sha256:<hex>`. */

/** `[namespace, name]`, taken literally; the namespace of a query is empty. */
export const tablePair = z.tuple([z.string(), z.string()]);
export type TablePair = z.infer<typeof tablePair>;

const errorCode = z.custom<ErrorCode>((value) => typeof value === 'string' && value in ERROR_CATALOG);

export const wireError = z.custom<WireError>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && 'message' in value,
);

export const finding = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  code: errorCode,
  message: z.string(),
  remedy: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
  path: z
    .array(z.union([z.string(), z.number()]))
    .readonly()
    .optional(),
  table: z.string().optional(),
  field: z.string().optional(),
});

/** An absolute path on the machine that the core runs on. */
export const localPath = z.string().min(1).max(4096);

/** A secret on its way from a field to the vault: never logged, never given back. */
export const secretInput = z.string().min(1).max(65_536);

/** One option of an adapter, read off its schema: forms are made from these, and nothing else knows of products. */
export const optionField = z.object({
  property: z.string(),
  title: z.string(),
  kind: z.enum(['text', 'number', 'switch', 'list']),
  choices: z.array(z.string()).nullable(),
  required: z.boolean(),
  /** What is meant when nothing is given, as text; null: nothing. */
  fallback: z.string().nullable(),
  /** What holds where it is not given, in words; null: `fallback` says it, or nothing holds. */
  usual: z.string().nullable(),
  /** One sentence more than the title; null: it says all. */
  hint: z.string().nullable(),
  /** The text is characters that a file is made with, tabs and line breaks among them. */
  characters: z.boolean(),
  /** What an empty text means; null: the same as none. */
  empty: z.string().nullable(),
  /** The title of the secret that may lock what the option names; null: nothing is locked there. */
  secret: z.string().nullable(),
});
export type OptionFieldFacts = z.infer<typeof optionField>;

export const adapterFacts = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(optionField),
  /** The adapter's traits: data with which screens decide what to show. */
  traits: z.record(z.string(), z.unknown()),
});
export type AdapterFacts = z.infer<typeof adapterFacts>;

/** Values of an adapter's options, checked by its own schema in the core. */
export const optionValues = z.record(z.string(), z.unknown());

export const vaultBackend = z.enum(['keychain', 'passphrase', 'session']);

export const verdict = z.enum(['VERIFIED', 'CONSISTENT, NOT ANCHORED', 'BROKEN']);

export const verifyResult = z.object({
  verdict,
  kind: z.enum(['package', 'bundle', 'ledger']),
  signer: z.string().nullable(),
  size: z.number().optional(),
  anchored: z.number().optional(),
  findings: z.array(
    z.object({ code: z.string(), message: z.string(), seq: z.number().optional(), path: z.string().optional() }),
  ),
});
export type VerifyFacts = z.infer<typeof verifyResult>;
