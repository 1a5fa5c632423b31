import type { SqlStatement } from '../../src-shared/model/table-read.ts';
import type { CompiledMask } from '../../src-shared/model/compiled-plan.ts';
import { fileExtension, fileLabel } from '../engine/run/file-path.ts';
import type { Core } from './core.ts';
import { estimateTable, type TableEstimate } from './estimate-table.ts';
import { migrationScripts } from './migration-scripts.ts';
import { requireCompiled, type OpenPlan } from './open-plan.ts';

/** What a run would do with one table. */
export interface TableForecast {
  readonly name: string;
  readonly table: readonly [string, string];
  readonly statement: SqlStatement;
  readonly estimate: TableEstimate;
  /** In the order of the file. */
  readonly columns: readonly { readonly name: string; readonly mask: CompiledMask | null }[];
  /** Path in the package. */
  readonly file: string;
}

/** Paths of the scripts that a run of this plan would write beside the data. */
export function forecastScripts({ registries }: Core, open: OpenPlan): readonly string[] {
  return (migrationScripts(registries, requireCompiled(open))?.scripts ?? []).map(({ path }) => path);
}

/** What a run of this plan would read and write; nothing is read and nothing written. */
export function forecastRun({ registries }: Core, open: OpenPlan): readonly TableForecast[] {
  const compiled = requireCompiled(open);
  const extension = fileExtension(registries.formats.get(compiled.format.id), compiled.compress);
  return compiled.tables.map((table) => ({
    name: table.name,
    table: table.table,
    statement: open.connection.connector.dialect.select(table.read),
    estimate: estimateTable(table),
    columns: table.outputColumns.map(({ name }, index) => ({ name, mask: table.masks[index] ?? null })),
    file: fileLabel(table.stem, extension, compiled.chunk !== undefined),
  }));
}
