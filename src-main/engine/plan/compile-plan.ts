import type { CompiledPlan, CompiledTable } from '../../../src-shared/model/compiled-plan.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { PLAN_FORMATS, sizeInBytes, type Plan } from '../../../src-shared/model/plan.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import { bindMasks, type ChosenTable, type MaskedTable } from './bind-masks.ts';
import { checkCatalog, type CatalogState } from './check-catalog.ts';
import { checkForeignKeys } from './check-foreign-keys.ts';
import { chooseColumns, entryPath } from './choose-columns.ts';
import type { CompileRequest } from './compile-request.ts';
import { fileStems } from './file-stem.ts';
import { findTables } from './find-tables.ts';
import { FindingList } from './finding-list.ts';
import { keepOnly } from './keep-only.ts';
import { parseOptions } from './parse-options.ts';
import { checkParams, effectiveParams, operatorSql, paramsOf } from './query-parameters.ts';
import { warnOfSuspects } from './warn-of-suspects.ts';

export interface CompileResult {
  /** null where a finding is an error. */
  readonly compiled: CompiledPlan | null;
  /** Those of `parsePlan` included, in the order of the file. */
  readonly findings: readonly Finding[];
  /** The catalog as it is now, to be accepted; null where the tables could not be found. */
  readonly catalog: CatalogState | null;
}

const DEFAULT_CELL_BYTES = 64 * 1024 * 1024;

/** Resolves a plan against a catalog. Pure: reads nothing, asks nobody, and gives the same result for the same request. */
export function compilePlan(request: CompileRequest): CompileResult {
  const { plan, document, findings: known } = request.parsed;
  const findings = new FindingList(document, known);
  if (plan === null) return { compiled: null, findings: findings.all(), catalog: null };
  const format = compileFormat(plan, request, findings);
  const found = findTables(plan, request, findings);
  const chosen = found.flatMap((table): readonly ChosenTable[] => {
    const columns = chooseColumns(table, request, findings);
    return columns === null ? [] : [{ ...table, ...columns }];
  });
  const catalog =
    chosen.length < found.length || chosen.length === 0 ? null : checkCatalog(plan, chosen, { request, findings });
  const masked = bindMasks(plan, chosen, { request, findings });
  checkForeignKeys(masked, findings);
  warnOfSuspects(masked, request, findings);
  const tables = compileTables(plan, masked, { request, findings });
  const kept = keepOnly(tables, request.only ?? [], findings);
  if (findings.hasErrors || format === undefined || catalog === null) {
    return { compiled: null, findings: findings.all(), catalog };
  }
  const compiled = freeze({ ...settings(plan, kept, request), catalog: catalog.digest, tables: kept, format });
  return { compiled, findings: findings.all(), catalog };
}

function compileFormat(
  plan: Plan,
  { registries, parsed }: CompileRequest,
  findings: FindingList,
): CompiledPlan['format'] | undefined {
  const { type: id, ...written } = plan.format;
  const format = registries.formats.find((known) => known.id === id);
  if (format !== undefined) {
    const asked = { schema: format.options, written, path: ['format'], code: 'FORMAT/OPTION_INVALID' } as const;
    const parsedOptions = parseOptions(asked, parsed.document, findings);
    return parsedOptions === undefined ? undefined : { id, options: parsedOptions.options };
  }
  const known = registries.formats.map((known) => known.id);
  const path = ['format', 'type'];
  const remedy = `Use one of: ${known.join(', ')}.`;
  if ((PLAN_FORMATS as readonly string[]).includes(id)) {
    findings.error('PLAN/FEATURE_UNSUPPORTED', path, { message: `This version cannot write ${id}.`, remedy });
  } else {
    const near = nearest(id, known);
    findings.error('PLAN/ADAPTER_UNKNOWN', path, {
      message: `There is no format ${JSON.stringify(id)}.`,
      remedy: near === undefined ? remedy : `Did you mean ${near}?`,
    });
  }
  return undefined;
}

interface Compiling {
  readonly request: CompileRequest;
  readonly findings: FindingList;
}

function compileTables(plan: Plan, tables: readonly MaskedTable[], compiling: Compiling): readonly CompiledTable[] {
  const { request, findings } = compiling;
  const params = effectiveParams(plan, request.params);
  const used = new Set<string>();
  const stems = fileStems(
    tables.map(({ table: [namespace, name] }) => (namespace === '' ? name : `${namespace}.${name}`)),
  );
  const compiled = tables.map((table, position) => {
    const own = paramsOf(table, params, compiling);
    for (const name of Object.keys(own ?? {})) used.add(name);
    const read = readOf(table, own ?? {});
    if (own !== null && read.columns.length > 0) checkSql(table, read, compiling);
    return compileTable(table, read, stems[position] ?? table.name);
  });
  // A refused statement may use any of them.
  if (!findings.hasErrors) checkParams(plan, { request, used, findings });
  else checkParams(plan, { request, used: new Set(Object.keys(params)), findings });
  return compiled;
}

function readOf(table: MaskedTable, params: TableRead['params']): TableRead {
  const { entry, catalogTable, columns, orderBy } = table;
  return {
    source:
      'query' in entry || catalogTable === null
        ? { kind: 'query', sql: 'query' in entry ? entry.query : '' }
        : { kind: 'table', table: { namespace: catalogTable.namespace, name: catalogTable.name } },
    columns,
    where: 'where' in entry ? (entry.where ?? null) : null,
    orderBy,
    limit: entry.limit ?? null,
    params,
  };
}

/** The very statements of run and count, built once here, so that refused SQL is a finding and not a failed run. */
function checkSql(table: MaskedTable, read: TableRead, { request, findings }: Compiling): void {
  try {
    request.dialect.select(read);
    request.dialect.count(read);
  } catch (error) {
    findings.thrown(error, operatorSql(table)?.path ?? entryPath(table), table.name);
  }
}

function compileTable(table: MaskedTable, read: TableRead, stem: string): CompiledTable {
  const { name, catalogTable, masks, outputColumns } = table;
  const unordered = catalogTable === null ? 'query' : 'physical';
  return {
    name,
    table: table.table,
    stem,
    read,
    masks,
    order: read.orderBy.length > 0 ? 'orderBy' : unordered,
    outputColumns,
    primaryKey: catalogTable?.primaryKey ?? [],
    estimatedRows: catalogTable?.estimatedRows ?? null,
    estimatedBytes: catalogTable?.estimatedBytes ?? null,
  };
}

function settings(
  plan: Plan,
  tables: readonly CompiledTable[],
  request: CompileRequest,
): Omit<CompiledPlan, 'catalog' | 'tables' | 'format'> {
  const keyed = new Set(request.registries.masks.flatMap(({ id, traits }) => (traits.needsKey ? [id] : [])));
  const needsKey = tables.some(({ masks }) => masks.some((mask) => mask !== null && keyed.has(mask.id)));
  return {
    version: 1,
    name: plan.name,
    purpose: plan.purpose,
    connection: plan.connection,
    params: effectiveParams(plan, request.params),
    pseudonyms: needsKey
      ? { key: plan.pseudonyms?.key ?? null, domain: plan.pseudonyms?.domain ?? plan.connection }
      : null,
    limits: {
      connections: plan.limits?.connections ?? 1,
      statementTimeoutMs: plan.limits?.statementTimeoutMs ?? 0,
      cellBytes: sizeInBytes(plan.limits?.cellBytes ?? DEFAULT_CELL_BYTES),
    },
    disclose: plan.package?.disclose ?? [],
    mode: plan.package?.mode?.padStart(4, '0') ?? null,
    deliver: (plan.deliver ?? []).map(({ target, path }) => ({ target, path: path ?? '' })),
  };
}

/** A copy that is its own and cannot be changed. */
function freeze<T>(value: T): T {
  return deepFreeze(structuredClone(value));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
