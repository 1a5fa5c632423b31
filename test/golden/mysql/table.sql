select `id`, `padded` + 0, `price`, `price0` + 0, `ratio` * 1e0, `exact` * 1e0, `flags` + 0, `vintage` + 0, `born`, `at`, `seen`, `na``me`, `kind`, `raw`, `place`
from `shop`.`or``ders`
