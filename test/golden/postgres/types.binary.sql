COPY (
select "boolean", "int", "decimal", pg_catalog.textin(pg_catalog.float8out("float")), "timestamp", "date", "time", pg_catalog.textin(pg_catalog.interval_out("interval")), "bytes", "json", case when "array" is not distinct from null then null else pg_catalog.format('%s', "array") end, "text", "uuid", "character(4)", "character varying(20)", "character varying", "name", case when "inet" is not distinct from null then null else pg_catalog.format('%s', "inet") end, case when "public.mood" is not distinct from null then null else pg_catalog.format('%s', "public.mood") end, case when """char""" is not distinct from null then null else pg_catalog.format('%s', """char""") end
from "pub""lic"."it; --"
) TO STDOUT (FORMAT binary)
