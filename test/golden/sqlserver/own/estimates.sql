select object_id, sum(row_count), sum(used_page_count) * 8192
from sys.dm_db_partition_stats where index_id < 2 group by object_id
