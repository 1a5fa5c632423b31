lock table "name space"."name" in row share mode wait 5
