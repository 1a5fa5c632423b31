select to_char("ID", 'TM9', 'nls_numeric_characters = ''.,'''), "näme"
from "SHOP"."Or'ders" as of scn 4711
