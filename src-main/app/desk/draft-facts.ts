import type {
  CompiledColumn,
  CompiledState,
  CompiledTableFacts,
  TableColumns,
} from '../../../src-shared/contract/plans.ts';
import { describeType } from '../../../src-shared/model/logical-type.ts';
import { detectPersonal } from '../../engine/classify/detect-personal.ts';
import type { MaskedTable } from '../../engine/plan/bind-masks.ts';
import { describeDrift } from '../../engine/plan/catalog-drift.ts';
import { columnRemark } from '../../engine/plan/column-remark.ts';
import { fileStems } from '../../engine/plan/file-stem.ts';
import { fileExtension, fileLabel } from '../../engine/run/file-path.ts';
import type { Core } from '../core.ts';
import { estimatePackage } from '../estimate-package.ts';
import type { CompiledDraft } from './compile-draft.ts';
import { valueKind } from './value-kind.ts';

/** What screens show of a compiled draft, without its columns. */
export function draftTables(core: Core, { plan, result }: CompiledDraft): readonly CompiledTableFacts[] {
  const stems = fileStems(
    result.found.map(({ table: [namespace, name] }) => (namespace === '' ? name : `${namespace}.${name}`)),
  );
  const extension = fileExtension(core.registries.formats.get(plan.format.type), plan.package?.compress);
  const inParts = plan.package?.chunk !== undefined;
  return result.found.map((found, position) => factsOf(found, fileLabel(stems[position] ?? '', extension, inParts)));
}

function factsOf(found: MaskedTable, file: string): CompiledTableFacts {
  const { entry, catalogTable, table, name, columns, masks, available, globbed } = found;
  const limit = entry.limit ?? null;
  const estimate = catalogTable?.estimatedRows ?? null;
  const unmasked = columns.filter((_, index) => (masks[index] ?? null) === null);
  return {
    name,
    table: [...table],
    query: 'query' in entry ? entry.name : null,
    pattern: globbed && 'table' in entry ? String(entry.table) : null,
    file,
    where: 'where' in entry ? (entry.where ?? null) : null,
    orderBy: [...(entry.orderBy ?? [])],
    limit,
    rows: estimate === null ? null : Math.min(estimate, limit ?? estimate),
    bytes: catalogTable?.estimatedBytes ?? null,
    columns: {
      all: available.length,
      chosen: columns.length,
      masked: columns.length - unmasked.length,
      suspected: unmasked.filter((column) => catalogTable !== null && detectPersonal(catalogTable, column) !== null)
        .length,
    },
  };
}

/** The numbers of the slip. */
export function summaryOf(
  tables: readonly CompiledTableFacts[],
  { found }: Pick<CompiledDraft['result'], 'found'>,
): CompiledState['summary'] {
  const sum = (of: (table: CompiledTableFacts) => number): number =>
    tables.reduce((total, table) => total + of(table), 0);
  return {
    tables: tables.length,
    rows: sum(({ rows }) => rows ?? 0),
    bytes: sum(({ bytes }) => bytes ?? 0),
    unknown: tables.filter(({ rows }) => rows === null).length,
    columns: sum(({ columns }) => columns.chosen),
    allColumns: sum(({ columns }) => columns.all),
    masked: sum(({ columns }) => columns.masked),
    suspectedUnmasked: sum(({ columns }) => columns.suspected),
    packageBytes: estimatePackage(found),
  };
}

export function catalogStateOf({ plan, acceptedShape, result }: CompiledDraft): CompiledState['catalog'] {
  const now = result.catalog;
  const digest = now?.digest ?? null;
  if (plan.catalog === undefined) return { digest, state: 'unsigned', drift: [] };
  if (now === null || plan.catalog === now.digest) return { digest, state: 'accepted', drift: [] };
  return {
    digest,
    state: 'drifted',
    drift: acceptedShape === null ? [] : [...describeDrift(acceptedShape, now.shape)],
  };
}

interface ColumnsAsked {
  readonly tables: readonly string[] | undefined;
  readonly telling: boolean;
  readonly limit?: number | undefined;
}

/** The columns of tables of a draft. */
export function draftColumns(
  { parsed, result }: CompiledDraft,
  { tables, telling, limit = Infinity }: ColumnsAsked,
): TableColumns[] {
  const wanted = tables === undefined ? null : new Set(tables);
  const found = result.found
    .filter(({ name }) => wanted === null || wanted.has(name))
    .map((table) => ({
      name: table.name,
      table: [...table.table] as [string, string],
      columns: columnsOf(table, parsed, telling),
    }))
    .filter(({ columns }) => !telling || columns.length > 0);
  return limit === Infinity ? found : firstOf(found, limit);
}

/** Tables until there are enough columns, those first in which one is still to be decided about; in the order of the plan. */
function firstOf(tables: readonly TableColumns[], limit: number): TableColumns[] {
  const isOpen = ({ columns }: TableColumns): boolean =>
    columns.some(({ mask, personal, remark }) => mask === null && personal !== null && remark === null);
  const taken = new Set<TableColumns>();
  let left = limit;
  for (const table of [...tables.filter(isOpen), ...tables.filter((one) => !isOpen(one))]) {
    if (left <= 0) break;
    taken.add(table);
    left -= table.columns.length;
  }
  return tables.filter((table) => taken.has(table));
}

function columnsOf(found: MaskedTable, { document }: CompiledDraft['parsed'], telling: boolean): CompiledColumn[] {
  const { available, columns, catalogTable, entry, index } = found;
  const chosen = new Set(columns.map(({ name }) => name));
  const asked = asWritten(entry);
  return available.flatMap((column): CompiledColumn[] => {
    const { name, nativeType, type, nullable } = column;
    const personal = catalogTable === null ? null : detectPersonal(catalogTable, column);
    const mask = chosen.has(name) ? (asked.get(name) ?? null) : null;
    if (telling && (!chosen.has(name) || (mask === null && personal === null))) return [];
    const key = catalogTable?.foreignKeys.find((each) => each.columns.includes(name));
    return [
      {
        name,
        nativeType,
        type: type === null ? null : describeType(type),
        kind: type === null ? 'other' : valueKind(type),
        nullable,
        chosen: chosen.has(name),
        mask,
        personal,
        primaryKey: catalogTable?.primaryKey.includes(name) ?? false,
        foreignKey: key === undefined ? null : `${key.references.namespace}.${key.references.name}`,
        remark: personal === null ? null : columnRemark(document, index, name),
      },
    ];
  });
}

/** Masks by column, as the plan spells them. */
function asWritten(entry: MaskedTable['entry']): ReadonlyMap<string, { readonly mask: string }> {
  const listed = entry.columns === undefined || Array.isArray(entry.columns) ? {} : entry.columns;
  const masks = new Map<string, { readonly mask: string }>();
  for (const [name, spec] of Object.entries({ ...entry.masks, ...listed })) {
    if ('mask' in spec && typeof spec.mask === 'string') masks.set(name, { ...spec, mask: spec.mask });
  }
  return masks;
}
