// Every statement the connector sends, by the name of its golden file.
import * as own from '../../../../src-main/connectors/sqlserver/catalog.sql.ts';
import * as made from '../../../../src-main/connectors/sqlserver/definitions.sql.ts';
import {
  cutStatement,
  describedStatement,
  sqlserverDialect,
} from '../../../../src-main/connectors/sqlserver/dialect.ts';
import { holdStatement } from '../../../../src-main/connectors/sqlserver/hold-tables.ts';
import { keepStillStatement } from '../../../../src-main/connectors/sqlserver/keep-still.ts';
import { sessionSettings } from '../../../../src-main/connectors/sqlserver/session-settings.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { column, EVERY_TYPE } from './all-types.ts';

const TABLE: TableRead = {
  source: { kind: 'table', table: { namespace: 'shop', name: 'or]ders' } },
  columns: [column('id', 'bigint'), column('na]me', 'varchar(40)')],
  where: null,
  orderBy: [],
  limit: null,
  params: {},
};
const FILTERED: TableRead = {
  ...TABLE,
  where: "at >= :since and note <> ':since' -- since",
  orderBy: [
    { column: 'at', descending: true },
    { column: 'id', descending: false },
  ],
  limit: 10,
  params: { since: "2024-01-01' or" },
};
const QUERY: TableRead = {
  ...TABLE,
  source: { kind: 'query', sql: 'select a, b from t where c = :c or d = :d -- end' },
  columns: [column('a', 'decimal(9,2)'), column('b', 'nvarchar(40)')],
  params: { c: null, d: 'd' },
};
const WITH: TableRead = {
  ...QUERY,
  source: {
    kind: 'query',
    sql: '/* all */ with x (a, b) as (select a, b from t where c = :c)\nselect a, b from x where a > :d',
  },
  limit: 5,
};

const KEY = [
  column('id', 'bigint'),
  column('at', 'datetime2(7)'),
  column('no', 'decimal(19,4)'),
  column('day', 'date'),
];
const FIRST = ['-9223372036854775808', '0001-01-01T00:00:00.0000001', '-0.5000', '0001-01-01'];
const LAST = ['9223372036854775807', '9999-12-31T23:59:59.9999999', '900719925474099.0001', '9999-12-31'];
const RANGE: TableRead = {
  ...TABLE,
  where: 'note <> :note -- all of it',
  params: { note: 'x' },
  range: { key: KEY, after: FIRST, upTo: LAST },
};
const REST: TableRead = { ...TABLE, range: { key: TABLE.columns.slice(0, 1), after: ['41'], upTo: null } };

/** Statements of the operator's reads. */
export const READS: Readonly<Record<string, { readonly text: string; readonly values: readonly (string | null)[] }>> = {
  table: sqlserverDialect.select(TABLE),
  range: sqlserverDialect.select(RANGE),
  'range-count': sqlserverDialect.count(RANGE),
  cut: cutStatement({ read: REST, key: TABLE.columns.slice(0, 1), rows: 1 }),
  'cut-of-several': cutStatement({ read: RANGE, key: KEY, rows: 100_000 }),
  types: sqlserverDialect.select({ ...TABLE, columns: EVERY_TYPE }),
  filtered: sqlserverDialect.select(FILTERED),
  'filtered-count': sqlserverDialect.count(FILTERED),
  query: sqlserverDialect.select(QUERY),
  'query-count': sqlserverDialect.count(QUERY),
  with: sqlserverDialect.select(WITH),
  'with-count': sqlserverDialect.count(WITH),
  'with-described': describedStatement('with x as (select 1 as n) select n from x where n = :n', { n: '1' }),
};

const NAME = { namespace: 'name space', name: 'name' };

/** The connector's own statements. */
export const OWN: Readonly<Record<string, string>> = {
  'session-settings': sessionSettings(5000),
  hold: holdStatement(NAME),
  'keep-still': keepStillStatement(NAME),
  still: own.STILL_SQL,
  facts: own.FACTS_SQL,
  namespaces: own.namespacesSql(null),
  'namespaces-of': own.namespacesSql('name space'),
  tables: own.tablesSql(null),
  'tables-of': own.tablesSql('name space'),
  columns: own.columnsSql(null),
  'columns-of': own.columnsSql('name space'),
  'primary-keys': own.primaryKeysSql(null),
  'primary-keys-of': own.primaryKeysSql('name space'),
  'foreign-keys': own.foreignKeysSql(null),
  'foreign-keys-of': own.foreignKeysSql('name space'),
  estimates: own.ESTIMATES_SQL,
  'estimates-for-all': own.ESTIMATES_FOR_ALL_SQL,
  'may-see-state': own.MAY_SEE_STATE_SQL,
  'table-columns': own.tableColumnsSql(NAME),
  'table-kind': own.tableKindSql(NAME),
  'snapshot-state': own.SNAPSHOT_STATE_SQL,
  transaction: own.TRANSACTION_SQL,
  held: own.HELD_SQL,
  'write-rights': own.WRITE_RIGHTS_SQL,
  updateability: own.UPDATEABILITY_SQL,
  'column-definitions': made.columnDefinitionsSql(null),
  'column-definitions-of': made.columnDefinitionsSql('name space'),
  'table-comments': made.tableCommentsSql(null),
  'table-comments-of': made.tableCommentsSql('name space'),
  indexes: made.indexesSql(null),
  'indexes-of': made.indexesSql('name space'),
  'key-rules': made.keyRulesSql(null),
  'key-rules-of': made.keyRulesSql('name space'),
  checks: made.checksSql(null),
  'checks-of': made.checksSql('name space'),
  others: made.othersSql(null),
  'others-of': made.othersSql('name space'),
  views: made.viewsSql(null),
  'views-of': made.viewsSql('name space'),
  missing: own.MISSING_SQL,
  'may-see-sessions': own.MAY_SEE_SESSIONS_SQL,
  'own-number': own.OWN_NUMBER_SQL,
  loads: own.LOADS_SQL,
  describe: own.DESCRIBE_SQL,
};
