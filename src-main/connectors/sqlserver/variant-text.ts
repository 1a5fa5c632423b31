/** The text of an sql_variant: its base type with parentheses, a colon, the exact value: `decimal(5,2):1.50`. */
import { convert } from './convert.ts';

/** What is given instead for a value that cannot be carried; no base type begins like it. */
export const UNKNOWN_VARIANT = '?';

interface Case {
  readonly types: string;
  /** Between the parentheses of the type; none: it has no parentheses. */
  readonly parentheses?: string;
  readonly text: string;
  /** What else has to be so. */
  readonly and?: string;
}

/** NULL stays NULL. */
export function variantText(quoted: string): string {
  const property = (name: string): string => `sql_variant_property(${quoted}, '${name}')`;
  const base = convert('varchar(30)', property('BaseType'), null);
  const whens = casesOf(quoted, property).map(({ types, parentheses, text, and }) => {
    const condition = `${base} in (${types})${and === undefined ? '' : ` and ${and}`}`;
    const head = parentheses === undefined ? `${base} + ':'` : `${base} + '(' + ${parentheses} + '):'`;
    return `when ${condition} then ${head} + ${text}`;
  });
  return convert('nvarchar(max)', `case ${whens.join(' ')} else '${UNKNOWN_VARIANT}' + ${base} end`, null);
}

/** The value is converted to its own base type first: styles are those of the base type. */
function casesOf(quoted: string, property: (name: string) => string): readonly Case[] {
  const number = (name: string): string => convert('varchar(10)', property(name), null);
  const length = convert('int', property('MaxLength'), null);
  const as = (type: string, target: string, style: number | null): string =>
    convert(target, convert(type, quoted, null), style);
  const scaled = (type: string, target: string): Case => ({
    types: `'${type}'`,
    parentheses: number('Scale'),
    text: as(`${type}(7)`, target, 121),
  });
  return [
    {
      types: "'bigint', 'int', 'smallint', 'tinyint', 'bit', 'uniqueidentifier'",
      text: convert('varchar(40)', quoted, null),
    },
    {
      types: "'decimal', 'numeric'",
      parentheses: `${number('Precision')} + ',' + ${number('Scale')}`,
      text: convert('varchar(41)', quoted, null),
    },
    { types: "'money', 'smallmoney'", text: as('money', 'varchar(30)', 2) },
    { types: "'float'", text: as('float', 'varchar(40)', 3) },
    { types: "'real'", text: as('real', 'varchar(40)', 3) },
    { types: "'date'", text: as('date', 'varchar(10)', 23) },
    { types: "'smalldatetime'", text: as('smalldatetime', 'varchar(19)', 120) },
    { types: "'datetime'", text: as('datetime', 'varchar(23)', 121) },
    ...[scaled('datetime2', 'varchar(27)'), scaled('datetimeoffset', 'varchar(34)'), scaled('time', 'varchar(16)')],
    {
      // A variant is converted to no (max) type; as varchar it would go through the database's code page. Longer: not carried.
      types: "'char', 'varchar'",
      parentheses: number('MaxLength'),
      text: convert('nvarchar(4000)', quoted, null),
      and: `${length} <= 4000`,
    },
    {
      types: "'nchar', 'nvarchar'",
      parentheses: convert('varchar(10)', `${length} / 2`, null),
      text: convert('nvarchar(4000)', quoted, null),
    },
    {
      types: "'binary', 'varbinary'",
      parentheses: number('MaxLength'),
      text: as('varbinary(8000)', 'varchar(max)', 1),
    },
  ];
}
