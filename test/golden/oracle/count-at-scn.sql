select count(*)
from "SHOP"."Or'ders" as of scn 4711
