import { nearest } from '../../../src-shared/util/nearest.ts';
import type { CompiledTable } from '../../../src-shared/model/compiled-plan.ts';
import type { FindingList } from './finding-list.ts';
import { matchesGlob } from './table-pattern.ts';

/** The tables named by `only` (names or globs over names); all when it is empty. */
export function keepOnly(
  tables: readonly CompiledTable[],
  only: readonly string[],
  findings: FindingList,
): readonly CompiledTable[] {
  if (only.length === 0) return tables;
  for (const wanted of only) {
    if (tables.some(({ name }) => name === wanted || matchesGlob(wanted, name))) continue;
    const near = nearest(
      wanted,
      tables.map(({ name }) => name),
    );
    findings.error('PLAN/TABLE_ABSENT', ['tables'], {
      message: `The plan has no table ${wanted}.`,
      remedy: near === undefined ? 'Name tables as the plan does: namespace.table.' : `Did you mean ${near}?`,
      table: wanted,
      at: 'key',
    });
  }
  return tables.filter(({ name }) => only.some((wanted) => name === wanted || matchesGlob(wanted, name)));
}
