/** The benchmark's table: 13 columns of the kinds a shop has, with values that need quoting, escapes and NULLs. */
export const TABLE = 'shop_orders';

export const MASKED_COLUMNS = { email: 'pseudonym', full_name: 'redact', phone: 'partial' } as const;

/** SQL that makes and fills the table, the same for the same number of rows. */
export function datasetSql(rows: number): string {
  return `
create table ${TABLE} (
  id bigint primary key, external_id uuid not null, email varchar(120) not null, full_name text not null,
  phone varchar(40), created_at timestamptz not null, birth_date date, amount numeric(12,2) not null,
  active boolean not null, notes text, store_id integer, quantity integer, attributes jsonb not null);
insert into ${TABLE}
select i,
  md5('row ' || i)::uuid,
  'person' || h || '.' || (array['north','south','east','west'])[1 + h % 4] || '@mail' || (h % 17) || '.example.net',
  (array['Ada','Björn','Chloé','Dmitri','Elif','Fatou','Grace','Haruto','Inês','Jürgen'])[1 + h % 10] || ' ' ||
    (array['Abbott','Bäcker','D''Arcy','Estévez','Fischer','Güneş','Hoffmann','Ibáñez','Jansen','Kovács'])[1 + (h / 10) % 10],
  case when h % 20 = 0 then null else '+' || (30 + h % 60) || ' ' || lpad((h % 1000)::text, 3, '0') || ' ' || lpad((i * 7919 % 10000000)::text, 7, '0') end,
  timestamptz '2019-01-01 00:00:00+00' + (i * 37 % 190000000) * interval '1 second' + (h % 999983) * interval '1 microsecond',
  case when h % 33 = 0 then null else date '1941-05-01' + h % 23000 end,
  ((h::bigint * 31 + i) % 9999999)::numeric / 100,
  h % 5 <> 0,
  case when h % 25 = 0 then null else (array[
    'Leave with the neighbour on the second floor, please ring twice', 'Asked for an invoice to the "head office" address',
    'Ordered again after three months; discount applied by hand', E'First line of the remark\nsecond line of the same remark',
    'Größe geändert, bitte vor dem Versand noch einmal prüfen', '配送先が変更されました。ご確認をお願いします',
    'No remarks were given by this customer at the time of order', E'Path C:\\\\temp\\\\scan and a tab\there in the middle'])[1 + h % 8] end,
  case when h % 6 = 0 then null else h % 400 end,
  case when h % 11 = 0 then null else 1 + h % 30 end,
  jsonb_build_object('tier', (array['gold','silver','bronze'])[1 + h % 3], 'score', h % 100, 'channel', (array['web','shop','phone'])[1 + h % 3])
from (select i, (hashint8(i) & 1048575)::int as h from generate_series(1::bigint, ${rows}) as g(i)) as s;
vacuum (analyze, freeze) ${TABLE};`;
}
