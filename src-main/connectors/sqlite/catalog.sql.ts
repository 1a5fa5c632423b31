/** Tables and views of the file itself; shadow tables of virtual ones and SQLite's own are left out. */
export const TABLES_SQL = `select name, type
from pragma_table_list
where schema = 'main' and type in ('table', 'view', 'virtual') and name not like 'sqlite\\_%' escape '\\'`;

/** hidden: 0 a column, 1 hidden column of a virtual table, 2 generated, 3 generated and stored. */
export const COLUMNS_SQL = `select name, type, "notnull", pk, hidden
from pragma_table_xinfo(?, 'main')
order by cid`;

/** The index of a primary key that is more than another name of the rowid. */
export const KEY_INDEX_SQL = `select count(*)
from pragma_index_list(?, 'main')
where origin = 'pk'`;

export const FOREIGN_KEYS_SQL = `select id, "table", "from", "to"
from pragma_foreign_key_list(?, 'main')
order by id, seq`;

export const HAS_STATISTICS_SQL = `select count(*)
from main.sqlite_schema
where type = 'table' and name = 'sqlite_stat1'`;

/** The first number of \`stat\` is the number of rows in the index, for a partial one fewer than in the table. */
export const STATISTICS_SQL = `select tbl, max(cast(stat as integer))
from main.sqlite_stat1
group by tbl`;

/** Bytes of the file. */
export const FILE_BYTES_SQL = `select p.page_count * s.page_size
from pragma_page_count('main') as p, pragma_page_size('main') as s`;

/** Bytes of each table's pages, without its indexes. It looks at every page of the file: for small ones only. */
export const TABLE_BYTES_SQL = `select m.name, s.bytes
from main.sqlite_schema as m
join (select name, sum(pgsize) as bytes from dbstat('main') group by name) as s on s.name = m.name
where m.type = 'table'`;

export const VERSION_SQL = 'select sqlite_version()';

/** Whether a table of this name is there and has a rowid. */
export const ROWID_TABLE_SQL = `select count(*)
from pragma_table_list(?)
where schema = 'main' and type = 'table' and wr = 0`;
