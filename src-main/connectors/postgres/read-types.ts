import { TYPES_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import type { TypeRow, TypeTable } from './types.ts';

/** The database's types; call inside a transaction with systemOnly. */
export async function readTypes(link: Link, signal: AbortSignal): Promise<TypeTable> {
  const rows = await link.query(TYPES_SQL, [], signal);
  const types = rows.map(([oid, name, kind, category, element, base, baseModifier]): TypeRow => {
    return {
      ...{ oid: Number(oid), name: name ?? '', kind: kind ?? '', category: category ?? '' },
      ...{ element: Number(element), base: Number(base), baseModifier: Number(baseModifier) },
    };
  });
  return new Map(types.map((type) => [type.oid, type]));
}
