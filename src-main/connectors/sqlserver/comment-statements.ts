import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { PlacedTable } from '../kit/migrate/place-tables.ts';
import { USUAL_SCHEMA } from './migrate-names.ts';
import { lineLiteral } from './script-text.ts';

/** Of an extended property. */
const MAX_UNITS = 3750;

/** The comments of a table and its columns, as the property that the product's own tools show. */
export function commentStatements(table: PlacedTable, notes: SchemaNote[]): readonly string[] {
  const { comment, name } = table.schema;
  const place = [
    { level: 'SCHEMA', variable: '@schema', name: table.namespace ?? USUAL_SCHEMA },
    { level: 'TABLE', variable: '@table', name: table.as },
  ];
  const described = [
    ...(comment === null ? [] : [{ text: comment, at: place, what: 'The comment' }]),
    ...table.columns.flatMap(({ as, definition }) =>
      definition.comment === undefined
        ? []
        : [
            {
              text: definition.comment,
              at: [...place, { level: 'COLUMN', variable: '@column', name: as }],
              what: `The comment of ${as}`,
            },
          ],
    ),
  ];
  return described.flatMap(({ text, at, what }) => {
    if (text.length > MAX_UNITS) notes.push({ table: name, text: `${what} is cut at 3,750 characters.` });
    const kept = text.slice(0, MAX_UNITS).toWellFormed();
    const names = at.map((each) => setOf(each));
    return [
      ...[`SET @text = ${lineLiteral(kept)};`, ...names.flatMap(({ set }) => set)],
      `EXEC sys.sp_addextendedproperty N'MS_Description', @text, ${names.map(({ words }) => words).join(', ')};`,
    ];
  });
}

interface Level {
  readonly level: string;
  readonly variable: string;
  readonly name: string;
}

/** A procedure takes a literal or a variable, no expression. */
function setOf({ level, variable, name }: Level): { readonly set: readonly string[]; readonly words: string } {
  const literal = lineLiteral(name);
  if (!/[\r\n]/.test(name)) return { set: [], words: `N'${level}', ${literal}` };
  return { set: [`SET ${variable} = ${literal};`], words: `N'${level}', ${variable}` };
}
