import { appError } from '../../src-shared/errors/app-error.ts';
import type { CompiledMask, CompiledPlan, CompiledTable } from '../../src-shared/model/compiled-plan.ts';
import type { BatchSchema } from '../../src-shared/model/row-batch.ts';
import type { BoundMask } from '../engine/run/mask-batches.ts';
import type { BoundFormat, TableJob } from '../engine/run/table-job.ts';
import type { Connector } from '../ports/connector.ts';
import type { CellProgram, WireForm, WireWriter } from '../ports/kernel.ts';
import type { Mask, MaskContext } from '../ports/mask.ts';
import type { Core, Registries } from './core.ts';
import { parseOptions } from './option-fields.ts';
import { connectionKeyName, openKey, type PseudonymKey } from './pseudonym-keys.ts';

export interface BoundRun {
  readonly format: BoundFormat;
  readonly jobs: readonly TableJob[];
  readonly key: PseudonymKey | null;
}

export interface BindRequest {
  readonly compiled: CompiledPlan;
  readonly connector: Connector;
}

/** Turns a compiled plan, which is pure data, into jobs with live masks, format and kernels. */
export async function bindJobs(core: Core, request: BindRequest): Promise<BoundRun> {
  const { compiled, connector } = request;
  const format = bindFormat(core.registries, compiled);
  const key =
    compiled.pseudonyms === null
      ? null
      : await openKey(core, compiled.pseudonyms.key ?? connectionKeyName(compiled.connection));
  const jobs = compiled.tables.map((table) => bindTable(table, { core, connector, format, key, request }));
  return { format, jobs, key };
}

function bindFormat(registries: Registries, compiled: CompiledPlan): BoundFormat {
  const format = registries.formats.get(compiled.format.id);
  if (format === undefined) {
    throw appError('PLAN/ADAPTER_UNKNOWN', { message: `There is no format named ${compiled.format.id}.` });
  }
  const options = parseOptions(format.options, compiled.format.options, 'FORMAT/OPTION_INVALID');
  // Options that contradict each other are found here, before anything is read.
  format.describe(options, registries.formatContext);
  return { format, options, context: registries.formatContext };
}

interface TableBinding {
  readonly core: Core;
  readonly connector: Connector;
  readonly format: BoundFormat;
  readonly key: PseudonymKey | null;
  readonly request: BindRequest;
}

function bindTable(table: CompiledTable, binding: TableBinding): TableJob {
  const { registries } = binding.core;
  const sourceSchema = binding.connector.batchSchema(table.read.columns);
  const masks = bindMasks(table, sourceSchema, binding);
  const outputSchema: BatchSchema = {
    escape: sourceSchema.escape,
    columns: sourceSchema.columns.map((column, index) => {
      const output = table.outputColumns[index];
      const masked = (table.masks[index] ?? null) !== null;
      if (!masked || output === undefined) return column;
      const form = output.type.kind === 'bytes' ? column.form : 'utf8';
      return { ...column, type: output.type, nullable: output.nullable, form };
    }),
  };
  const streamsLongCells =
    binding.format.format.traits.streamsLongCells &&
    table.masks.every((mask) => mask === null || maskOf(registries, mask.id).traits.streamsLongCells);
  return {
    name: table.name,
    table: table.table,
    stem: table.stem,
    read: table.read,
    ...(table.cutBy === undefined ? {} : { cutBy: table.cutBy }),
    ...(table.filledBy === undefined ? {} : { filledBy: table.filledBy }),
    line: table.line,
    sourceSchema,
    outputSchema,
    masks,
    streamsLongCells,
    openWireWriter: () => findWireWriter(table, { sourceSchema, outputSchema, binding }),
    estimatedRows: table.estimatedRows,
  };
}

function bindMasks(table: CompiledTable, schema: BatchSchema, { core, key, request }: TableBinding): BoundMask[] {
  return table.masks.flatMap((mask, index): BoundMask[] => {
    const column = schema.columns[index];
    if (mask === null || column === undefined) return [];
    const context = maskContext(mask, { key, request });
    return [{ column: index, kernel: maskOf(core.registries, mask.id).kernel(column, mask.options, context) }];
  });
}

function maskContext(mask: CompiledMask, { key, request }: Pick<TableBinding, 'key' | 'request'>): MaskContext {
  if (key === null || mask.class === undefined) return {};
  const domain = request.compiled.pseudonyms?.domain ?? '';
  return { pseudonym: { master: key.master, domain, class: mask.class } };
}

function findWireWriter(
  table: CompiledTable,
  {
    sourceSchema,
    outputSchema,
    binding,
  }: { sourceSchema: BatchSchema; outputSchema: BatchSchema; binding: TableBinding },
): WireWriter | null {
  const { format, options, context } = binding.format;
  const { connector, core } = binding;
  const lean = connector.dialect.leanWire?.(table.read.columns) ?? null;
  const forms: WireForm[] = [...(lean === null ? [] : [lean]), { name: connector.traits.wire, encodings: null }];
  const candidates = forms.flatMap(({ name, encodings }) =>
    core.registries.kernels.filter(({ wire }) => wire === name).map((kernel) => ({ kernel, encodings })),
  );
  const layout = candidates.length === 0 ? null : format.encoder(outputSchema, options, context).layout;
  if (layout === null) return null;
  for (const { kernel, encodings } of candidates) {
    // Anew for each: who plans a writer takes the keys in and wipes them.
    const masks = maskPrograms(table, sourceSchema, binding);
    try {
      if (!masks.every((program) => program !== 'none')) return null;
      const writer = kernel.plan({ schema: sourceSchema, encodings, layout, masks });
      if (writer !== null) return writer;
    } finally {
      // A writer has taken its keys in; without one they are not needed.
      for (const program of masks) {
        if (program !== null && program !== 'none' && program.op === 'token') program.key.fill(0);
      }
    }
  }
  return null;
}

/** Per column: null without a mask, `none` where the mask is not data alone. */
function maskPrograms(
  table: CompiledTable,
  schema: BatchSchema,
  binding: TableBinding,
): readonly (CellProgram | null | 'none')[] {
  return schema.columns.map((column, index) => {
    const mask = table.masks[index] ?? null;
    if (mask === null) return null;
    const context = maskContext(mask, binding);
    return maskOf(binding.core.registries, mask.id).program(column, mask.options, context) ?? 'none';
  });
}

function maskOf(registries: Registries, id: string): Mask {
  const mask = registries.masks.get(id);
  if (mask !== undefined) return mask;
  throw appError('PLAN/ADAPTER_UNKNOWN', { message: `There is no mask named ${id}.` });
}
