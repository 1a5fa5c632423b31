// Every statement the connector sends, by the name of its golden file.
import * as own from '../../../../src-main/connectors/oracle/catalog.sql.ts';
import * as made from '../../../../src-main/connectors/oracle/definitions.sql.ts';
import {
  countStatement,
  cutStatement,
  describedStatement,
  oracleDialect,
  selectStatement,
} from '../../../../src-main/connectors/oracle/dialect.ts';
import { lockStatement } from '../../../../src-main/connectors/oracle/hold-tables.ts';
import { SESSION_SETTINGS } from '../../../../src-main/connectors/oracle/session-settings.ts';
import type { SqlStatement, TableRead } from '../../../../src-shared/model/table-read.ts';
import { column, EVERY_TYPE } from './all-types.ts';

const TABLE: TableRead = {
  source: { kind: 'table', table: { namespace: 'SHOP', name: "Or'ders" } },
  columns: [column('ID', 'NUMBER(18)'), column('näme', 'VARCHAR2(40 CHAR)')],
  where: null,
  orderBy: [],
  limit: null,
  params: {},
};
const FILTERED: TableRead = {
  ...TABLE,
  where: "at >= :since and note <> ':since' -- since",
  orderBy: [
    { column: 'AT', descending: true },
    { column: 'ID', descending: false },
  ],
  limit: 10,
  params: { since: "2024-01-01' or" },
};
const QUERY: TableRead = {
  ...TABLE,
  source: { kind: 'query', sql: 'select a, b from t where c = :c or d = :d -- end' },
  columns: [column('A', 'NUMBER(9,2)'), column('B', 'NVARCHAR2(40)')],
  params: { c: null, d: 'd' },
};

const KEY = [column('DAY', 'DATE'), column('AT', 'TIMESTAMP(6)'), column('no', 'NUMBER(19,4)')];
const FIRST = ['2024-02-29T00:00:00', '2024-02-29T23:59:59.123456', '-0.5'];
const LAST = ['9999-12-31T23:59:59', '0001-01-01T00:00:00.000000', '9007199254740993.0001'];
const RANGE: TableRead = {
  ...TABLE,
  where: 'note <> :note -- all of it',
  params: { note: 'x' },
  range: { key: KEY, after: FIRST, upTo: LAST },
};
const REST: TableRead = { ...TABLE, range: { key: TABLE.columns.slice(0, 1), after: ['41'], upTo: null } };

/** Statements of the operator's reads. */
export const READS: Readonly<Record<string, SqlStatement>> = {
  table: oracleDialect.select(TABLE),
  'table-at-scn': selectStatement(TABLE, '4711'),
  'count-at-scn': countStatement(TABLE, '4711'),
  range: selectStatement(RANGE, '4711'),
  'range-count': countStatement(RANGE, '4711'),
  'cut-at-scn': cutStatement({ read: RANGE, key: KEY, rows: 100_000 }, '4711'),
  cut: cutStatement({ read: REST, key: TABLE.columns.slice(0, 1), rows: 1 }),
  types: oracleDialect.select({ ...TABLE, columns: EVERY_TYPE }),
  filtered: oracleDialect.select(FILTERED),
  'filtered-count': oracleDialect.count(FILTERED),
  query: oracleDialect.select(QUERY),
  'query-count': oracleDialect.count(QUERY),
  'with-described': describedStatement('with x as (select 1 as n from dual) select n from x where n = :n', { n: '1' }),
};

const SCOPED = {
  namespaces: own.NAMESPACES,
  tables: own.TABLES,
  columns: own.COLUMNS,
  'primary-keys': own.PRIMARY_KEYS,
  'foreign-keys': own.FOREIGN_KEYS,
  'column-definitions': made.COLUMN_DEFINITIONS,
  'table-comments': made.TABLE_COMMENTS,
  indexes: made.INDEXES,
  'key-rules': made.KEY_RULES,
  checks: made.CHECKS,
  others: made.OTHERS,
  views: made.VIEWS,
};

/** The connector's own statements. */
export const OWN: Readonly<Record<string, string>> = {
  'session-settings': SESSION_SETTINGS,
  lock: lockStatement({ namespace: 'name space', name: 'name' }, 5000),
  facts: own.FACTS_SQL,
  ...Object.fromEntries(
    Object.entries(SCOPED).flatMap(([name, { all, one }]) => [
      [name, all],
      [`${name}-of`, one],
    ]),
  ),
  'table-columns': own.TABLE_COLUMNS_SQL,
  'table-kind': own.TABLE_KIND_SQL,
  scn: own.SCN_SQL,
  'scn-for-admins': own.SCN_FOR_ADMINS_SQL,
  'may-flashback': own.MAY_FLASHBACK_SQL,
  moment: own.MOMENT_SQL,
  'write-rights': own.WRITE_RIGHTS_SQL,
  readable: own.READABLE_SQL,
  'own-number': own.OWN_NUMBER_SQL,
  loads: own.LOADS_SQL,
};
