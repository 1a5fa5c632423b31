COPY (
select "boolean", "int", "decimal", "float", "timestamp", "date", "time", "interval", "bytes", "json", "array", "text"
from "pub""lic"."it; --"
) TO STDOUT
