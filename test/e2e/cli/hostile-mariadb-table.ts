/** A table and columns whose names try to break out, and values that break naive exports to LOAD DATA. */
export const HOSTILE_MARIADB_TABLE = '`sel``ect, "from"; --`';

interface HostileColumn {
  readonly name: string;
  readonly type: string;
  /** Expressions, taken in turn. */
  readonly values: readonly string[];
  /** Into what LOAD DATA reads the field: the column, or a variable of which it is made. */
  readonly load?: string;
  /** As exact text or bytes, to compare. */
  readonly exact?: string;
}

const TEXTS = [
  "'plain'",
  "''",
  'null',
  `'say "hi", it''s'`,
  "'line one\\nline two\\r\\nthree\\rfour'",
  "'🦄 naïve 配送先'",
  "'שלום עולם مرحبا'",
  "'\\\\.'",
  "'\\\\N'",
  "'NULL'",
  "'null'",
  "'=1+1'",
  "'\\t tab, \\0 and \\Z'",
  "' blanks '",
  `'"'`,
  "'\\\\'",
  `'\\\\"'`,
  "'ends in \\\\'",
  "'`'",
];

const COLUMNS: readonly HostileColumn[] = [
  { name: 'id', type: 'bigint unsigned primary key', values: [] },
  { name: 'a "quoted", name', type: 'text', values: TEXTS },
  { name: 'tab\there', type: 'varchar(100)', values: [...TEXTS.slice(4), ...TEXTS.slice(0, 4)] },
  {
    ...{ name: 'order', type: 'decimal(40, 10)' },
    values: ['null', '12345678901234567890.1234567891', '-0.5', '0', '-99999999999999999999.9999999999'],
  },
  { name: 'عمود', type: 'datetime(6)', values: ['null', "'2024-02-29 23:59:59.000001'", "'1000-01-01'"] },
  { name: 'at', type: 'timestamp(3) null', values: ['null', "'2038-01-19 03:14:07.999'", "'1970-01-01 00:00:01'"] },
  { name: 'day', type: 'date', values: ['null', "'9999-12-31'", "'0000-00-00'"] },
  { name: 'span', type: 'time(6)', values: ['null', "'-838:59:59.000001'", "'838:59:59'", "'00:00:00.5'"] },
  { name: 'year', type: 'year', values: ['null', '2155', '1901', '0'], load: 'cast(% as unsigned)' },
  { name: 'double', type: 'double', values: ['null', '0.1', '1.7976931348623157e308', '-5e-324', '1e16 / 3'] },
  { name: 'float', type: 'float', values: ['null', '0.1', '16777216', '3.4e38', '1 / 3'] },
  { name: 'tiny', type: 'tinyint(1)', values: ['null', '-128', '127', '1', '0'] },
  {
    ...{ name: '--', type: 'longblob', load: 'unhex(%)' },
    values: ['null', "''", "x'00ff0a0d2c225c4e'", "x'5c'", "'NULL'"],
  },
  { name: 'bits', type: 'bit(64)', values: ['null', '0', "b'101'", '~0'], load: 'cast(% as unsigned)', exact: '% + 0' },
  {
    ...{ name: 'shape', type: 'geometry', load: 'unhex(%)', exact: '%' },
    values: ['null', "st_geomfromtext('POINT(1 2)', 4326)", "st_geomfromtext('LINESTRING(0 0, 1e300 -1)')"],
  },
  { name: 'kind', type: "enum('', 'a,b', 'NULL', '\"')", values: ['null', "''", "'a,b'", "'NULL'", `'"'`] },
  { name: 'several', type: "set('x', 'y z')", values: ['null', "''", "'x,y z'"] },
  { name: "'; drop table x; --", type: 'json', values: ['null', `'{"a": [1, 2.50, null], "b": "x\\\\ny"}'`, "'null'"] },
  { name: 'uuid', type: 'uuid', values: ['null', "'123e4567-e89b-12d3-a456-426655440000'"] },
  { name: 'address', type: 'inet6', values: ['null', "'::ffff:192.0.2.1'"] },
];

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

export const HOSTILE_MARIADB_COUNT = TEXTS.length;

/** DDL of the hostile table, empty: for the source and for the database the export is loaded into. */
export const HOSTILE_MARIADB_DDL = `create table ${HOSTILE_MARIADB_TABLE} (${COLUMNS.map(
  ({ name, type }) => `${quoted(name)} ${type}`,
).join(', ')})`;

/** Fills it: every text beside NULL and beside others, with extreme numbers, times and bytes. */
export const HOSTILE_MARIADB_ROWS = `insert into ${HOSTILE_MARIADB_TABLE} values ${TEXTS.map((_, row) => {
  const cells = COLUMNS.slice(1).map(({ values }) => values[row % values.length] ?? 'null');
  return `(${[18_446_744_073_709_551_615n - BigInt(row), ...cells].join(', ')})`;
}).join(',\n')}`;

/** The column list of LOAD DATA, and what makes columns of the variables in it. */
export const HOSTILE_MARIADB_LOAD = `(${COLUMNS.map(({ name, load }, index) =>
  load === undefined ? quoted(name) : `@c${index}`,
).join(', ')}) set ${COLUMNS.flatMap(({ name, load }, index) =>
  load === undefined ? [] : [`${quoted(name)} = ${load.replace('%', `@c${index}`)}`],
).join(', ')}`;

/** A row of it as one text that tells every two rows apart: NULL from '', blanks at the end, each bit of a double. */
export const HOSTILE_MARIADB_EXACT = `concat_ws(',', ${COLUMNS.map(({ name, type, exact }) => {
  const value = (exact ?? (/^(float|double)/.test(type) ? '% * 1e0' : '%')).replace('%', quoted(name));
  return `coalesce(hex(${type === 'geometry' ? value : `cast(${value} as binary)`}), 'NULL')`;
}).join(', ')})`;
