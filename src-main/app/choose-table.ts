import { appError } from '../../src-shared/errors/app-error.ts';
import { nearest } from '../../src-shared/util/nearest.ts';

/** The one named table of a plan, or all when none is named. */
export function chooseTable<T extends { readonly name: string }>(
  tables: readonly T[],
  name: string | undefined,
): readonly T[] {
  if (name === undefined) return tables;
  const found = tables.filter((table) => table.name === name);
  if (found.length > 0) return found;
  const near = nearest(
    name,
    tables.map((table) => table.name),
  );
  throw appError('PLAN/TABLE_ABSENT', {
    message: `The plan has no table ${name}.`,
    remedy:
      near === undefined
        ? `It has: ${tables
            .slice(0, 10)
            .map((table) => table.name)
            .join(', ')}.`
        : `Did you mean ${near}?`,
  });
}
