import type { Plan } from '../../../src-shared/model/plan.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import type { CompileRequest, FoundTable } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import type { PlanPath } from './plan-document.ts';

type Params = Readonly<Record<string, string | null>>;

/** The plan's parameters with the values given beside it. */
export function effectiveParams(plan: Plan, given: Params = {}): Params {
  const declared = plan.params ?? {};
  return Object.fromEntries(
    Object.entries(declared).map(([name, value]) => [name, Object.hasOwn(given, name) ? (given[name] ?? null) : value]),
  );
}

/** Values beside the plan whose names it does not declare, and declared ones that nothing uses. */
export function checkParams(
  plan: Plan,
  { request, used, findings }: { request: CompileRequest; used: ReadonlySet<string>; findings: FindingList },
): void {
  const declared = Object.keys(plan.params ?? {});
  for (const name of Object.keys(request.params ?? {})) {
    if (declared.includes(name)) continue;
    const near = nearest(name, declared);
    findings.error('PLAN/PARAM_UNDECLARED', ['params'], {
      message: `The plan declares no parameter ${name}.`,
      remedy: near === undefined ? `Add ${name} under params.` : `Did you mean ${near}?`,
      at: 'key',
    });
  }
  for (const name of declared) {
    if (used.has(name)) continue;
    findings.warning('PLAN/INVALID', ['params', name], {
      message: `The parameter ${name} is declared and never used.`,
      remedy: `Use it as :${name}, or remove it.`,
      at: 'key',
    });
  }
}

/** The operator's SQL of an entry, and where it stands. */
export function operatorSql({
  entry,
  index,
}: Pick<FoundTable, 'entry' | 'index'>): { sql: string; path: PlanPath } | null {
  if ('query' in entry) return { sql: entry.query, path: ['tables', index, 'query'] };
  return entry.where === undefined ? null : { sql: entry.where, path: ['tables', index, 'where'] };
}

/** The values an entry's SQL uses; null, with findings, when it names one that is not declared or is refused. */
export function paramsOf(
  found: FoundTable,
  params: Params,
  { request, findings }: { request: CompileRequest; findings: FindingList },
): Params | null {
  const own = operatorSql(found);
  if (own === null) return {};
  let names: readonly string[];
  try {
    names = request.dialect.parametersOf(own.sql);
  } catch (error) {
    findings.thrown(error, own.path, found.name);
    return null;
  }
  const absent = names.filter((name) => !Object.hasOwn(params, name));
  for (const name of absent) {
    const near = nearest(name, Object.keys(params));
    findings.error('PLAN/PARAM_UNDECLARED', own.path, {
      message: `${found.name}: the parameter :${name} is not declared.`,
      remedy:
        near === undefined ? `Add ${name} under params.` : `Did you mean :${near}? Otherwise add ${name} under params.`,
      table: found.name,
    });
  }
  return absent.length > 0 ? null : Object.fromEntries(names.map((name) => [name, params[name] ?? null]));
}

/** A query whose columns must be described before the plan can be compiled. */
export interface QueryToDescribe {
  readonly name: string;
  readonly sql: string;
  readonly params: Params;
}

/** The plan's queries with the values they will run with. Each needs `Session.describe` before `compilePlan`. */
export function queriesOf(plan: Plan, given: Params = {}): readonly QueryToDescribe[] {
  const params = effectiveParams(plan, given);
  return plan.tables.flatMap((entry) => ('query' in entry ? [{ name: entry.name, sql: entry.query, params }] : []));
}
