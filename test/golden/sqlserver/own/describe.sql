select name, system_type_name, is_nullable, user_type_schema, user_type_name, assembly_qualified_type_name, is_hidden,
  error_number, error_message
from sys.dm_exec_describe_first_result_set(@p1, @p2, 0)
order by column_ordinal
