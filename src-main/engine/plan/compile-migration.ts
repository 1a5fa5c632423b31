import type { CompiledPlan, CompiledTable } from '../../../src-shared/model/compiled-plan.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { counted } from '../../../src-shared/util/format-number.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { MigrationTarget } from '../../ports/migration.ts';
import { databaseSchema } from '../migrate/database-schema.ts';
import type { MigratedTable } from '../migrate/migrated-table.ts';
import type { MaskedTable } from './bind-masks.ts';
import { entryPath } from './choose-columns.ts';
import type { CompileRequest } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import { filePath } from '../run/file-path.ts';

/** Notes of one table that a finding tells; the script has all of them. */
const NOTES_TOLD = 6;

interface Tables {
  readonly masked: readonly MaskedTable[];
  /** Those of the run, with their files. */
  readonly kept: readonly CompiledTable[];
}

interface Compiling {
  readonly request: CompileRequest;
  readonly findings: FindingList;
}

/** What the scripts are made from; null: the plan asks for none, or they cannot be written, with findings. */
export function compileMigration(
  plan: Plan,
  { masked, kept }: Tables,
  { request, findings }: Compiling,
): NonNullable<CompiledPlan['migrate']> | null {
  if (plan.migrate === undefined) return null;
  const target = findTarget(plan.migrate, request, findings);
  if (target === null) return null;
  const extension = request.registries.formats.find(({ id }) => id === plan.format.type)?.extension ?? '';
  const byName = new Map(kept.map((table) => [table.name, table]));
  const tables = masked.flatMap((table): MigratedTable[] => {
    const compiled = byName.get(table.name);
    if (compiled === undefined || table.columns.length === 0) return [];
    // Of parts only the first is known; the scripts that are written name them all.
    const path = filePath(compiled.stem, extension, plan.package?.chunk === undefined ? null : 1);
    return [{ masked: table, paths: [path], keepsApart: (column) => keepsApart(table, column, request) }];
  });
  const schema = databaseSchema({ tables, catalog: request.catalog, own: request.connector === target.id });
  if (!findings.hasErrors) warn(target.write(schema).notes, { masked, target, findings });
  return { target: target.id, schema };
}

function findTarget(id: string, { registries }: CompileRequest, findings: FindingList): MigrationTarget | null {
  const found = registries.migrationTargets.find((known) => known.id === id);
  if (found !== undefined) return found;
  const known = registries.migrationTargets.map((target) => target.id);
  const remedy = `Use one of: ${known.join(', ')}.`;
  // A product whose CSV is known, and not yet what makes tables of it.
  if (registries.formatContext.profiles.has(id)) {
    const message = `This version cannot write scripts for ${id}.`;
    findings.error('PLAN/FEATURE_UNSUPPORTED', ['migrate'], { message, remedy });
    return null;
  }
  const near = nearest(id, known);
  findings.error('PLAN/ADAPTER_UNKNOWN', ['migrate'], {
    message: `There is no product ${JSON.stringify(id)} to write scripts for.`,
    remedy: near === undefined ? remedy : `Did you mean ${near}?`,
  });
  return null;
}

/** A mask with a key gives each value a token of its own; others give many values the same one. */
function keepsApart({ columns, masks }: MaskedTable, name: string, { registries }: CompileRequest): boolean {
  const mask = masks[columns.findIndex((column) => column.name === name)] ?? null;
  return mask === null || registries.masks.some(({ id, traits }) => id === mask.id && traits.needsKey);
}

interface Warning {
  readonly masked: readonly MaskedTable[];
  readonly target: MigrationTarget;
  readonly findings: FindingList;
}

/** One warning per table, which a person accepts before the run. */
function warn(notes: readonly SchemaNote[], { masked, target, findings }: Warning): void {
  const byName = new Map(masked.map((table) => [table.name, table]));
  for (const [name, own] of Map.groupBy(notes, ({ table }) => table)) {
    const table = byName.get(name ?? '');
    const told = own.slice(0, NOTES_TOLD).map(({ text }) => text);
    const more = own.length > told.length ? [`And ${counted(own.length - told.length, 'more thing')}.`] : [];
    findings.warning('PLAN/LOSSY_FIELD', table === undefined ? ['migrate'] : entryPath(table), {
      message: `${name === null ? '' : `${name}: `}For ${target.title}: ${[...told, ...more].join(' ')}`,
      remedy: 'Accept it, or change the plan; the head of ddl.sql lists everything.',
      ...(name === null ? {} : { table: name }),
    });
  }
}
