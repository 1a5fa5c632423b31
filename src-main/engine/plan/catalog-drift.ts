import { keyText, type CatalogShape, type ShapeColumn, type ShapeTable } from './catalog-shape.ts';

/** What changed since the accepted shape, one sentence each, in the order of the tables' names; empty: nothing. */
export function describeDrift(accepted: CatalogShape, current: CatalogShape): readonly string[] {
  return [
    ...pairUp(accepted.tables, current.tables).flatMap(([name, before, now]) => {
      if (before === undefined) return [`Table ${name} is new.`];
      return now === undefined ? [`Table ${name} is gone.`] : tableDrift(before, now);
    }),
    ...pairUp(accepted.queries, current.queries).flatMap(([name, before, now]) => {
      if (before === undefined) return [`Query ${name} is new.`];
      return now === undefined ? [`Query ${name} is gone.`] : columnDrift(name, before.columns, now.columns);
    }),
  ];
}

function tableDrift(before: ShapeTable, now: ShapeTable): readonly string[] {
  const drift = [...columnDrift(before.name, before.columns, now.columns)];
  if (before.primaryKey.join('\0') !== now.primaryKey.join('\0')) {
    drift.push(`The primary key of ${before.name} was ${keyColumns(before)} and is ${keyColumns(now)}.`);
  }
  const old = new Set(before.foreignKeys.map(keyText));
  const present = new Set(now.foreignKeys.map(keyText));
  for (const key of present) if (!old.has(key)) drift.push(`${before.name} has a new foreign key ${key}.`);
  for (const key of old) if (!present.has(key)) drift.push(`${before.name} lost the foreign key ${key}.`);
  return drift;
}

function columnDrift(table: string, before: readonly ShapeColumn[], now: readonly ShapeColumn[]): readonly string[] {
  const drift = pairUp(before, now).flatMap(([name, old, present]) => {
    if (old === undefined) return [`${table} has a new column ${name} (${present?.nativeType ?? ''}).`];
    if (present === undefined) return [`${table} lost the column ${name}.`];
    const changes: string[] = [];
    if (old.nativeType !== present.nativeType) {
      changes.push(`${table}.${name} was ${old.nativeType} and is ${present.nativeType}.`);
    }
    if (old.nullable !== present.nullable) {
      changes.push(`${table}.${name} ${present.nullable ? 'may now be NULL' : 'may no longer be NULL'}.`);
    }
    return changes;
  });
  const kept = (from: readonly ShapeColumn[], other: readonly ShapeColumn[]) => {
    const names = new Set(other.map((column) => column.name));
    return from.flatMap(({ name }) => (names.has(name) ? [name] : []));
  };
  if (kept(before, now).join('\0') !== kept(now, before).join('\0')) {
    drift.push(`The columns of ${table} stand in another order.`);
  }
  return drift;
}

function keyColumns({ primaryKey }: ShapeTable): string {
  return primaryKey.length === 0 ? 'none' : `(${primaryKey.join(', ')})`;
}

/** Both lists matched by name: those of the first in its order, then what only the second has. */
function pairUp<T extends { readonly name: string }>(
  first: readonly T[],
  second: readonly T[],
): readonly (readonly [name: string, first: T | undefined, second: T | undefined])[] {
  const inFirst = new Set(first.map(({ name }) => name));
  const byName = new Map(second.map((item) => [item.name, item]));
  return [
    ...first.map((item) => [item.name, item, byName.get(item.name)] as const),
    ...second.filter(({ name }) => !inFirst.has(name)).map((item) => [item.name, undefined, item] as const),
  ];
}
