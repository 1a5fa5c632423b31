import type { CompiledPlan, CompiledTable } from '../../../src-shared/model/compiled-plan.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { DEFAULT_LIMITS } from '../../../src-shared/model/limit-rules.ts';
import { sizeInBytes, type Plan } from '../../../src-shared/model/plan.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { bindMasks, type ChosenTable, type MaskedTable } from './bind-masks.ts';
import { checkCatalog, type CatalogState } from './check-catalog.ts';
import { checkForeignKeys } from './check-foreign-keys.ts';
import { chooseColumns, entryPath } from './choose-columns.ts';
import { compileFormat } from './compile-format.ts';
import { compileMigration } from './compile-migration.ts';
import type { CompileRequest } from './compile-request.ts';
import { keyToCutBy } from './cut-by-key.ts';
import { fileStems } from './file-stem.ts';
import { findTables } from './find-tables.ts';
import { FindingList } from './finding-list.ts';
import { keepOnly } from './keep-only.ts';
import { noteReaders } from './note-readers.ts';
import { positionOf } from './plan-document.ts';
import { checkParams, effectiveParams, operatorSql, paramsOf } from './query-parameters.ts';
import { warnOfRepeats } from './warn-of-repeats.ts';
import { warnOfSuspects } from './warn-of-suspects.ts';
import { warnOfWithheld } from './warn-of-withheld.ts';

/** A statement of the plan that could be built, whatever else is wrong with the plan. */
export interface PlannedRead {
  readonly name: string;
  /** Position in `tables:` of the plan. */
  readonly index: number;
  readonly read: TableRead;
}

export interface CompileResult {
  /** null where a finding is an error. */
  readonly compiled: CompiledPlan | null;
  /** Those of `parsePlan` included, in the order of the file. */
  readonly findings: readonly Finding[];
  /** The catalog as it is now, to be accepted; null where the tables could not be found. */
  readonly catalog: CatalogState | null;
  /** What the server can be asked about before a run. */
  readonly reads: readonly PlannedRead[];
  /** The plan has a mask that needs a pseudonym key. */
  readonly needsKey: boolean;
  /** What was found of the plan's tables, whatever else is wrong with it: for screens on which a plan is being made. */
  readonly found: readonly MaskedTable[];
}

/** Resolves a plan against a catalog. Pure: reads nothing, asks nobody, and gives the same result for the same request. */
export function compilePlan(request: CompileRequest): CompileResult {
  const { plan, document, findings: given } = request.parsed;
  const findings = new FindingList(document, given);
  if (plan === null) {
    return { compiled: null, findings: findings.all(), catalog: null, reads: [], needsKey: false, found: [] };
  }
  const format = compileFormat(plan, request, findings);
  const selected = findTables(plan, request, findings);
  noteReaders(plan, selected, { shares: request.sharesSnapshots ?? null, findings });
  const chosen = selected.flatMap((table): readonly ChosenTable[] => {
    const columns = chooseColumns(table, request, findings);
    return columns === null ? [] : [{ ...table, ...columns }];
  });
  const catalog =
    chosen.length < selected.length || chosen.length === 0 ? null : checkCatalog(plan, chosen, { request, findings });
  const masked = bindMasks(plan, chosen, { request, findings });
  checkForeignKeys(masked, findings);
  warnOfSuspects(masked, request, findings);
  warnOfWithheld(masked, findings);
  warnOfRepeats(masked, findings);
  const { tables, reads } = compileTables(plan, masked, { request, findings });
  const kept = keepOnly(tables, request.only ?? [], findings);
  const migrate = compileMigration(plan, { masked, kept }, { request, findings });
  const known = {
    catalog,
    reads: reads.filter(({ name }) => kept.some((table) => table.name === name)),
    needsKey: needsKey(kept, request),
    found: masked,
  };
  if (findings.hasErrors || format === undefined || catalog === null) {
    return { compiled: null, findings: findings.all(), ...known };
  }
  const compiled = freeze({
    ...settings(plan, kept, request),
    ...{ catalog: catalog.digest, tables: kept, format },
    ...(kept.length < tables.length ? { planTables: tables.length } : {}),
    ...(migrate === null ? {} : { migrate }),
  });
  return { compiled, findings: findings.all(), ...known };
}

interface Compiling {
  readonly request: CompileRequest;
  readonly findings: FindingList;
}

function compileTables(
  plan: Plan,
  tables: readonly MaskedTable[],
  compiling: Compiling,
): { readonly tables: readonly CompiledTable[]; readonly reads: readonly PlannedRead[] } {
  const { request, findings } = compiling;
  const params = effectiveParams(plan, request.params);
  const used = new Set<string>();
  const stems = fileStems(
    tables.map(({ table: [namespace, name] }) => (namespace === '' ? name : `${namespace}.${name}`)),
  );
  const reads: PlannedRead[] = [];
  const compiled = tables.map((table, position) => {
    const own = paramsOf(table, params, compiling);
    for (const name of Object.keys(own ?? {})) used.add(name);
    const read = readOf(table, own ?? {});
    if (own !== null && read.columns.length > 0 && isBuildable(table, read, compiling)) {
      reads.push({ name: table.name, index: table.index, read });
    }
    const key = keyToCutBy(table, { plan, dialect: request.dialect, findings });
    return compileTable(table, key === undefined ? read : { ...read, orderBy: ascending(key) }, {
      ...(key === undefined ? {} : partsBy(plan, key)),
      stem: stems[position] ?? table.name,
      line: positionOf(request.parsed.document, operatorSql(table)?.path ?? entryPath(table)).line,
    });
  });
  // A refused statement may use any of them.
  if (!findings.hasErrors) checkParams(plan, { request, used, findings });
  else checkParams(plan, { request, used: new Set(Object.keys(params)), findings });
  return { tables: compiled, reads };
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
function isBuildable(table: MaskedTable, read: TableRead, { request, findings }: Compiling): boolean {
  try {
    request.dialect.select(read);
    request.dialect.count(read);
    return true;
  } catch (error) {
    findings.thrown(error, operatorSql(table)?.path ?? entryPath(table), table.name);
    return false;
  }
}

/** By rows, all ranges are known before the first is read; by size, each when the one before it is written. */
const partsBy = ({ package: pack }: Plan, key: readonly ReadColumn[]): Pick<CompiledTable, 'cutBy' | 'filledBy'> =>
  pack?.chunk !== undefined && 'bytes' in pack.chunk ? { filledBy: key } : { cutBy: key };

const ascending = (key: readonly ReadColumn[]): TableRead['orderBy'] =>
  key.map(({ name }) => ({ column: name, descending: false }));

function compileTable(
  table: MaskedTable,
  read: TableRead,
  { stem, line, ...parts }: Pick<CompiledTable, 'stem' | 'line' | 'cutBy' | 'filledBy'>,
): CompiledTable {
  const { name, catalogTable, masks, outputColumns } = table;
  const byKey = parts.cutBy ?? parts.filledBy;
  const unordered = catalogTable === null ? 'query' : 'physical';
  return {
    name,
    table: table.table,
    stem,
    read,
    masks,
    order: table.orderBy.length > 0 ? 'orderBy' : byKey === undefined ? unordered : 'key',
    ...parts,
    outputColumns,
    primaryKey: catalogTable?.primaryKey ?? [],
    line,
    estimatedRows: catalogTable?.estimatedRows ?? null,
    estimatedBytes: catalogTable?.estimatedBytes ?? null,
  };
}

function needsKey(tables: readonly CompiledTable[], { registries }: CompileRequest): boolean {
  const keyed = new Set(registries.masks.flatMap(({ id, traits }) => (traits.needsKey ? [id] : [])));
  return tables.some(({ masks }) => masks.some((mask) => mask !== null && keyed.has(mask.id)));
}

function settings(
  plan: Plan,
  tables: readonly CompiledTable[],
  request: CompileRequest,
): Omit<CompiledPlan, 'catalog' | 'tables' | 'format'> {
  return {
    version: 1,
    name: plan.name,
    purpose: plan.purpose,
    connection: plan.connection,
    params: effectiveParams(plan, request.params),
    pseudonyms: needsKey(tables, request)
      ? { key: plan.pseudonyms?.key ?? null, domain: plan.pseudonyms?.domain ?? plan.connection }
      : null,
    limits: {
      connections: plan.limits?.connections ?? DEFAULT_LIMITS.connections,
      rowsPerSecond: plan.limits?.rowsPerSecond ?? 0,
      bytesPerSecond: sizeInBytes(plan.limits?.bytesPerSecond ?? 0),
      statementTimeoutMs: plan.limits?.statementTimeoutMs ?? 0,
      lockTimeoutMs: plan.limits?.lockTimeoutMs ?? DEFAULT_LIMITS.lockTimeoutMs,
      cellBytes: sizeInBytes(plan.limits?.cellBytes ?? DEFAULT_LIMITS.cellBytes),
      // A plan that says nothing of it has the digest that it always had.
      ...(plan.limits?.pauseMinutes === undefined ? {} : { pauseMinutes: plan.limits.pauseMinutes }),
      ...(plan.limits?.window === undefined ? {} : { window: plan.limits.window }),
    },
    ...chunkOf(plan),
    ...compressionOf(plan),
    disclose: plan.package?.disclose ?? [],
    mode: plan.package?.mode?.padStart(4, '0') ?? null,
    deliver: (plan.deliver ?? []).map(({ target, path }) => ({ target, path: path ?? '' })),
  };
}

function chunkOf({ package: pack }: Plan): Pick<CompiledPlan, 'chunk'> {
  const { chunk } = pack ?? {};
  if (chunk === undefined) return {};
  return { chunk: 'rows' in chunk ? { rows: chunk.rows } : { bytes: sizeInBytes(chunk.bytes) } };
}

function compressionOf({ package: pack }: Plan): Pick<CompiledPlan, 'compress'> {
  const compress = pack?.compress ?? 'none';
  return compress === 'none' ? {} : { compress };
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
