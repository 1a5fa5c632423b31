import { createHash } from 'node:crypto';
import { COMPRESSION_SUFFIX, type CompressionId } from '../../../src-shared/model/compression.ts';
import { describeType, type LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { BatchColumn } from '../../../src-shared/model/row-batch.ts';
import type { SqlStatement } from '../../../src-shared/model/table-read.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import type { FormatDescription } from '../../ports/format.ts';
import type { Script } from '../../ports/migration.ts';
import type { TableJob, TableResult, WrittenFile } from '../run/table-job.ts';
import { publicWhy } from './public-why.ts';

/** What the descriptor says of a table beyond its files. */
export interface DescribedTable {
  readonly job: TableJob;
  readonly result: TableResult;
  /** Per masked column: the mask's id, class and promise. Never options that could hold a value. */
  readonly masks: Readonly<
    Record<string, { readonly mask: string; readonly class?: string; readonly promise: string }>
  >;
  readonly primaryKey: readonly string[];
  /** In words: `by id`, or `physical, not guaranteed to repeat`. */
  readonly order: string;
  /** The very statement that read it, when the plan discloses SQL. */
  readonly statement: SqlStatement | null;
}

export interface DescriptorRequest {
  readonly name: string;
  readonly run: string;
  readonly created: string;
  readonly purpose: string;
  readonly format: FormatDescription;
  /** null: files are as the format makes them. */
  readonly compression: CompressionId | null;
  readonly tables: readonly DescribedTable[];
  /** What loads the package into another database; null: the plan asks for no scripts. */
  readonly migrate: { readonly target: string; readonly scripts: readonly Script[] } | null;
  /** Where the rows are from, when the plan discloses its source. */
  readonly source: DisclosedSource | null;
}

/** What a package says of its source. `host` is absent where it is a file or a socket of one machine. */
export interface DisclosedSource {
  readonly product: string;
  readonly version: string;
  readonly host?: string;
  readonly database: string;
  readonly user: string;
}

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json';

/** `datapackage.json` (Data Package v2). Names no host, database user, SQL, literal or local path unless disclosed. */
export function buildDescriptor(request: DescriptorRequest): Record<string, unknown> {
  return {
    $schema: PROFILE,
    name: packageName(request.name),
    title: request.name,
    created: request.created,
    ...(request.source === null ? {} : { sources: [{ title: request.source.product, ...request.source }] }),
    resources: request.tables.flatMap((table) => resourceOf(table, request)),
    waybill: {
      ...{ version: 1, run: request.run, purpose: request.purpose },
      ...(request.migrate === null ? {} : { migrate: scriptsOf(request.migrate) }),
    },
  };
}

function scriptsOf({ target, scripts }: NonNullable<DescriptorRequest['migrate']>): Record<string, unknown> {
  return {
    target,
    scripts: scripts.map(({ path, text }) => {
      const bytes = utf8(text);
      return { path, bytes: bytes.length, hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
    }),
  };
}

// Data Package v2: lower-case, with `.`, `_`, `-` only.
function packageName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '') || 'package'
  );
}

function resourceOf(table: DescribedTable, { format, compression }: DescriptorRequest): Record<string, unknown>[] {
  const { job, result } = table;
  const files = filesOf(result.resources);
  if (files === null) return [];
  return [
    {
      name: packageName(job.stem),
      title: job.name,
      ...files.whole,
      format: format.format,
      mediatype: format.mediatype,
      encoding: format.encoding,
      ...(compression === null ? {} : { compression: COMPRESSION_SUFFIX[compression].slice(1) }),
      ...(format.dialect === undefined ? {} : { dialect: format.dialect }),
      schema: tableSchema(table, format),
      waybill: {
        namespace: job.table[0],
        table: job.table[1],
        ...files.waybill,
        verdict: result.verdict,
        ...publicWhy(result),
        masks: table.masks,
        order: table.order,
        ...(table.statement === null
          ? {}
          : {
              sql: table.statement.text,
              ...(table.statement.values.length === 0 ? {} : { parameters: table.statement.values }),
            }),
      },
    },
  ];
}

/**
 * A table's file, or its parts. Each part has a header and so they are not one file cut up: they have a hash each, and none
 * together. null: nothing was written.
 */
function filesOf([first, ...more]: readonly WrittenFile[]) {
  if (first === undefined) return null;
  const hashOf = ({ sha256 }: WrittenFile): string => `sha256:${sha256}`;
  if (more.length === 0) {
    const { path, bytes, rows } = first;
    return { whole: { path, bytes, hash: hashOf(first) }, waybill: { rows, ...unpackedTo(first) } };
  }
  const parts = [first, ...more];
  const sumOf = (what: 'rows' | 'bytes'): number => parts.reduce((sum, part) => sum + part[what], 0);
  return {
    whole: { path: parts.map(({ path }) => path), bytes: sumOf('bytes') },
    waybill: {
      rows: sumOf('rows'),
      parts: parts.map((part) => ({
        ...{ path: part.path, rows: part.rows, bytes: part.bytes, hash: hashOf(part) },
        ...unpackedTo(part),
      })),
    },
  };
}

/** Of a compressed file, what comes out of it: with this the unpacked file is checked. */
function unpackedTo({ plain }: WrittenFile) {
  return plain === undefined ? {} : { unpacked: { bytes: plain.bytes, hash: `sha256:${plain.sha256}` } };
}

function tableSchema(table: DescribedTable, format: FormatDescription): Record<string, unknown> {
  const written = new Set(table.job.outputSchema.columns.map((column) => column.name));
  const keyIsWhole = table.primaryKey.length > 0 && table.primaryKey.every((column) => written.has(column));
  const keyIsMasked = table.primaryKey.some((column) => column in table.masks);
  return {
    fields: table.job.outputSchema.columns.map((column) => fieldOf(column, format)),
    ...(keyIsWhole && !keyIsMasked ? { primaryKey: table.primaryKey } : {}),
    ...(format.missingValues === undefined ? {} : { missingValues: format.missingValues }),
  };
}

function fieldOf(column: BatchColumn, format: FormatDescription): Record<string, unknown> {
  const type = fieldType(column.type);
  return {
    name: column.name,
    type,
    ...(type === 'boolean' && format.trueValues !== undefined
      ? { trueValues: format.trueValues, falseValues: format.falseValues }
      : {}),
    ...(column.nullable ? {} : { constraints: { required: true } }),
    waybill: {
      native: column.nativeType,
      type: describeType(column.type),
      form: column.form === 'utf8' ? 'text' : column.form,
    },
  };
}

function fieldType(type: LogicalType): string {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'int':
      return 'integer';
    case 'decimal':
    case 'float':
      return 'number';
    case 'date':
      return 'date';
    case 'timestamp':
      return type.zone === 'offset' ? 'string' : 'datetime';
    case 'time':
      return type.zone === 'none' ? 'time' : 'string';
    case 'interval':
      return 'duration';
    case 'json':
    case 'array':
    case 'bytes':
    case 'text':
      return 'string';
  }
}
