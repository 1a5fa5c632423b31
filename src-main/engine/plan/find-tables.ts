import type { CatalogTable } from '../../../src-shared/model/catalog.ts';
import type { Plan, PlanTable } from '../../../src-shared/model/plan.ts';
import { nearest } from '../../../src-shared/util/nearest.ts';
import { allTables, type CompileRequest, type FoundTable } from './compile-request.ts';
import type { FindingList } from './finding-list.ts';
import type { PlanPath } from './plan-document.ts';
import { matchesTable, readPattern, tableLabel, type KnownPattern } from './table-pattern.ts';

interface Search {
  readonly known: readonly CatalogTable[];
  /** By label, which is unique: a plan of 10,000 names asks 10,000 times. */
  readonly byLabel: ReadonlyMap<string, CatalogTable>;
  readonly excluded: readonly KnownPattern[];
  readonly findings: FindingList;
}

/** The plan's tables and queries in plan order, globs replaced by what they match in the catalog's order. */
export function findTables(plan: Plan, request: CompileRequest, findings: FindingList): readonly FoundTable[] {
  const known = allTables(request.catalog);
  const byLabel = new Map(known.map((table) => [tableLabel(table), table]));
  const search = { known, byLabel, excluded: readExcluded(plan, findings), findings };
  const found = plan.tables.flatMap((entry, index): readonly FoundTable[] => {
    if ('table' in entry) return findEntry(entry, index, search);
    return [{ index, entry, name: entry.name, table: ['', entry.name], catalogTable: null, globbed: false }];
  });
  checkExcluded(plan, found, search);
  if (found.length === 0 && !findings.hasErrors) {
    findings.error('PLAN/SELECTION_EMPTY', ['tables'], {
      message: 'The plan selects no table.',
      remedy: 'List at least one table or query under tables.',
      at: 'key',
    });
  }
  return withoutRepeats(found, findings);
}

function findEntry(entry: PlanTable, index: number, search: Search): readonly FoundTable[] {
  const path = ['tables', index, 'table'];
  const pattern = understood(entry.table, path, search.findings);
  if (pattern === null) return [];
  const matched = tablesMatching(pattern, search);
  if (matched.length === 0) {
    reportAbsent(pattern, path, search);
    return [];
  }
  const globbed = pattern.kind === 'glob';
  const kept = globbed ? matched.filter((table) => !isExcluded(table, search)) : matched;
  if (kept.length === 0) {
    search.findings.error('PLAN/SELECTION_EMPTY', path, {
      message: `All that ${String(entry.table)} matches is excluded.`,
      remedy: 'Change the pattern, or exclude less.',
    });
  }
  return kept.map((table) => ({
    index,
    entry,
    name: tableLabel(table),
    table: [table.namespace, table.name],
    catalogTable: table,
    globbed,
  }));
}

function tablesMatching(pattern: KnownPattern, { known, byLabel }: Search): readonly CatalogTable[] {
  if (pattern.kind === 'glob') return known.filter((table) => matchesTable(pattern, table));
  const named = byLabel.get(tableLabel(pattern.table));
  return named === undefined ? [] : [named];
}

function understood(pattern: PlanTable['table'], path: PlanPath, findings: FindingList): KnownPattern | null {
  const known = readPattern(pattern);
  if (known === null) {
    findings.error('PLAN/INVALID', path, {
      message: `${JSON.stringify(pattern)} is not of the form namespace.table.`,
      remedy: 'Write namespace.table, or [namespace, name] where a name holds a dot.',
    });
  }
  return known;
}

function reportAbsent(pattern: KnownPattern, path: PlanPath, { known, findings }: Search): void {
  if (pattern.kind === 'glob') {
    findings.error('PLAN/TABLE_ABSENT', path, {
      message: `No table matches ${pattern.namespace}.${pattern.name}.`,
      remedy: 'Look at `catalog CONNECTION` for what is there; case counts.',
    });
    return;
  }
  const label = tableLabel(pattern.table);
  const near = nearest(label, known.map(tableLabel));
  findings.error('PLAN/TABLE_ABSENT', path, {
    message: `There is no table ${label}, or this login may not see it.`,
    remedy: near === undefined ? 'Look at `catalog CONNECTION` for what is there.' : `Did you mean ${near}?`,
    table: label,
  });
}

function readExcluded(plan: Plan, findings: FindingList): readonly KnownPattern[] {
  const patterns = (plan.exclude ?? []).map((pattern, index) => understood(pattern, ['exclude', index], findings));
  return patterns.filter((pattern) => pattern !== null);
}

function isExcluded(table: CatalogTable, { excluded }: Search): boolean {
  return excluded.some((pattern) => matchesTable(pattern, table));
}

/**
 * `exclude` takes tables out of globs. A table that is named on its own may be excluded where a glob matches it too: that
 * is how it gets an entry of its own. Named, excluded and in no glob is a contradiction.
 */
function checkExcluded(plan: Plan, found: readonly FoundTable[], search: Search): void {
  const globs = plan.tables.flatMap((entry) => {
    const pattern = 'table' in entry ? readPattern(entry.table) : null;
    return pattern?.kind === 'glob' ? [pattern] : [];
  });
  for (const { catalogTable, globbed, index, name } of found) {
    if (catalogTable === null || globbed || !isExcluded(catalogTable, search)) continue;
    if (globs.some((glob) => matchesTable(glob, catalogTable))) continue;
    search.findings.error('PLAN/INVALID', ['tables', index, 'table'], {
      message: `${name} is both named under tables and excluded.`,
      remedy: 'Remove one of the two.',
      table: name,
    });
  }
  for (const [index, raw] of (plan.exclude ?? []).entries()) {
    const pattern = readPattern(raw);
    if (pattern === null || search.known.some((table) => matchesTable(pattern, table))) continue;
    search.findings.warning('PLAN/TABLE_ABSENT', ['exclude', index], { message: 'This exclude matches no table.' });
  }
}

function withoutRepeats(found: readonly FoundTable[], findings: FindingList): readonly FoundTable[] {
  const seen = new Set<string>();
  return found.filter((table) => {
    const { index, name } = table;
    if (!seen.has(name)) {
      seen.add(name);
      return true;
    }
    findings.error('PLAN/INVALID', ['tables', index, table.catalogTable === null ? 'name' : 'table'], {
      message: `${name} is selected twice.`,
      remedy: table.globbed ? 'Put it under exclude, which takes it out of the glob.' : 'Keep one of the entries.',
      table: name,
    });
    return false;
  });
}
