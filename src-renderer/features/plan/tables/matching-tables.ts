import type { CatalogSummary } from '../../../../src-shared/contract/connections.ts';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** The tables that are meant by `namespace.table` or `table`, with `*` and `?`; case does not count. */
export function matchingTables({ namespaces }: CatalogSummary, typed: string): readonly TablePair[] {
  const wanted = typed.trim();
  if (wanted === '') return [];
  const pattern = new RegExp(
    `^${wanted.replace(SPECIAL, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`))}$`,
    'isu',
  );
  return namespaces.flatMap(({ name: namespace, tables }) =>
    tables
      .filter(({ name }) => pattern.test(`${namespace}.${name}`) || pattern.test(name))
      .map(({ name }): TablePair => [namespace, name]),
  );
}
