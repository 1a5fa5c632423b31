select object_id, sum(rows), null
from sys.partitions where index_id < 2 group by object_id
