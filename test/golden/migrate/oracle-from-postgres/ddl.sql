-- Makes the tables of this package in Oracle; from PostgreSQL
--
-- Run it inside the folder of the package:
--   NLS_LANG=.AL32UTF8 sqlplus USER@//HOST/SERVICE @ddl.sql
--   ORACLE_LOGIN=USER@//HOST/SERVICE sh load.sh
--
-- Not as in the source:
--   public.people: Not carried: check fine: CHECK (public.is_fine(name)).
--   public.people: Not carried: CREATE INDEX people_lower ON public.people USING btree (lower(name)).
--   public.people: Not carried: CREATE UNIQUE INDEX people_part ON public.people USING btree (name) WHERE (boss IS NULL).
--   public.people: Not carried: check it's; so: CHECK (((name <> 'a\nb;'::text) AND ((boss IS NULL) OR (boss >= (id - 1000))) AND (made > '2000-01-01 00:00:00+00'::timestamp with time zone))).
--   public.people: Not carried: check people_name_check: CHECK ((name <> ''::text)).
--   public.a_first: Not carried: deferrable constraint circle, which is checked at once here.
--   public.nothing: Not carried: check later: CHECK ((id > 0)) NOT VALID.
--   public.part: Not carried: partitioned by RANGE (at).
--   "Od\"d; schema"."sel\"ect,\n-- from": The table is named "sel_ect,\n-- from".
--   "Od\"d; schema"."sel\"ect,\n-- from": The column "a \"quoted\", name" is named "a _quoted_, name".
--   public.every_type: c0 (boolean): kept as NUMBER(1), 1 and 0.
--   public.every_type: c4 (numeric): a value of more than 38 digits, NaN or Infinity stops the load.
--   public.every_type: c5 (numeric(40,10)): too long for NUMBER, its digits are text.
--   public.every_type: c8 (real), c9 (double precision): -0 becomes 0.
--   public.every_type: c10 (money), c18 (bit(5)), c19 (bit varying), c28 (uuid), c31 (xml), c32 (inet), c33 (cidr), c34 (macaddr), c35 (macaddr8), c36 (point), c37 (line), c38 (lseg), c39 (box), c40 (path), c41 (polygon), c42 (circle), c43 (tsvector), c44 (tsquery), c45 (pg_lsn), c46 (int4range), c47 (numrange), c48 (tstzrange), c49 (int8multirange), c52 (jsonpath), c58 ("My; types"."mo""od"), c60 ("My; types".pair), c63 ("My; types".span), c64 ("My; types".spans), c67 (tid), c68 (int2vector), c69 (oidvector), c70 (regclass), c71 (regcollation), c72 (regconfig), c73 (regdictionary), c74 (regnamespace), c75 (regoper), c76 (regoperator), c77 (regproc), c78 (regprocedure), c79 (regrole), c80 (regtype), c81 (aclitem), c82 (pg_snapshot), c83 (txid_snapshot), c84 (refcursor), c85 (daterange), c86 (tsrange), c87 (int8range), c88 (nummultirange), c89 (tstzmultirange), c95 (public.citext), c96 (public.hstore), c97 (public.ltree), c98 (public.lquery), c99 (public.ltxtquery): the type has no counterpart, its values are text.
--   public.every_type: c21 (time without time zone), c22 (time(2) without time zone), c23 (time with time zone), c92 (time(0) with time zone): times are text.
--   public.every_type: c25 (timestamp with time zone), c26 (timestamp(0) with time zone): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   public.every_type: c27 (interval), c91 (interval year to month): intervals are text in the form of ISO 8601.
--   public.every_type: c29 (json), c30 (jsonb): kept as text, character by character.
--   public.every_type: c53 (integer[]), c54 (text[]), c55 (bytea[]), c56 (timestamp with time zone[]), c57 (double precision[]), c59 ("My; types"."mo""od"[]), c61 ("My; types".pair[]), c93 (bit(3)[]), c94 (json[]): arrays are text, as the source writes them.
--   public.every_type: c13, c14, c15, c16, c18: an empty value becomes NULL.
--   "Od\"d; schema"."sel\"ect,\n-- from": '; drop table x; -- (boolean): kept as NUMBER(1), 1 and 0.
--   "Od\"d; schema"."sel\"ect,\n-- from": two\nlines: an empty value is NULL and stops the load, unless NOT NULL goes.
--   public.people: made (timestamp with time zone): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   public.people: key (uuid): the type has no counterpart, its values are text.
--   public.people: tags (text[]): arrays are text, as the source writes them.
--   public.people: doc (jsonb): kept as text, character by character.
--   public.people: email: an empty value becomes NULL.
--   public.across: c0 (boolean): kept as NUMBER(1), 1 and 0.
--   public.across: c3 (numeric(40,10)), c5 (numeric(80,40)): too long for NUMBER, its digits are text.
--   public.across: c6 (numeric): a value of more than 38 digits, NaN or Infinity stops the load.
--   public.across: c7 (real), c8 (double precision): -0 becomes 0.
--   public.across: c14 (time without time zone), c17 (time with time zone): times are text.
--   public.across: c16 (timestamp with time zone): kept as TIMESTAMP WITH TIME ZONE with the offset +00:00.
--   public.across: c18 (interval): intervals are text in the form of ISO 8601.
--   public.across: c19 (uuid), c22 (inet), c24 (int4range), c25 (bit varying), c26 (xml): the type has no counterpart, its values are text.
--   public.across: c20 (json), c21 (jsonb): kept as text, character by character.
--   public.across: c23 (integer[]): arrays are text, as the source writes them.
--   public.across: c10, c11: an empty value becomes NULL.
--   "Od\"d; schema"."sel\"ect,\n-- from": two\nlines is part of a key and holds at most 1000: a longer value stops the load.
--   public.people: email is part of a key and holds at most 1000: a longer value stops the load.
--   public.people: The default of key is left out.
--   public.people: upper is an ordinary column, not a generated one. It was: upper(name)
--   public.people: The default of doc is left out: {}.
--   public.people: The index people_name is left out: no index takes texts or bytes without a length.
--   public.people: The index people_tags is left out: its method is gin.

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

CREATE TABLE "every_type" (
  "id" NUMBER(19) NOT NULL,
  "c0" NUMBER(1),
  "c1" NUMBER(5),
  "c2" NUMBER(10),
  "c3" NUMBER(19),
  "c4" NUMBER,
  "c5" VARCHAR2(43 CHAR),
  "c6" NUMBER(5,-2),
  "c7" NUMBER(3,5),
  "c8" BINARY_FLOAT,
  "c9" BINARY_DOUBLE,
  "c10" CLOB,
  "c11" CLOB,
  "c12" CLOB,
  "c13" VARCHAR2(5 CHAR),
  "c14" VARCHAR2(7 CHAR),
  "c15" VARCHAR2(1 CHAR),
  "c16" VARCHAR2(63 CHAR),
  "c17" BLOB,
  "c18" VARCHAR2(5 CHAR),
  "c19" CLOB,
  "c20" DATE,
  "c21" VARCHAR2(40 CHAR),
  "c22" VARCHAR2(40 CHAR),
  "c23" VARCHAR2(40 CHAR),
  "c24" TIMESTAMP(6),
  "c25" TIMESTAMP(6) WITH TIME ZONE,
  "c26" TIMESTAMP(0) WITH TIME ZONE,
  "c27" VARCHAR2(100 CHAR),
  "c28" VARCHAR2(36 CHAR),
  "c29" CLOB,
  "c30" CLOB,
  "c31" CLOB,
  "c32" CLOB,
  "c33" CLOB,
  "c34" CLOB,
  "c35" CLOB,
  "c36" CLOB,
  "c37" CLOB,
  "c38" CLOB,
  "c39" CLOB,
  "c40" CLOB,
  "c41" CLOB,
  "c42" CLOB,
  "c43" CLOB,
  "c44" CLOB,
  "c45" CLOB,
  "c46" CLOB,
  "c47" CLOB,
  "c48" CLOB,
  "c49" CLOB,
  "c50" NUMBER(10),
  "c51" NUMBER(20),
  "c52" CLOB,
  "c53" CLOB,
  "c54" CLOB,
  "c55" CLOB,
  "c56" CLOB,
  "c57" CLOB,
  "c58" CLOB,
  "c59" CLOB,
  "c60" CLOB,
  "c61" CLOB,
  "c62" NUMBER(10,2),
  "c63" CLOB,
  "c64" CLOB,
  "c65" NUMBER(10),
  "c66" NUMBER(10),
  "c67" CLOB,
  "c68" CLOB,
  "c69" CLOB,
  "c70" CLOB,
  "c71" CLOB,
  "c72" CLOB,
  "c73" CLOB,
  "c74" CLOB,
  "c75" CLOB,
  "c76" CLOB,
  "c77" CLOB,
  "c78" CLOB,
  "c79" CLOB,
  "c80" CLOB,
  "c81" CLOB,
  "c82" CLOB,
  "c83" CLOB,
  "c84" CLOB,
  "c85" CLOB,
  "c86" CLOB,
  "c87" CLOB,
  "c88" CLOB,
  "c89" CLOB,
  "c90" CLOB,
  "c91" VARCHAR2(100 CHAR),
  "c92" VARCHAR2(40 CHAR),
  "c93" CLOB,
  "c94" CLOB,
  "c95" CLOB,
  "c96" CLOB,
  "c97" CLOB,
  "c98" CLOB,
  "c99" CLOB,
  CONSTRAINT "PK_every_type" PRIMARY KEY ("id")
);

BEGIN
  EXECUTE IMMEDIATE TO_CLOB('') ||
    'CREATE TABLE "sel_ect,' ||
    CHR(10) ||
    '-- from" (' ||
    CHR(10) ||
    '  "id" NUMBER(10) GENERATED BY DEFAULT AS IDENTITY NOT NULL,' ||
    CHR(10) ||
    '  "a _quoted_, name" CLOB,' ||
    CHR(10) ||
    '  "two' ||
    CHR(10) ||
    'lines" VARCHAR2(1000 CHAR) DEFAULT ''it''''s \'' NOT NULL,' ||
    CHR(10) ||
    '  "ééééééééééééééééééééééééééééééé" CLOB,' ||
    CHR(10) ||
    '  "''; drop table x; --" NUMBER(1) DEFAULT 1,' ||
    CHR(10) ||
    '  "🦄:x" NUMBER(10),' ||
    CHR(10) ||
    '  "A" NUMBER(10),' ||
    CHR(10) ||
    '  "a" NUMBER(10),' ||
    CHR(10) ||
    '  CONSTRAINT "PK_sel_ect,' ||
    CHR(10) ||
    '-- from" PRIMARY KEY ("id", "two' ||
    CHR(10) ||
    'lines")' ||
    CHR(10) ||
    ')';
END;
/
BEGIN
  EXECUTE IMMEDIATE TO_CLOB('') ||
    'COMMENT ON TABLE "sel_ect,' ||
    CHR(10) ||
    '-- from" IS ''it''''s; a' ||
    CHR(10) ||
    '\! comment''';
END;
/
BEGIN
  EXECUTE IMMEDIATE TO_CLOB('') ||
    'COMMENT ON COLUMN "sel_ect,' ||
    CHR(10) ||
    '-- from"."🦄:x" IS ''"; --''';
END;
/

CREATE TABLE "people" (
  "id" NUMBER(10) GENERATED BY DEFAULT AS IDENTITY NOT NULL,
  "boss" NUMBER(10),
  "name" CLOB NOT NULL,
  "email" VARCHAR2(1000 CHAR),
  "made" TIMESTAMP(6) WITH TIME ZONE DEFAULT SYSTIMESTAMP NOT NULL,
  "day" DATE DEFAULT TRUNC(SYSDATE),
  "key" VARCHAR2(36 CHAR),
  "label" CLOB DEFAULT 'it''s',
  "upper" CLOB,
  "tags" CLOB,
  "doc" CLOB,
  CONSTRAINT "PK_people" PRIMARY KEY ("id"),
  CONSTRAINT "one each" UNIQUE ("email")
);

CREATE TABLE "a_first" (
  "id" NUMBER(10) GENERATED BY DEFAULT AS IDENTITY NOT NULL,
  "person" NUMBER(10) NOT NULL,
  "b" NUMBER(10),
  CONSTRAINT "PK_a_first" PRIMARY KEY ("id")
);

CREATE TABLE "b_second" (
  "id" NUMBER(19) NOT NULL,
  "a" NUMBER(10),
  CONSTRAINT "PK_b_second" PRIMARY KEY ("id")
);

CREATE TABLE "nothing" (
  "id" NUMBER(10) NOT NULL,
  "note" CLOB,
  CONSTRAINT "PK_nothing" PRIMARY KEY ("id")
);

CREATE TABLE "part" (
  "id" NUMBER(10),
  "at" DATE
);

CREATE TABLE "across" (
  "id" NUMBER(10) NOT NULL,
  "c0" NUMBER(1),
  "c1" NUMBER(5),
  "c2" NUMBER(19),
  "c3" VARCHAR2(43 CHAR),
  "c4" NUMBER(5,-2),
  "c5" VARCHAR2(83 CHAR),
  "c6" NUMBER,
  "c7" BINARY_FLOAT,
  "c8" BINARY_DOUBLE,
  "c9" CLOB,
  "c10" VARCHAR2(30 CHAR),
  "c11" VARCHAR2(5 CHAR),
  "c12" BLOB,
  "c13" DATE,
  "c14" VARCHAR2(40 CHAR),
  "c15" TIMESTAMP(6),
  "c16" TIMESTAMP(6) WITH TIME ZONE,
  "c17" VARCHAR2(40 CHAR),
  "c18" VARCHAR2(100 CHAR),
  "c19" VARCHAR2(36 CHAR),
  "c20" CLOB,
  "c21" CLOB,
  "c22" CLOB,
  "c23" CLOB,
  "c24" CLOB,
  "c25" CLOB,
  "c26" CLOB,
  CONSTRAINT "PK_across" PRIMARY KEY ("id")
);
ALTER TABLE "a_first" ADD CONSTRAINT "a_first_person_fkey"
  FOREIGN KEY ("person")
  REFERENCES "people" ("id");
ALTER TABLE "a_first" ADD CONSTRAINT "circle"
  FOREIGN KEY ("b")
  REFERENCES "b_second" ("id");
-- public.people: the foreign key people_boss_fkey is added by load.sql, when all rows are there.
-- public.b_second: the foreign key b_second_a_fkey is added by load.sql, when all rows are there.

-- The view public.names of the source is not made here. It was:
--  SELECT people.name
--    FROM public.people
--   WHERE (people.name <> '-- .
-- ;'::text);
EXIT
