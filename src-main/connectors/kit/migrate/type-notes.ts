import type { SchemaNote } from '../../../../src-shared/model/table-schema.ts';
import type { PlacedColumn, PlacedTable } from './place-tables.ts';

/** Native types that are text and no more. */
const PLAIN_TEXT =
  /^(?:(?:n?(?:var)?char(?:2|acter)?|character varying|n?varchar2|(?:tiny|medium|long)?text|n?clob|bpchar|name)\b|text$|"char"$)/i;

/** Whether a text was of a type that says more than text: an enum, a range, an address. */
export function isSpecialText({ type, native }: PlacedColumn): boolean {
  return type.kind === 'text' && native !== null && !PLAIN_TEXT.test(native);
}

/** One note per table and reason: `a, b: intervals are text`. */
export function typeNotes(
  table: PlacedTable,
  reasonOf: (column: PlacedColumn) => string | null,
): readonly SchemaNote[] {
  const byReason = Map.groupBy(
    table.columns.flatMap((column) => {
      const reason = reasonOf(column);
      return reason === null ? [] : [{ column, reason }];
    }),
    ({ reason }) => reason,
  );
  return [...byReason].map(([reason, found]) => ({
    table: table.schema.name,
    text: `${found.map(({ column }) => `${column.as}${ofType(column)}`).join(', ')}: ${reason}.`,
  }));
}

const ofType = ({ native }: PlacedColumn): string => (native === null || native === '' ? '' : ` (${native})`);

/** Where texts that differ in case only were the same, and are not any more. */
export function collationReason({ definition, type }: PlacedColumn): string | null {
  if (type.kind !== 'text' || !/_ci(?:_|\b)/i.test(definition.collation ?? '')) return null;
  return 'the source compares it without regard to case; here case counts';
}
