select count(*)
from (
select a, b from t where c =  NULL  # end
) as `query`
