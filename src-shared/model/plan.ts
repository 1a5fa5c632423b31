import { z } from 'zod';
import { COMPRESSIONS } from './compression.ts';
import { DELIVERY_PATH } from './delivery-path.ts';
import { DEFAULT_LIMITS, isTimeZone, LIMIT_RANGES, SIZE_TEXT, TIME_OF_DAY, type NumberRange } from './limit-rules.ts';

/**
 * The plan file (docs/spec/plan.md): what a person writes, a program edits and Git keeps. The schema describes the file
 * as written; nothing is filled in here. `docs/spec/plan.schema.json` is generated from it.
 */
export const PLAN_VERSION = 1;
/** A larger plan file is refused unread. */
export const PLAN_MAX_BYTES = 1024 * 1024;

const name = z.string().min(1, 'must not be empty').max(1024, 'is longer than 1,024 characters');
const sqlText = z.string().regex(/\S/, 'must not be empty');

/** `namespace.table` with globs, or the two names taken literally. */
export const tablePatternSchema = z
  .union([name, z.tuple([name, name])], { error: 'must be namespace.table, or [namespace, name] taken literally' })
  .meta({ description: 'namespace.table with the globs * and ?, or the two names taken literally' });

/** A mask with its options; the mask's own schema checks the options when the plan is compiled. */
export const maskSpecSchema = z.looseObject({
  mask: name,
  class: z
    .string()
    .regex(/^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,127}$/u, 'must be a short word such as person.email')
    .optional()
    .meta({ description: 'Meaning of the column, e.g. person.email: same class, same token' }),
});

const unmaskedSchema = z.strictObject({ unmasked: z.literal('ok', 'must be ok') });
const queryColumnSchema = z.union([unmaskedSchema, maskSpecSchema], {
  error: 'must be a mask, or { unmasked: ok }',
});

const columnList = z.array(name).min(1, 'must name at least one column');
const orderBy = z.array(name).meta({ description: 'Column names; `name desc` for descending order' });
const limit = z.int().min(0, 'must not be negative');
const masks = z.record(name, maskSpecSchema);

export const planTableSchema = z.strictObject({
  table: tablePatternSchema,
  columns: columnList.optional(),
  where: sqlText.optional(),
  orderBy: orderBy.optional(),
  limit: limit.optional(),
  masks: masks.optional(),
});

export const planQuerySchema = z.strictObject({
  query: sqlText,
  name,
  columns: z
    .union([columnList, z.record(name, queryColumnSchema)], {
      error: 'must be a list of columns, or say how each goes out',
    })
    .optional(),
  orderBy: orderBy.optional(),
  limit: limit.optional(),
  masks: masks.optional(),
});

/** Text that is no size is told what one is, and so is what is neither text nor a number. */
const sizeOf = (words: string) => z.union([z.int().min(1), z.string().regex(SIZE_TEXT, words)], { error: words });

const size = sizeOf('must be a size such as 64MiB');
const PACE_WORDS = 'must be a size such as 10MiB, or 0';

// Files of a package are data: nobody executes them, the owner can always read and write, and others never write.
const PACKAGE_MODE = /^0?6[046][04]$/;

const packageSchema = z.strictObject({
  compress: z.enum(COMPRESSIONS).optional(),
  chunk: z
    .union([z.strictObject({ rows: z.int().min(1) }), z.strictObject({ bytes: size })], {
      error: 'must be { rows: N } or { bytes: SIZE }',
    })
    .optional()
    .meta({ description: 'How large a file may become, in rows or in bytes before compression' }),
  encrypt: z.strictObject({ openpgp: z.strictObject({ recipients: z.array(name).min(1) }) }).optional(),
  disclose: z.array(z.enum(['source', 'sql'])).optional(),
  mode: z
    .string()
    .regex(
      PACKAGE_MODE,
      'must be an octal mode such as 0640: 6 for the owner, 0, 4 or 6 for the group, 0 or 4 for others',
    )
    .optional(),
});

const deliverSchema = z.strictObject({
  target: name,
  path: z.string().regex(DELIVERY_PATH, 'must be a relative path without .. parts').optional(),
});

/** How long a lock is waited for where the plan says nothing: those who queue behind us wait as long. */
export const DEFAULT_LOCK_TIMEOUT_MS = DEFAULT_LIMITS.lockTimeoutMs;

/** How long a pause lasts at most where the plan says nothing. */
export const DEFAULT_PAUSE_MINUTES = DEFAULT_LIMITS.pauseMinutes;

const timeOfDay = z.string().regex(TIME_OF_DAY, 'must be a time of day such as 22:00');

const windowSchema = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay,
    zone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Berlin, UTC or +01:00'),
  })
  .refine(({ from, to }) => from !== to, 'must end at another time than it begins')
  .meta({ description: 'The hours in which tables are read; outside of them a run waits, or ends to be resumed' });

const within = ({ least, most }: NumberRange) => z.int().min(least).max(most);

export const planLimitsSchema = z.strictObject({
  connections: within(LIMIT_RANGES.connections).optional(),
  rowsPerSecond: within(LIMIT_RANGES.rowsPerSecond).optional(),
  bytesPerSecond: z
    .union([z.literal(0), sizeOf(PACE_WORDS)], { error: PACE_WORDS })
    .optional()
    .meta({ description: 'Bytes written in a second, before compression' }),
  statementTimeoutMs: within(LIMIT_RANGES.statementTimeoutMs).optional(),
  lockTimeoutMs: within(LIMIT_RANGES.lockTimeoutMs).optional(),
  cellBytes: size.optional(),
  window: windowSchema.optional(),
  pauseMinutes: within(LIMIT_RANGES.pauseMinutes)
    .optional()
    .meta({ description: 'How long a pause lasts at most; then the run goes on by itself. 0: it cannot be paused' }),
});

// The name becomes part of a folder's name on any operating system.
const PLAN_NAME = /^[\p{L}\p{N}_-](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_-])?$/u;

const CATALOG_DIGEST = /^sha256:[0-9a-f]{64}$/;

export const planSchema = z.strictObject({
  waybill: z.literal(PLAN_VERSION),
  name: z
    .string()
    .max(100, 'is longer than 100 characters')
    .regex(PLAN_NAME, 'must consist of letters, digits, dot, dash and underscore, without a dot at either end')
    .refine((text) => new TextEncoder().encode(text).length <= 120, 'is longer than 120 bytes'),
  purpose: z
    .string()
    .max(2000, 'is longer than 2,000 characters')
    .regex(/\S/, 'must say why this export is made; it is recorded in the ledger'),
  connection: name,
  catalog: z.string().regex(CATALOG_DIGEST, 'must be the sha256: digest that `plan check --accept` writes').optional(),
  params: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a name of letters, digits and _'),
      z.string().nullable(),
    )
    .optional(),
  pseudonyms: z.strictObject({ key: name.optional(), domain: name.optional() }).optional(),
  tables: z.array(z.union([planTableSchema, planQuerySchema])),
  exclude: z.array(tablePatternSchema).optional(),
  format: z.looseObject({ type: name }),
  migrate: name.optional().meta({
    description: 'Database the package is loaded into: adds the scripts that make its tables and load them',
  }),
  package: packageSchema.optional(),
  deliver: z.array(deliverSchema).optional(),
  limits: planLimitsSchema.optional(),
});

export type TablePattern = z.infer<typeof tablePatternSchema>;
export type MaskSpec = z.infer<typeof maskSpecSchema>;
export type PlanTable = z.infer<typeof planTableSchema>;
export type PlanQuery = z.infer<typeof planQuerySchema>;
export type PlanEntry = PlanTable | PlanQuery;
export type Plan = z.infer<typeof planSchema>;

/** Formats that the plan file knows by name, whether or not this version writes them. */
export const PLAN_FORMATS = ['csv', 'ndjson', 'json', 'xml', 'parquet', 'avro', 'xlsx', 'sql'] as const;

/** Bytes of a size as the plan writes it: `64MiB`, `5 GB`, or a number of bytes. */
export function sizeInBytes(written: string | number): number {
  if (typeof written === 'number') return written;
  const [, digits = '0', unit = 'B'] = /^(\d+) ?([A-Za-z]+)$/.exec(written) ?? [];
  const power = ['B', 'K', 'M', 'G', 'T'].indexOf(unit.slice(0, 1).toUpperCase());
  return Number(digits) * (unit.endsWith('iB') ? 1024 : 1000) ** power;
}
