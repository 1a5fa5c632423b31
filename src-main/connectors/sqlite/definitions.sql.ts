/** What stands behind a default, in the words it was written in. */
export const DEFAULTS_SQL = `select name, dflt_value
from pragma_table_xinfo(?, 'main')
where hidden in (0, 2, 3)
order by cid`;

/** Whether a generated column is stored. */
export const STORED_SQL = `select hidden = 3
from pragma_table_xinfo(?, 'main')
where name = ?`;

/** Columns of each index of a table. origin: c made by itself, u of a unique key, pk of the primary key. cid: -1 the rowid, -2 an expression. */
export const INDEXES_SQL = `select i.name, i."unique", i.origin, i.partial, c.cid, c.name, c."desc", c.coll
from pragma_index_list(?, 'main') as i, pragma_index_xinfo(i.name, 'main') as c
where c.key = 1
order by i.seq desc, c.seqno`;

export const KEY_RULES_SQL = `select distinct id, on_delete, on_update
from pragma_foreign_key_list(?, 'main')`;

/** Statements that made tables, triggers and views. */
export const OBJECTS_SQL = `select type, name, tbl_name, sql
from main.sqlite_schema
where type in ('table', 'trigger', 'view')
order by rowid`;

export const HAS_SEQUENCES_SQL = `select count(*)
from main.sqlite_schema
where type = 'table' and name = 'sqlite_sequence'`;

/** The greatest number that each AUTOINCREMENT has given. */
export const SEQUENCES_SQL = `select name, seq
from main.sqlite_sequence`;
