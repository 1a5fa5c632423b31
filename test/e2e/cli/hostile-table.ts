/** A schema, table and columns whose names try to break out, and values that break naive exports. */
export const HOSTILE_TABLE = `"Od""d; schema"."sel""ect, from"`;

const COLUMNS = [
  '"id" bigint primary key',
  '"a ""quoted"", name" text',
  '"two\nlines" text',
  '"order" numeric(40, 10)',
  '"عمود" timestamptz',
  '"🦄:x" bytea',
  '"--" jsonb',
  `"'; drop table x; --" boolean`,
];

/** DDL of the hostile table, empty: for the source and for the database the export is loaded into. */
export const HOSTILE_DDL = `create schema "Od""d; schema"; create table ${HOSTILE_TABLE} (${COLUMNS.join(', ')});`;

const TEXTS = [
  "'plain'",
  "''",
  'null',
  `'say "hi", it''s'`,
  "E'line one\\nline two\\r\\nthree\\rfour'",
  "'🦄 naïve 配送先'",
  "'שלום עולם مرحبا'",
  "'\\.'",
  "'\\N'",
  "'NULL'",
  "'=1+1'",
  "E'\\t tab, \\u0001'",
  "' blanks '",
  `'"'`,
];

/** Fills it: every text beside NULL and beside itself, with extreme numbers, times and bytes. */
export const HOSTILE_ROWS = `insert into ${HOSTILE_TABLE} values ${TEXTS.map(
  (text, index) => `(${9_000_000_000_000_000_000n + BigInt(index)}, ${text}, ${TEXTS[(index + 3) % TEXTS.length]},
    ${['null', "'NaN'", '12345678901234567890.1234567891', '-0.5', '0'][index % 5]},
    ${['null', "'infinity'", "'2024-02-29 23:59:59.000001+05:30'", "'0044-03-15 BC'"][index % 4]},
    ${['null', "''", "'\\x00ff0a0d2c22'"][index % 3]},
    ${['null', `'{"a": [1, 2.50, null], "b": "x\\ny"}'`, "'null'", '\'"text"\''][index % 4]},
    ${['null', 'true', 'false'][index % 3]})`,
).join(',\n')};`;

export const HOSTILE_COUNT = TEXTS.length;
