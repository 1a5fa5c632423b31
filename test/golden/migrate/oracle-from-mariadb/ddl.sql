-- Makes the tables of this package in Oracle; from MariaDB
--
-- Run it inside the folder of the package:
--   NLS_LANG=.AL32UTF8 sqlplus USER@//HOST/SERVICE @ddl.sql
--   ORACLE_LOGIN=USER@//HOST/SERVICE sh load.sh
--
-- Not as in the source:
--   shop.people: Not carried: check of n: CHECK (`n` < 900 and `note` <> 'it\'s \\; x').
--   shop.people: Not carried: check of k: CHECK (`k` > 0).
--   shop.people: Not carried: check so; it's: CHECK (`name` <> 'a\'b\\;\n' and (`doc` is null or char_length(`full_name`) > 0)).
--   shop.people: Not carried: check CONSTRAINT_1: CHECK (`n` >= 0).
--   shop.part: Not carried: partitioned by HASH (`id`).
--   shop."sel`ect, \"from\"; --": The table is named "sel`ect, _from_; --".
--   shop."sel`ect, \"from\"; --": The column "a \"quoted\", name" is named "a _quoted_, name".
--   shop."two\nlines; -- \"x\"": The table is named "two\nlines; -- _x_".
--   shop.people: The foreign key boss_key goes without ON UPDATE CASCADE.
--   shop."sel`ect, \"from\"; --": order (decimal(40,10)): too long for NUMBER, its digits are text.
--   shop."sel`ect, \"from\"; --": at (timestamp(3)): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   shop."sel`ect, \"from\"; --": span (time(6)): times are text.
--   shop."sel`ect, \"from\"; --": double (double), float (float): -0 becomes 0.
--   shop."sel`ect, \"from\"; --": kind (enum('','a,b','NULL','"')), several (set('x','y z')), uuid (uuid), address (inet6): the type has no counterpart, its values are text.
--   shop."sel`ect, \"from\"; --": tab	here, kind, several, address: an empty value becomes NULL.
--   shop.every_type: c10 (decimal(65,30)): too long for NUMBER, its digits are text.
--   shop.every_type: c12 (float), c13 (double), c14 (double(10,2)), c54 (float unsigned), c55 (double unsigned): -0 becomes 0.
--   shop.every_type: c20 (time), c21 (time(6)), c56 (time(3)): times are text.
--   shop.every_type: c24 (timestamp), c25 (timestamp(3)): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   shop.every_type: c39 (enum('','a,b','NULL','"','it''s','back\\slash')), c40 (set('x','y z','é')), c42 (uuid), c43 (inet4), c44 (inet6): the type has no counterpart, its values are text.
--   shop.every_type: c27 (char(5)), c28 (varchar(20)), c29 (varchar(20)), c31 (varchar(20)), c39 (enum('','a,b','NULL','"','it''s','back\\slash')), c60 (varchar(20)), c61 (varchar(20)), c62 (varchar(20)), c63 (varchar(20)), c64 (varchar(20)), c66 (char(3)): the source compares it without regard to case; here case counts.
--   shop.every_type: c26, c27, c28, c29, c30, c31, c32, c35, c36, c37, c39, c40, c43, c44, c60, c61, c62, c63, c64, c65, c66: an empty value becomes NULL.
--   shop.people: made (timestamp(3)): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   shop.people: email (varchar(100)): the source compares it without regard to case; here case counts.
--   shop.people: email, full_name: an empty value becomes NULL.
--   shop.people: name: an empty value is NULL and stops the load, unless NOT NULL goes.
--   shop.across: c4 (decimal(65,30)): too long for NUMBER, its digits are text.
--   shop.across: c5 (float), c6 (double): -0 becomes 0.
--   shop.across: c11 (time(6)): times are text.
--   shop.across: c13 (timestamp(6)): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   shop.across: c20 (enum('','a,b')), c21 (set('x','y')), c23 (uuid), c24 (inet6): the type has no counterpart, its values are text.
--   shop.across: c16 (varchar(20)): the source compares it without regard to case; here case counts.
--   shop.across: c14, c15, c16, c18, c20, c21, c24: an empty value becomes NULL.
--   shop."sel`ect, \"from\"; --": '; drop table x; --: CHECK (json_valid(`'; drop table x; --`)) is left out.
--   shop.every_type: c41: CHECK (json_valid(`c41`)) is left out.
--   shop.people: made: on update current_timestamp(3) is left out.
--   shop.people: full_name is an ordinary column, not a generated one. It was: concat(`name`,'!')
--   shop.people: len is an ordinary column, not a generated one. It was: char_length(`name`)
--   shop.people: The index by_name is left out: it is over beginnings of values.
--   shop.people: The index places is left out: its method is spatial.
--   shop.people: The index words is left out: its method is fulltext.
--   shop.across: c22: CHECK (json_valid(`c22`)) is left out.

SET DEFINE OFF
SET ESCAPE OFF
SET SQLBLANKLINES ON
SET FEEDBACK OFF
WHENEVER SQLERROR EXIT FAILURE ROLLBACK
WHENEVER OSERROR EXIT FAILURE ROLLBACK
BEGIN
  IF ASCIISTR('é') <> '\00E9' THEN
    RAISE_APPLICATION_ERROR(-20000, 'The client reads this script in another encoding: set NLS_LANG=.AL32UTF8');
  END IF;
END;
/
ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,' NLS_DATE_LANGUAGE = 'AMERICAN' NLS_CALENDAR = 'GREGORIAN';
ALTER SESSION SET NLS_COMP = 'BINARY' NLS_SORT = 'BINARY' TIME_ZONE = '+00:00';

CREATE TABLE "sel`ect, _from_; --" (
  "id" NUMBER(20) NOT NULL,
  "a _quoted_, name" CLOB,
  "tab	here" VARCHAR2(100 CHAR),
  "order" VARCHAR2(43 CHAR),
  "عمود" TIMESTAMP(6),
  "at" TIMESTAMP(3) WITH TIME ZONE,
  "day" DATE,
  "span" VARCHAR2(40 CHAR),
  "year" NUMBER(5),
  "double" BINARY_DOUBLE,
  "float" BINARY_FLOAT,
  "tiny" NUMBER(3),
  "--" BLOB,
  "bits" NUMBER(20),
  "shape" BLOB,
  "kind" VARCHAR2(4 CHAR),
  "several" VARCHAR2(5 CHAR),
  "'; drop table x; --" CLOB,
  "uuid" VARCHAR2(36 CHAR),
  "address" VARCHAR2(39 CHAR),
  CONSTRAINT "PK_sel`ect, _from_; --" PRIMARY KEY ("id")
);

CREATE TABLE "every_type" (
  "id" NUMBER(10) NOT NULL,
  "c0" NUMBER(3),
  "c1" NUMBER(3),
  "c2" NUMBER(3),
  "c3" NUMBER(5),
  "c4" NUMBER(8),
  "c5" NUMBER(8),
  "c6" NUMBER(10),
  "c7" NUMBER(10),
  "c8" NUMBER(19),
  "c9" NUMBER(20),
  "c10" VARCHAR2(68 CHAR),
  "c11" NUMBER(10,0),
  "c12" BINARY_FLOAT,
  "c13" BINARY_DOUBLE,
  "c14" BINARY_DOUBLE,
  "c15" NUMBER(3),
  "c16" NUMBER(5),
  "c17" NUMBER(20),
  "c18" NUMBER(5),
  "c19" DATE,
  "c20" VARCHAR2(40 CHAR),
  "c21" VARCHAR2(40 CHAR),
  "c22" TIMESTAMP(0),
  "c23" TIMESTAMP(6),
  "c24" TIMESTAMP(0) WITH TIME ZONE,
  "c25" TIMESTAMP(3) WITH TIME ZONE,
  "c26" VARCHAR2(5 CHAR),
  "c27" VARCHAR2(5 CHAR),
  "c28" VARCHAR2(20 CHAR),
  "c29" VARCHAR2(20 CHAR),
  "c30" VARCHAR2(20 CHAR),
  "c31" VARCHAR2(20 CHAR),
  "c32" VARCHAR2(255 CHAR),
  "c33" CLOB,
  "c34" CLOB,
  "c35" RAW(4),
  "c36" RAW(9),
  "c37" RAW(255),
  "c38" BLOB,
  "c39" VARCHAR2(10 CHAR),
  "c40" VARCHAR2(7 CHAR),
  "c41" CLOB,
  "c42" VARCHAR2(36 CHAR),
  "c43" VARCHAR2(15 CHAR),
  "c44" VARCHAR2(39 CHAR),
  "c45" BLOB,
  "c46" BLOB,
  "c47" BLOB,
  "c48" BLOB,
  "c49" BLOB,
  "c50" BLOB,
  "c51" BLOB,
  "c52" BLOB,
  "c53" NUMBER(10,2),
  "c54" BINARY_FLOAT,
  "c55" BINARY_DOUBLE,
  "c56" VARCHAR2(40 CHAR),
  "c57" CLOB,
  "c58" BLOB,
  "c59" BLOB,
  "c60" VARCHAR2(20 CHAR),
  "c61" VARCHAR2(20 CHAR),
  "c62" VARCHAR2(20 CHAR),
  "c63" VARCHAR2(20 CHAR),
  "c64" VARCHAR2(20 CHAR),
  "c65" RAW(3),
  "c66" VARCHAR2(3 CHAR),
  CONSTRAINT "PK_every_type" PRIMARY KEY ("id")
);

CREATE TABLE "people" (
  "id" NUMBER(10) GENERATED BY DEFAULT AS IDENTITY NOT NULL,
  "boss" NUMBER(10),
  "name" VARCHAR2(50 CHAR) DEFAULT 'it''s \' NOT NULL,
  "email" VARCHAR2(100 CHAR),
  "made" TIMESTAMP(3) WITH TIME ZONE DEFAULT SYSTIMESTAMP NOT NULL,
  "day" DATE DEFAULT DATE '2024-02-29',
  "full_name" VARCHAR2(60 CHAR),
  "len" NUMBER(10),
  "doc" CLOB,
  "place" BLOB NOT NULL,
  "note" CLOB DEFAULT 'none',
  "n" NUMBER(5,2) DEFAULT 1.50,
  "k" NUMBER(10),
  CONSTRAINT "PK_people" PRIMARY KEY ("id"),
  CONSTRAINT "one each" UNIQUE ("email")
);
COMMENT ON TABLE "people" IS 'people; -- ''x''';
COMMENT ON COLUMN "people"."id" IS 'it''s; "a" \ comment';
COMMENT ON COLUMN "people"."k" IS 'k';
CREATE INDEX "boss_key" ON "people" ("boss");

CREATE TABLE "a_first" (
  "id" NUMBER(10) NOT NULL,
  "person" NUMBER(10) NOT NULL,
  "b" NUMBER(19),
  CONSTRAINT "PK_a_first" PRIMARY KEY ("id")
);
CREATE INDEX "circle" ON "a_first" ("b");
CREATE INDEX "person" ON "a_first" ("person");

CREATE TABLE "b_second" (
  "id" NUMBER(19) NOT NULL,
  "a" NUMBER(10),
  CONSTRAINT "PK_b_second" PRIMARY KEY ("id")
);
CREATE INDEX "to_a" ON "b_second" ("a");

CREATE TABLE "nothing" (
  "id" NUMBER(10) NOT NULL,
  CONSTRAINT "PK_nothing" PRIMARY KEY ("id")
);

CREATE TABLE "part" (
  "id" NUMBER(10)
);

BEGIN
  EXECUTE IMMEDIATE TO_CLOB('') ||
    'CREATE TABLE "two' ||
    CHR(10) ||
    'lines; -- _x_" (' ||
    CHR(10) ||
    '  "i' ||
    CHR(10) ||
    'd" NUMBER(10) NOT NULL,' ||
    CHR(10) ||
    '  "a\b" CLOB,' ||
    CHR(10) ||
    '  "''" CLOB,' ||
    CHR(10) ||
    '  CONSTRAINT "PK_two' ||
    CHR(10) ||
    'lines; -- _x_" PRIMARY KEY ("i' ||
    CHR(10) ||
    'd")' ||
    CHR(10) ||
    ')';
END;
/

CREATE TABLE "across" (
  "id" NUMBER(10) NOT NULL,
  "c0" NUMBER(3),
  "c1" NUMBER(8),
  "c2" NUMBER(10),
  "c3" NUMBER(20),
  "c4" VARCHAR2(68 CHAR),
  "c5" BINARY_FLOAT,
  "c6" BINARY_DOUBLE,
  "c7" NUMBER(5),
  "c8" NUMBER(20),
  "c9" NUMBER(5),
  "c10" DATE,
  "c11" VARCHAR2(40 CHAR),
  "c12" TIMESTAMP(6),
  "c13" TIMESTAMP(6) WITH TIME ZONE,
  "c14" VARCHAR2(5 CHAR),
  "c15" VARCHAR2(30 CHAR),
  "c16" VARCHAR2(20 CHAR),
  "c17" CLOB,
  "c18" RAW(4),
  "c19" BLOB,
  "c20" VARCHAR2(3 CHAR),
  "c21" VARCHAR2(3 CHAR),
  "c22" CLOB,
  "c23" VARCHAR2(36 CHAR),
  "c24" VARCHAR2(39 CHAR),
  "c25" BLOB,
  CONSTRAINT "PK_across" PRIMARY KEY ("id")
);
ALTER TABLE "a_first" ADD CONSTRAINT "a_first_ibfk_1"
  FOREIGN KEY ("person")
  REFERENCES "people" ("id");
ALTER TABLE "a_first" ADD CONSTRAINT "circle_2"
  FOREIGN KEY ("b")
  REFERENCES "b_second" ("id");
-- shop.people: the foreign key boss_key is added by load.sql, when all rows are there.
-- shop.b_second: the foreign key to_a is added by load.sql, when all rows are there.

-- The view shop.names of the source is not made here. It was:
-- select `shop`.`people`.`name` AS `name` from `shop`.`people` where `shop`.`people`.`name` <> '--;'
EXIT
