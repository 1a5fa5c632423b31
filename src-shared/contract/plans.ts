import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { planSchema, type Plan } from '../model/plan.ts';
import { personal } from './connections.ts';
import { finding, localPath, optionField, tablePair } from './parts.ts';

const table = z.object({ namespace: z.string(), name: z.string() });
const entry = z.union([table, z.object({ query: z.string() })]);
const maskSpec = z.looseObject({ mask: z.string(), class: z.string().optional() });

/** One change of a plan file, to what it shall be: the edits of `engine/plan`, on the wire. */
export const planEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('catalog'), digest: z.string().nullable() }),
  z.object({ kind: z.literal('name'), name: z.string() }),
  z.object({ kind: z.literal('purpose'), purpose: z.string() }),
  z.object({ kind: z.literal('connection'), connection: z.string() }),
  z.object({ kind: z.literal('where'), entry, where: z.string().nullable() }),
  z.object({ kind: z.literal('limit'), entry, limit: z.number().int().nullable() }),
  z.object({ kind: z.literal('orderBy'), entry, orderBy: z.array(z.string()).nullable() }),
  z.object({ kind: z.literal('mask'), entry, column: z.string(), mask: maskSpec.nullable() }),
  z.object({ kind: z.literal('column'), entry, column: z.string(), chosen: z.boolean() }),
  z.object({ kind: z.literal('columns'), entry, columns: z.array(z.string()).max(10_000) }),
  /** Why a column that looks personal goes out as it is; a comment in the file. */
  z.object({
    kind: z.literal('remark'),
    entry,
    column: z.string(),
    remark: z.string().max(500).nullable(),
  }),
  /** Without `columns`, a table that is added gets all that can be carried exactly. */
  z.object({ kind: z.literal('table'), table, chosen: z.boolean(), columns: z.array(z.string()).optional() }),
  /** A whole block of the file: null takes it out. */
  z.object({ kind: z.literal('format'), format: z.looseObject({ type: z.string() }) }),
  /** Product that scripts are written for; null: none. */
  z.object({ kind: z.literal('migrate'), migrate: z.string().nullable() }),
  z.object({ kind: z.literal('package'), package: z.record(z.string(), z.unknown()).nullable() }),
  z.object({
    kind: z.literal('deliver'),
    deliver: z.array(z.object({ target: z.string(), path: z.string().optional() })).nullable(),
  }),
  z.object({ kind: z.literal('pseudonyms'), pseudonyms: z.record(z.string(), z.string()).nullable() }),
  z.object({ kind: z.literal('limits'), limits: z.record(z.string(), z.unknown()).nullable() }),
  z.object({ kind: z.literal('params'), params: z.record(z.string(), z.string().nullable()).nullable() }),
]);
export type PlanEditRequest = z.infer<typeof planEdit>;

/** A plan file as it stands on disk. `digest` names these very bytes: edits say which they were made on. */
export const planState = z.object({
  path: localPath,
  text: z.string(),
  digest: z.string(),
  name: z.string(),
  connection: z.string().nullable(),
  /** null while the file is no valid plan; `findings` say why. A missing purpose alone does not count here. */
  plan: z.custom<Plan>((value) => typeof value === 'object' && value !== null).nullable(),
  findings: z.array(finding),
  savedAt: z.string(),
});
export type PlanState = z.infer<typeof planState>;

/** A plan file as it stands; `writtenHere`: this core wrote that text, and no other program did, unless it put it back. */
export const planFileNow = planState.extend({ writtenHere: z.boolean() });
export type PlanFileNow = z.infer<typeof planFileNow>;

export const planSummary = z.object({
  path: localPath,
  name: z.string(),
  connection: z.string().nullable(),
  modified: z.string().nullable(),
  /** false: the file is gone; it is listed until it is taken off the list. */
  exists: z.boolean(),
});

export type PlanSummary = z.infer<typeof planSummary>;

export const compiledColumn = z.object({
  name: z.string(),
  nativeType: z.string(),
  /** The logical type in words; null: it cannot be carried exactly. */
  type: z.string().nullable(),
  kind: z.enum(['text', 'number', 'time', 'binary', 'other']),
  nullable: z.boolean(),
  /** Goes out. */
  chosen: z.boolean(),
  /** As the plan spells it. */
  mask: maskSpec.nullable(),
  personal: personal.nullable(),
  primaryKey: z.boolean(),
  foreignKey: z.string().nullable(),
  /** Why it goes out as it is, in the words of the plan. */
  remark: z.string().nullable(),
});
export type CompiledColumn = z.infer<typeof compiledColumn>;

export const tableColumns = z.object({ name: z.string(), table: tablePair, columns: z.array(compiledColumn) });
export type TableColumns = z.infer<typeof tableColumns>;

export const compiledTable = z.object({
  name: z.string(),
  table: tablePair,
  /** A query's name, when it is one. */
  query: z.string().nullable(),
  /** The pattern that brought it in; such a table has no entry of its own to edit. */
  pattern: z.string().nullable(),
  file: z.string(),
  where: z.string().nullable(),
  orderBy: z.array(z.string()),
  limit: z.number().nullable(),
  /** From statistics, at most `limit`; a filter is not looked at. */
  rows: z.number().nullable(),
  bytes: z.number().nullable(),
  /** How many columns there are, go out, are masked, and look personal and go out as they are. */
  columns: z.object({ all: z.number(), chosen: z.number(), masked: z.number(), suspected: z.number() }),
});
export type CompiledTableFacts = z.infer<typeof compiledTable>;

const catalogSignOff = z.object({
  digest: z.string().nullable(),
  state: z.enum(['accepted', 'unsigned', 'drifted']),
  /** The difference in words. */
  drift: z.array(z.string()),
});

/** A plan against the catalog of now, without its tables. */
export const compiledHead = z.object({
  /** Digest of the plan text that was compiled. */
  digest: z.string(),
  ok: z.boolean(),
  /**
   * Without those about columns that look personal and go out unmasked: the tables count them, `columns` has them, and the
   * review has every one. At most a few hundred.
   */
  findings: z.array(finding),
  catalog: catalogSignOff,
  /** Files of the package besides those of its tables. */
  papers: z.array(z.string()),
  summary: z.object({
    tables: z.number(),
    /** Sums of what is known; `unknown` tables have no statistics. */
    rows: z.number(),
    bytes: z.number(),
    unknown: z.number(),
    columns: z.number(),
    allColumns: z.number(),
    masked: z.number(),
    suspectedUnmasked: z.number(),
    /** Expected size of the package; an estimate. */
    packageBytes: z.number().nullable(),
  }),
  /** Where the package will appear unless another folder is chosen. */
  folder: localPath,
  freeBytes: z.number().nullable(),
});

/** Tables as they were told before, `count` from the place `keep` on, or tables anew. */
export const tablePiece = z.union([
  z.object({ keep: z.number().int().nonnegative(), count: z.number().int().positive() }),
  z.object({ tables: z.array(compiledTable) }),
]);
export type TablePiece = z.infer<typeof tablePiece>;

/**
 * A compiled plan comes in parts, since it may have thousands of tables: first `head`, then the pieces that its list of
 * tables is put together from, in order. `list` names that list: who has it gets only what differs next time.
 */
export const compiledPart = z.union([
  z.object({ head: compiledHead, list: z.string() }),
  z.object({ pieces: z.array(tablePiece) }),
]);
export type CompiledPart = z.infer<typeof compiledPart>;

/** The parts, put together. */
export type CompiledState = z.infer<typeof compiledHead> & { readonly tables: readonly CompiledTableFacts[] };

export const previewState = z.object({
  name: z.string(),
  table: tablePair,
  columns: z.array(z.object({ name: z.string(), type: z.string(), kind: z.string(), mask: z.string().nullable() })),
  rows: z.array(z.array(z.string().nullable())),
  originals: z.array(z.array(z.string().nullable())).optional(),
  elapsedMs: z.number(),
});
export type PreviewState = z.infer<typeof previewState>;

/** All that a run of the plan will do, checked now: against the catalog read anew, and by the server's own word. */
export const reviewState = z.object({
  /** Digest of the plan text that was looked at: what is started is this text and no other. */
  digest: z.string(),
  checkedAt: z.string(),
  catalog: catalogSignOff,
  tables: z.array(
    z.object({
      name: z.string(),
      table: tablePair,
      sql: z.string(),
      values: z.array(z.string().nullable()),
      file: z.string(),
      /** From statistics, within the limit; a filter is not looked at. */
      rows: z.number().nullable(),
      order: z.enum(['orderBy', 'query', 'key', 'physical']),
      orderBy: z.array(z.string()),
      masks: z.array(z.object({ column: z.string(), mask: z.string() })),
    }),
  ),
  files: z.array(z.string()),
  /** null: an error of the plan keeps them from being known, as it keeps the statements. */
  limits: z
    .object({
      connections: z.number(),
      rowsPerSecond: z.number(),
      bytesPerSecond: z.number(),
      statementTimeoutMs: z.number(),
      lockTimeoutMs: z.number(),
      cellBytes: z.number(),
      /** The hours in which tables are read; absent: all. */
      window: z.object({ from: z.string(), to: z.string(), zone: z.string() }).optional(),
    })
    .nullable(),
  deliveries: z.array(z.object({ target: z.string(), path: z.string() })),
  findings: z.array(finding),
  /**
   * What keeps Start waiting: the name of a production connection to be typed, and a catalog that nobody has signed off. One
   * that differs from what was signed off is an error of `findings`; `plans.accept` signs it off.
   */
  needs: z.object({ confirm: z.string().nullable(), acceptCatalog: z.boolean() }),
  /** Names the catalog and the warnings that are told here: what a start on this review accepts, and nothing that came since. */
  seen: z.string(),
  packageBytes: z.number().nullable(),
});
export type ReviewState = z.infer<typeof reviewState>;

/** `cut`: only the beginning is shown; the file itself is whole. */
export const sampleState = z.object({ file: z.string(), text: z.string(), encoding: z.string(), cut: z.boolean() });
export type SampleState = z.infer<typeof sampleState>;

/** Where a file is not simply what the source has; the kinds are those of the port. */
export const formatLimit = z.object({
  kind: z.enum(['changes', 'refuses', 'reader']),
  text: z.string(),
  /** The first of the plan's columns that are concerned, `table.column`. */
  columns: z.array(z.string()),
  /** How many are; null: it is the file as a whole. */
  count: z.number().nullable(),
});
export type FormatLimitFacts = z.infer<typeof formatLimit>;

export const formatState = z.object({
  /** `fallback` and `choices` are those under the other options of the plan, e.g. its profile. */
  fields: z.array(optionField),
  /** Words for choices, by option and value. */
  words: z.record(z.string(), z.record(z.string(), z.string())),
  /** Options that the plan gives, as they are understood: `null: NULL` is the text NULL. */
  given: z.record(z.string(), z.string()),
  /** Those that concern a column of the plan, or every file. */
  limits: z.array(formatLimit),
});
export type FormatState = z.infer<typeof formatState>;

/** A folder that a package may appear in; it need not be there yet. */
export const destinationState = z.object({
  folder: localPath,
  freeBytes: z.number().nullable(),
  /** What speaks against this folder: a volume that may be too small. */
  findings: z.array(finding),
  /** The same run from a terminal. */
  command: z.string(),
});
export type DestinationState = z.infer<typeof destinationState>;

const file = z.object({ path: localPath });
/** `base`: digest of the text that the change was made on. Another one on disk is `PLAN/CHANGED_OUTSIDE`. */
const onBase = file.extend({ base: z.string() });
const ofTable = file.extend({ table: z.string() });

export const plans = {
  list: oc.output(z.array(planSummary)),
  forget: oc.input(file),
  /** Writes a new plan file and opens it. Without a path: in the home's folder of plans, named after the plan. */
  create: oc
    .input(
      z.object({
        connection: z.string(),
        name: planSchema.shape.name,
        tables: z.array(tablePair).max(10_000),
        path: localPath.optional(),
      }),
    )
    .output(planState),
  open: oc.input(file).output(planState),
  /** Keeps a text that came without its place, in the home's folder of plans, and opens it there. */
  keep: oc.input(z.object({ fileName: z.string().max(255), text: z.string().max(1024 * 1024) })).output(planState),
  edit: oc.input(onBase.extend({ edits: z.array(planEdit).min(1).max(10_000) })).output(planState),
  /** Replaces the text: undo, and the file view. */
  write: oc.input(onBase.extend({ text: z.string().max(1024 * 1024) })).output(planState),
  saveAs: oc.input(file.extend({ to: localPath })).output(planState),
  /** The file as it is after each change from outside. */
  watch: oc.input(file).output(eventIterator(planFileNow)),
  /** `known`: the list of tables that the caller still has; one that the core has forgotten is told anew. */
  compile: oc.input(file.extend({ known: z.string().optional() })).output(eventIterator(compiledPart)),
  /**
   * The columns of these tables, chosen or not; of all without a list. `telling`: only those that are masked or look
   * personal, since a plan may have a hundred thousand others. `limit`: at most about so many columns,
   * those of tables first in which one is still to be decided about.
   */
  columns: oc
    .input(
      file.extend({
        tables: z.array(z.string()).optional(),
        telling: z.boolean(),
        limit: z.number().int().min(1).optional(),
      }),
    )
    .output(z.array(tableColumns)),
  accept: oc.input(onBase).output(planState),
  count: oc.input(file.extend({ tables: z.array(z.string()).optional(), exact: z.boolean() })).output(
    z.array(
      z.object({
        name: z.string(),
        table: tablePair,
        rows: z.number().nullable(),
        kind: z.enum(['exact', 'estimate']),
      }),
    ),
  ),
  preview: oc
    .input(ofTable.extend({ rows: z.number().int().min(1).max(1000), originals: z.boolean() }))
    .output(previewState),
  /** The first lines of the file of a table, byte for byte as they will be written (decoded for the screen). */
  sample: oc.input(ofTable.extend({ rows: z.number().int().min(1).max(50) })).output(sampleState),
  /** The format of the plan: its options as fields, and what its files do not carry. */
  format: oc.input(file).output(formatState),
  /** Reads the catalog anew and asks the server about each statement; reads no row. */
  review: oc.input(file).output(reviewState),
  /** `packageBytes`: what the review expects, to be held against the space that is there. */
  destination: oc
    .input(file.extend({ folder: localPath, acceptCatalog: z.boolean(), packageBytes: z.number().min(0).nullable() }))
    .output(destinationState),
};
