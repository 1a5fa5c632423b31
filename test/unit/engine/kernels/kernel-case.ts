import { csv } from '../../../../src-main/formats/csv/index.ts';
import type { CsvOptions } from '../../../../src-main/formats/csv/csv-options.ts';
import { maskBatch } from '../../../../src-main/engine/run/mask-batches.ts';
import { masks as allMasks } from '../../../../src-main/masks/registry.ts';
import type { CellProgram, FusedKernel, WireForm, WireWriter } from '../../../../src-main/ports/kernel.ts';
import type { BatchSchema, RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import { TYPES } from '../../../fakes/batch-schema.ts';
import { testProfiles } from '../../../fakes/csv-profiles.ts';
import { MemorySink } from '../../../fakes/memory-sink.ts';

export const context = { profiles: testProfiles };
const pseudonym = { master: new Uint8Array(32).fill(7), domain: 'd', class: 'person.email' };

export interface Chosen {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

function maskNamed({ id, options }: Chosen) {
  const mask = allMasks.find((each) => each.id === id);
  if (mask === undefined) throw new Error(`no mask ${id}`);
  return { mask, options: mask.options.parse(options) };
}

/** What a masked column is for the format: text, unless the mask keeps the type. */
function outputSchema(schema: BatchSchema, chosen: readonly (Chosen | null)[]): BatchSchema {
  const columns = schema.columns.map((column, i) => {
    const id = chosen[i]?.id;
    return id === undefined || id === 'constant' || id === 'nullify'
      ? column
      : { ...column, type: TYPES.text, form: 'utf8' as const };
  });
  return { ...schema, columns };
}

/** What is compared: the same batches to both. */
export interface Case {
  readonly schema: BatchSchema;
  readonly encodings?: WireForm['encodings'];
  readonly kernel: FusedKernel;
  /** Split, for the path through cells: fragments too. Made anew for each call. */
  readonly cells: () => Iterable<RowBatch>;
  /** Unsplit, for the kernel; batches that have cells go through them here too. */
  readonly wire: () => Iterable<RowBatch>;
  readonly masks: readonly (Chosen | null)[];
  readonly options: CsvOptions;
}

function bound({ schema, masks }: Case) {
  return masks.flatMap((chosen, column) => {
    const source = schema.columns[column];
    if (chosen === null || source === undefined) return [];
    const { mask, options: parsed } = maskNamed(chosen);
    return [{ column, kernel: mask.kernel(source, parsed, { pseudonym }) }];
  });
}

/** The reference: through cells, masks and the encoder. */
export function throughCells(one: Case): Uint8Array | string {
  const sink = new MemorySink();
  const encoder = csv.encoder(outputSchema(one.schema, one.masks), one.options, context);
  const masks = bound(one);
  return codeOf(() => {
    for (const batch of one.cells()) {
      maskBatch(batch, masks);
      encoder.encode(batch, sink);
    }
    return sink.written();
  });
}

/** null: the kernel leaves it to the path through cells. */
export function planWriter({ schema, encodings = null, kernel, masks, options }: Case): WireWriter | null {
  const layout = csv.encoder(outputSchema(schema, masks), options, context).layout;
  if (layout === null) return null;
  const programs: (CellProgram | null)[] = [];
  for (const [i, chosen] of masks.entries()) {
    const source = schema.columns[i];
    if (chosen === null || source === undefined) {
      programs.push(null);
      continue;
    }
    const { mask, options: parsed } = maskNamed(chosen);
    const program = mask.program(source, parsed, { pseudonym });
    if (program === null) return null;
    programs.push(program);
  }
  return kernel.plan({ schema, encodings, layout, masks: programs });
}

/** null: the kernel leaves it to the path through cells. */
export function throughKernel(one: Case): Uint8Array | string | null {
  const writer = planWriter(one);
  if (writer === null) return null;
  const sink = new MemorySink();
  const encoder = csv.encoder(outputSchema(one.schema, one.masks), one.options, context);
  const masks = bound(one);
  return codeOf(() => {
    let rowsBefore = 0;
    for (const batch of one.wire()) {
      if (batch.fragment || batch.cells > 0) {
        maskBatch(batch, masks);
        encoder.encode(batch, sink);
      } else {
        writer.write(batch, rowsBefore, sink);
        encoder.skip(batch.rows);
      }
      rowsBefore += batch.rows;
    }
    return sink.written();
  });
}

export function codeOf(write: () => Uint8Array): Uint8Array | string {
  try {
    return write();
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

export function asText(result: Uint8Array | string | null): string | null {
  return result instanceof Uint8Array ? Buffer.from(result).toString('latin1') : result;
}
