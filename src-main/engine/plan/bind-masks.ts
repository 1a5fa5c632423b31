import type { CompiledMask, OutputColumn } from '../../../src-shared/model/compiled-plan.ts';
import type { MaskSpec, Plan } from '../../../src-shared/model/plan.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import { keysOf } from '../../../src-shared/util/schema-shape.ts';
import { reportColumn, type ChosenColumns } from './choose-columns.ts';
import type { CompileRequest, FoundTable } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import type { PlanPath } from './plan-document.ts';
import { parseOptions } from './parse-options.ts';

/** A table with its columns chosen. */
export interface ChosenTable extends FoundTable, ChosenColumns {}

/** A table with its masks bound, one place per column. */
export interface MaskedTable extends ChosenTable {
  readonly masks: readonly (CompiledMask | null)[];
  readonly outputColumns: readonly OutputColumn[];
}

interface Binding {
  readonly request: CompileRequest;
  readonly findings: FindingList;
}

/** A mask as an entry of the plan asks for it, and where. */
interface AskedMask {
  readonly spec: MaskSpec;
  readonly path: PlanPath;
}

/** Binds every mask of the plan to the columns it applies to, and checks that each applies somewhere. */
export function bindMasks(plan: Plan, tables: readonly ChosenTable[], binding: Binding): readonly MaskedTable[] {
  const options = new Map<string, CompiledMask | null>();
  const masked = tables.map((table) => {
    const asked = askedMasks(table, binding.findings);
    const bound = table.columns.map((column) => {
      const ask = asked.get(column.name);
      if (ask === undefined) return { mask: null, output: outputOf(column) };
      return bindMask(table, { column, ask, options }, binding);
    });
    if (table.catalogTable === null) checkQueryColumns(table, asked, binding.findings);
    return { ...table, masks: bound.map(({ mask }) => mask), outputColumns: bound.map(({ output }) => output) };
  });
  checkEachApplies(plan, tables, binding.findings);
  return masked;
}

function askedMasks(
  { entry, index, columns, name: table }: ChosenTable,
  findings: FindingList,
): ReadonlyMap<string, AskedMask> {
  const asked = new Map<string, AskedMask>();
  for (const [name, spec] of Object.entries(entry.masks ?? {})) {
    asked.set(name, { spec, path: ['tables', index, 'masks', name] });
  }
  if (entry.columns === undefined || Array.isArray(entry.columns)) return asked;
  for (const [name, spec] of Object.entries(entry.columns)) {
    const path = ['tables', index, 'columns', name];
    const present = columns.some((column) => column.name === name);
    if (asked.has(name) && present) {
      findings.error('PLAN/INVALID', path, {
        message: `${table}: the column ${name} stands under masks and under columns.`,
        remedy: 'Keep one of them.',
        table,
        field: name,
        at: 'key',
      });
    }
    if ('mask' in spec) asked.set(name, { spec, path });
  }
  return asked;
}

interface MaskToBind {
  readonly column: ReadColumn;
  readonly ask: AskedMask;
  /** Parsed once per place in the plan, however many tables a glob matches. */
  readonly options: Map<string, CompiledMask | null>;
}

function bindMask(
  table: ChosenTable,
  { column, ask, options }: MaskToBind,
  binding: Binding,
): { readonly mask: CompiledMask | null; readonly output: OutputColumn } {
  const place = JSON.stringify(ask.path);
  const compiled = options.get(place) ?? (options.has(place) ? null : compileMask(column.name, ask, binding));
  options.set(place, compiled);
  const mask = compiled === null ? undefined : binding.request.registries.masks.find(({ id }) => id === compiled.id);
  if (compiled === null || mask === undefined) return { mask: null, output: outputOf(column) };
  const fit = mask.fit(column, compiled.options);
  if (fit.ok) {
    return { mask: compiled, output: { ...outputOf(column), type: fit.type, nullable: fit.nullable } };
  }
  binding.findings.error('PLAN/MASK_UNFIT', ask.path, {
    message: `${table.name}: ${fit.why}`,
    remedy: fit.remedy,
    table: table.name,
    field: column.name,
  });
  return { mask: compiled, output: outputOf(column) };
}

function compileMask(column: string, { spec, path }: AskedMask, { request, findings }: Binding): CompiledMask | null {
  const { mask: id, class: meaning, ...written } = spec;
  const mask = request.registries.masks.find((known) => known.id === id);
  if (mask === undefined) {
    const known = request.registries.masks.map((mask) => mask.id);
    const near = nearest(id, known);
    findings.error('PLAN/ADAPTER_UNKNOWN', [...path, 'mask'], {
      message: `There is no mask ${JSON.stringify(id)}.`,
      remedy: near === undefined ? `Known masks: ${known.join(', ')}.` : `Did you mean ${near}?`,
      field: column,
    });
    return null;
  }
  // A column's own name is its meaning where the plan gives none: equal names, equal tokens.
  const given = meaning ?? (mask.traits.needsKey ? column.toLowerCase() : undefined);
  const ownClass = given !== undefined && keysOf(mask.options).includes('class') ? { class: given } : {};
  const parsed = parseOptions(
    { schema: mask.options, written: { ...written, ...ownClass }, path, code: 'MASK/OPTION_INVALID', field: column },
    request.parsed.document,
    findings,
  );
  if (parsed === undefined) return null;
  return { id, options: parsed.options, ...(given === undefined ? {} : { class: given }) };
}

function checkQueryColumns(table: ChosenTable, asked: ReadonlyMap<string, AskedMask>, findings: FindingList): void {
  const { entry, index, columns, available } = table;
  const map = entry.columns === undefined || Array.isArray(entry.columns) ? {} : entry.columns;
  for (const name of Object.keys(map)) {
    if (available.some((column) => column.name === name)) continue;
    reportColumn(table, { name, path: ['tables', index, 'columns', name], available, at: 'key' }, findings);
  }
  for (const { name } of columns) {
    if (asked.has(name) || Object.hasOwn(map, name)) continue;
    findings.error('PLAN/INVALID', ['tables', index, 'query'], {
      message: `${table.name}: the query's column ${name} has no mask.`,
      remedy: `Give it one, or say that it goes out as it is: columns: { ${name}: { unmasked: ok } }.`,
      table: table.name,
      field: name,
    });
  }
}

/** A mask under a glob must meet a column in one of the matched tables; elsewhere, in the table. */
function checkEachApplies(plan: Plan, tables: readonly ChosenTable[], findings: FindingList): void {
  const byEntry = Map.groupBy(tables, ({ index }) => index);
  for (const [index, entry] of plan.tables.entries()) {
    const mine = byEntry.get(index) ?? [];
    const [first] = mine;
    if (first === undefined) continue;
    const reached = new Set(mine.flatMap((table) => table.columns.map((column) => column.name)));
    for (const name of Object.keys(entry.masks ?? {})) {
      if (reached.has(name)) continue;
      const path = ['tables', index, 'masks', name];
      const available = mine.flatMap((table) => table.available);
      if (!available.some((column) => column.name === name)) {
        reportColumn(first, { name, path, available, at: 'key' }, findings);
      } else {
        findings.error('PLAN/INVALID', path, {
          message: `${first.name}: the mask of ${name} applies nowhere, since the column is not chosen.`,
          remedy: 'Remove the mask, or list the column.',
          table: first.name,
          field: name,
          at: 'key',
        });
      }
    }
  }
}

function outputOf({ name, type, nativeType, nullable }: ReadColumn): OutputColumn {
  return { name, type, nativeType, nullable };
}
