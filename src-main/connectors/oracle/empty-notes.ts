import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { isUuid, keepsEmpty, targetType, type TypeContext } from './target-type.ts';

/** The product has no empty VARCHAR2 and no empty RAW: it is NULL. What that does to which columns of a table. */
export function emptyNotes(table: PlacedTable, typesOf: (column: PlacedColumn) => TypeContext): readonly SchemaNote[] {
  const concerned = table.columns.filter((column) => {
    const { kind } = column.type;
    return (kind === 'text' || kind === 'bytes') && !isUuid(column) && !keepsEmpty(targetType(column, typesOf(column)));
  });
  const isRequired = ({ name, nullable }: PlacedColumn): boolean => !nullable || table.schema.primaryKey.includes(name);
  const optional = concerned.filter((column) => !isRequired(column)).map(({ as }) => as);
  const required = concerned.filter(isRequired).map(({ as }) => as);
  const { name } = table.schema;
  return [
    ...(optional.length === 0 ? [] : [{ table: name, text: `${optional.join(', ')}: an empty value becomes NULL.` }]),
    ...(required.length === 0
      ? []
      : [
          {
            table: name,
            text: `${required.join(', ')}: an empty value is NULL and stops the load, unless NOT NULL goes.`,
          },
        ]),
  ];
}
