-- The sample shop. Everything is invented and computed from the row number, so that every installation holds the same
-- rows. mix(i) is written out as (i * 2654435761 + salt) % 4294967296: enough disorder for a demonstration.
PRAGMA journal_mode = DELETE;
BEGIN;

CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  customer_no BIGINT NOT NULL UNIQUE,
  email VARCHAR(120) NOT NULL,
  full_name TEXT NOT NULL,
  phone VARCHAR(40),
  birth_date DATE,
  vip BOOLEAN NOT NULL,
  nickname TEXT,
  created_at TIMESTAMP NOT NULL
);
CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  kind VARCHAR(10) NOT NULL,
  street TEXT NOT NULL,
  postcode VARCHAR(12) NOT NULL,
  city TEXT NOT NULL,
  country CHAR(2) NOT NULL
);
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  sku VARCHAR(20) NOT NULL UNIQUE,
  title TEXT NOT NULL,
  price DECIMAL(10, 2) NOT NULL,
  weight_kg REAL,
  picture BLOB,
  attributes JSON
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  ship_to INTEGER REFERENCES addresses (id),
  status VARCHAR(12) NOT NULL,
  ordered_at TIMESTAMP NOT NULL,
  remark TEXT
);
CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  line_no INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL,
  unit_price DECIMAL(10, 2) NOT NULL,
  PRIMARY KEY (order_id, line_no)
);
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  reference BIGINT NOT NULL,
  method VARCHAR(12) NOT NULL,
  iban VARCHAR(34),
  amount DECIMAL(12, 2) NOT NULL,
  paid_at TIMESTAMP
);
CREATE TABLE support_tickets (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customers (id),
  subject TEXT NOT NULL,
  body TEXT,
  opened_at TIMESTAMP NOT NULL
);
CREATE VIEW customer_totals AS
  SELECT o.customer_id, count(DISTINCT o.id) AS orders, sum(l.quantity) AS items
  FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY o.customer_id;

CREATE TEMP TABLE words (kind TEXT, n INTEGER, word TEXT, PRIMARY KEY (kind, n)) WITHOUT ROWID;
INSERT INTO words VALUES
  ('first', 0, 'Ada'), ('first', 1, 'Björn'), ('first', 2, 'Chloé'), ('first', 3, 'Dmitri'), ('first', 4, 'Elif'),
  ('first', 5, 'Fatou'), ('first', 6, 'Grace'), ('first', 7, 'Haruto'), ('first', 8, 'Inês'), ('first', 9, 'Jürgen'),
  ('first', 10, 'Khadija'), ('first', 11, 'Łukasz'), ('first', 12, 'Noor'), ('first', 13, 'Ólafur'), ('first', 14, 'Priya'),
  ('last', 0, 'Abbott'), ('last', 1, 'Bäcker'), ('last', 2, 'D''Arcy'), ('last', 3, 'Estévez'), ('last', 4, 'Fischer'),
  ('last', 5, 'Güneş'), ('last', 6, 'Hoffmann'), ('last', 7, 'Ibáñez'), ('last', 8, 'Jansen'), ('last', 9, 'Kovács'),
  ('last', 10, 'Lindqvist'), ('last', 11, 'Moreau'), ('last', 12, 'Nowak'), ('last', 13, 'O''Neill'), ('last', 14, 'Petrović'),
  ('city', 0, 'Lyon'), ('city', 1, 'Gdańsk'), ('city', 2, 'Malmö'), ('city', 3, 'Porto'), ('city', 4, 'Graz'),
  ('city', 5, 'Cork'), ('city', 6, 'Gent'), ('city', 7, 'Tampere'), ('city', 8, 'Bologna'),
  ('country', 0, 'FR'), ('country', 1, 'PL'), ('country', 2, 'SE'), ('country', 3, 'PT'), ('country', 4, 'AT'),
  ('country', 5, 'IE'), ('country', 6, 'BE'), ('country', 7, 'FI'), ('country', 8, 'IT'),
  ('street', 0, 'Harbour Street'), ('street', 1, 'Rue des Tilleuls'), ('street', 2, 'Lindenallee'), ('street', 3, 'Via Roma'),
  ('street', 4, 'Storgatan'), ('street', 5, 'Calle Mayor'), ('street', 6, 'Mill Lane'),
  ('thing', 0, 'Lamp'), ('thing', 1, 'Chair'), ('thing', 2, 'Kettle'), ('thing', 3, 'Blanket'), ('thing', 4, 'Shelf'),
  ('thing', 5, 'Mirror'), ('thing', 6, 'Vase'), ('thing', 7, 'Clock'),
  ('look', 0, 'oak'), ('look', 1, 'blue'), ('look', 2, 'folding'), ('look', 3, 'large'), ('look', 4, 'café au lait'),
  ('look', 5, '12" wide'), ('look', 6, 'plain; washable'),
  ('remark', 0, 'Leave with the neighbour, please'), ('remark', 1, 'Ring twice, then wait'),
  ('remark', 2, 'Invoice to the "head office", not to this address'), ('remark', 3, 'First line' || char(10) || 'second line'),
  ('remark', 4, 'Path C:\temp\scan' || char(9) || 'and a tab'), ('remark', 5, 'Größe geändert, bitte prüfen'),
  ('remark', 6, 'Gift 🎁 for 👩‍👩‍👧'), ('remark', 7, 'مرحبا، اتركه عند الباب'), ('remark', 8, 'NULL'), ('remark', 9, '=1+1');

WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < 5000)
INSERT INTO customers
SELECT i, 1000000000000000000 + i * 7919, lower(replace(replace(f.word, 'ö', 'oe'), 'ü', 'ue')) || '.' || i || '@mail' || (h % 13) || '.example.net',
  f.word || ' ' || l.word,
  CASE WHEN h % 9 = 0 THEN NULL WHEN h % 31 = 0 THEN '' ELSE '+' || (30 + h % 60) || ' ' || printf('%03d %07d', h % 1000, (i * 7919) % 10000000) END,
  CASE WHEN h % 12 = 0 THEN NULL ELSE date('1941-05-01', (h % 23000) || ' days') END,
  h % 7 = 0, CASE h % 4 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE substr(f.word, 1, 3) END,
  strftime('%Y-%m-%d %H:%M:%S', '2019-01-01', (h % 190000000) || ' seconds')
FROM (SELECT i, (i * 2654435761 + 17) % 4294967296 AS h FROM g)
JOIN words f ON f.kind = 'first' AND f.n = h % 15 JOIN words l ON l.kind = 'last' AND l.n = h / 15 % 15;

UPDATE customers SET customer_no = 9223372036854775807, full_name = 'Quote " and '' and , comma', nickname = 'NULL' WHERE id = 1;
UPDATE customers SET full_name = 'Line' || char(13) || char(10) || 'break', nickname = '  blanks  ' WHERE id = 2;
UPDATE customers SET full_name = 'שלום עולם', nickname = '😀' WHERE id = 3;
UPDATE customers SET full_name = '=HYPERLINK("https://example.net")', nickname = '-42' WHERE id = 4;
UPDATE customers SET full_name = 'Zero​width and ' || char(8238) || 'reversed', nickname = char(9) WHERE id = 5;

WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < 6500)
INSERT INTO addresses
SELECT i, CASE WHEN i <= 5000 THEN i ELSE 1 + h % 5000 END, CASE WHEN i <= 5000 THEN 'home' ELSE 'work' END,
  s.word || ' ' || (1 + h % 180), printf('%05d', h % 99999), c.word, k.word
FROM (SELECT i, (i * 2654435761 + 5077) % 4294967296 AS h FROM g)
JOIN words s ON s.kind = 'street' AND s.n = h % 7 JOIN words c ON c.kind = 'city' AND c.n = h / 7 % 9
JOIN words k ON k.kind = 'country' AND k.n = h / 7 % 9;

WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < 600)
INSERT INTO products
SELECT i, printf('SKU-%05d', i * 37 % 99991), t.word || ', ' || a.word, printf('%d.%02d', 3 + h % 400, h % 100),
  CASE WHEN h % 10 = 0 THEN NULL ELSE (h % 9000) / 1000.0 + 0.1 END,
  CASE WHEN h % 5 = 0 THEN NULL ELSE unhex(printf('%08x00ff%04x', h, i)) END,
  json_object('colour', a.word, 'stock', h % 250, 'big', 9007199254740993)
FROM (SELECT i, (i * 2654435761 + 991) % 4294967296 AS h FROM g)
JOIN words t ON t.kind = 'thing' AND t.n = h % 8 JOIN words a ON a.kind = 'look' AND a.n = h / 8 % 7;

WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < 9000)
INSERT INTO orders
SELECT i, 1 + h % 5000, CASE WHEN h % 6 = 0 THEN NULL ELSE 1 + h % 5000 END,
  CASE h % 5 WHEN 0 THEN 'open' WHEN 1 THEN 'packed' WHEN 2 THEN 'sent' WHEN 3 THEN 'delivered' ELSE 'returned' END,
  strftime('%Y-%m-%d %H:%M:%S', '2022-03-01', (h % 94000000) || ' seconds'),
  CASE WHEN h % 3 = 0 THEN NULL WHEN h % 17 = 0 THEN '' ELSE r.word END
FROM (SELECT i, (i * 2654435761 + 31337) % 4294967296 AS h FROM g) JOIN words r ON r.kind = 'remark' AND r.n = h / 3 % 10;

WITH RECURSIVE g (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM g WHERE i < 19999)
INSERT INTO order_lines
SELECT 1 + i % 9000, 1 + i / 9000, 1 + h % 600, 1 + h % 9, p.price
FROM (SELECT i, (i * 2654435761 + 4242) % 4294967296 AS h FROM g) JOIN products p ON p.id = 1 + h % 600;

WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < 8500)
INSERT INTO payments
SELECT i, i, 4000000000000000000 + h * 1000003, CASE h % 3 WHEN 0 THEN 'transfer' WHEN 1 THEN 'card' ELSE 'cash' END,
  CASE WHEN h % 3 = 0 THEN printf('DE%02d50010517%010d', 10 + h % 89, h) END, printf('%d.%02d', 5 + h % 900, h % 100),
  CASE WHEN h % 8 = 0 THEN NULL ELSE strftime('%Y-%m-%d %H:%M:%S', '2022-03-02', (h % 94000000) || ' seconds') END
FROM (SELECT i, (i * 2654435761 + 808) % 4294967296 AS h FROM g);

WITH RECURSIVE g (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM g WHERE i < 1200)
INSERT INTO support_tickets
SELECT i, CASE WHEN h % 20 = 0 THEN NULL ELSE 1 + h % 5000 END, 'Ticket ' || i || ': ' || t.word || ' arrived ' || CASE h % 2 WHEN 0 THEN 'late' ELSE 'broken' END,
  CASE WHEN h % 14 = 0 THEN NULL ELSE 'Hello,' || char(10) || char(10) || 'my ' || lower(t.word) || ' (' || r.word || ') …' || char(10) || 'Please call ' || (h % 89999 + 10000) || '.' END,
  strftime('%Y-%m-%d %H:%M:%S', '2023-01-01', (h % 60000000) || ' seconds')
FROM (SELECT i, (i * 2654435761 + 77) % 4294967296 AS h FROM g)
JOIN words t ON t.kind = 'thing' AND t.n = h % 8 JOIN words r ON r.kind = 'remark' AND r.n = h / 8 % 10;

DROP TABLE words;
COMMIT;
-- Statistics, so that the sample shows estimates as a database that is looked after does.
ANALYZE;
