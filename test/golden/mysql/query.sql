select `a` * 1e0, `b`
from (
select a, b from t where c =  NULL  # end
) as `query`
