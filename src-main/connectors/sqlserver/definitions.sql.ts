/** How tables are made: statements over the system views, one for all tables each. The first two columns name the table. */
import { within } from './catalog.sql.ts';

/** What the product's own tools show as a description. */
const described = (place: string): string =>
  `left join sys.extended_properties p on p.class = 1 and ${place} and p.name = N'MS_Description'`;

/** Whether an expression names anything of this database but its own table. */
const usesOthers = (
  place: string,
  table: string,
): string => `case when exists (select 1 from sys.sql_expression_dependencies e
    where ${place} and e.referenced_id is not null and e.referenced_id <> ${table}) then 1 else 0 end`;

/** A login without VIEW DEFINITION sees that there is one, and not what it says. */
const HIDDEN = `N'not shown to this login'`;

export const columnDefinitionsSql = (namespace: string | null): string => `
select s.name, o.name, c.name, case when c.default_object_id <> 0 then coalesce(d.definition, ${HIDDEN}) end, c.is_identity,
  case when c.is_computed = 1 then coalesce(m.definition, ${HIDDEN}) end, coalesce(m.is_persisted, 0),
  case when m.definition is null then c.is_computed else ${usesOthers('e.referencing_id = c.object_id and e.referencing_minor_id = c.column_id', 'c.object_id')} end,
  c.collation_name, c.is_rowguidcol, convert(nvarchar(4000), p.value)
from sys.columns c
join sys.objects o on o.object_id = c.object_id
join sys.schemas s on s.schema_id = o.schema_id
left join sys.default_constraints d on d.object_id = c.default_object_id
left join sys.computed_columns m on m.object_id = c.object_id and m.column_id = c.column_id
${described('p.major_id = c.object_id and p.minor_id = c.column_id')}
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and ${within(namespace)}`;

export const tableCommentsSql = (namespace: string | null): string => `
select s.name, o.name, convert(nvarchar(4000), p.value)
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
${described('p.major_id = o.object_id and p.minor_id = 0')}
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and p.value is not null and ${within(namespace)}`;

/** Column by column, those of the key in their order and first. */
export const indexesSql = (namespace: string | null): string => `
select s.name, o.name, i.name, i.is_unique, i.type, i.type_desc,
  case when i.has_filter = 1 then coalesce(i.filter_definition, ${HIDDEN}) end, c.name, k.is_descending_key,
  k.is_included_column, i.is_disabled
from sys.indexes i
join sys.objects o on o.object_id = i.object_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
where o.type = 'U' and o.is_ms_shipped = 0 and i.is_primary_key = 0 and i.is_hypothetical = 0 and i.type > 0
  and (k.key_ordinal > 0 or k.is_included_column = 1 or i.type not in (1, 2)) and ${within(namespace)}
order by s.name, o.name, i.index_id, k.is_included_column, k.key_ordinal`;

export const keyRulesSql = (namespace: string | null): string => `
select s.name, o.name, f.name, f.delete_referential_action, f.update_referential_action,
  case when f.is_disabled = 1 or f.is_not_trusted = 1 then 1 else 0 end
from sys.foreign_keys f
join sys.objects o on o.object_id = f.parent_object_id
join sys.schemas s on s.schema_id = o.schema_id
where ${within(namespace)}`;

/** With the column behind which it was written. */
export const checksSql = (namespace: string | null): string => `
select s.name, o.name, k.name, coalesce(k.definition, ${HIDDEN}), c.name,
  case when k.is_disabled = 1 or k.is_not_trusted = 1 then 1 else 0 end,
  case when k.definition is null then 1 else ${usesOthers('e.referencing_id = k.object_id', 'k.parent_object_id')} end
from sys.check_constraints k
join sys.objects o on o.object_id = k.parent_object_id
join sys.schemas s on s.schema_id = o.schema_id
left join sys.columns c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
where ${within(namespace)}
order by s.name, o.name, k.name`;

/** What only this product has, in words. */
export const othersSql = (namespace: string | null): string => `
select s.name, o.name, N'trigger ' + t.name
from sys.triggers t join sys.objects o on o.object_id = t.parent_id join sys.schemas s on s.schema_id = o.schema_id
where ${within(namespace)}
union all
select s.name, o.name, N'partitioned by ' + p.name + N' (' + c.name + N')'
from sys.indexes i join sys.partition_schemes p on p.data_space_id = i.data_space_id
join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id and k.partition_ordinal > 0
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
join sys.objects o on o.object_id = i.object_id join sys.schemas s on s.schema_id = o.schema_id
where i.index_id < 2 and ${within(namespace)}
union all
select s.name, o.name, N'versions of its rows in ' + y.name + N'.' + h.name
from sys.tables o join sys.schemas s on s.schema_id = o.schema_id
join sys.tables h on h.object_id = o.history_table_id join sys.schemas y on y.schema_id = h.schema_id
where ${within(namespace)}`;

/** The text of an encrypted one is not given. */
export const viewsSql = (namespace: string | null): string => `
select s.name, o.name, m.definition
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.sql_modules m on m.object_id = o.object_id
where o.type = 'V' and o.is_ms_shipped = 0 and ${within(namespace)}
order by s.name, o.name`;
