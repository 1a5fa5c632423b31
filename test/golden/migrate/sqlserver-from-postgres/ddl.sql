-- Makes the tables of this package in SQL Server; from PostgreSQL
--
-- Run it inside the folder of the package:
--   sqlcmd -S SERVER -d DATABASE -b -x -I -f 65001 -i ddl.sql     (Windows)
--   sqlcmd -S SERVER -d DATABASE -b -x -I -i ddl.sql              (Linux, macOS)
--   load.cmd (Windows) or sh load.sh (Linux, macOS) loads the rows
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
--   "Od\"d; schema"."sel\"ect,\n-- from": The column "a" is named "a_2".
--   public.a_first: The foreign key circle is left out: its columns have other types than those it refers to (int, bigint).
--   public.people: The foreign key people_boss_fkey no longer follows changes of public.people: the product takes no second way for them, and no circle.
--   public.every_type: c4 (numeric): kept with 18 digits before the point and 20 behind it; a value that needs more, NaN or Infinity stops the load.
--   public.every_type: c5 (numeric(40,10)): too long for decimal, its digits are text.
--   public.every_type: c10 (money), c18 (bit(5)), c19 (bit varying), c31 (xml), c32 (inet), c33 (cidr), c34 (macaddr), c35 (macaddr8), c36 (point), c37 (line), c38 (lseg), c39 (box), c40 (path), c41 (polygon), c42 (circle), c43 (tsvector), c44 (tsquery), c45 (pg_lsn), c46 (int4range), c47 (numrange), c48 (tstzrange), c49 (int8multirange), c52 (jsonpath), c58 ("My; types"."mo""od"), c60 ("My; types".pair), c63 ("My; types".span), c64 ("My; types".spans), c67 (tid), c68 (int2vector), c69 (oidvector), c70 (regclass), c71 (regcollation), c72 (regconfig), c73 (regdictionary), c74 (regnamespace), c75 (regoper), c76 (regoperator), c77 (regproc), c78 (regprocedure), c79 (regrole), c80 (regtype), c81 (aclitem), c82 (pg_snapshot), c83 (txid_snapshot), c84 (refcursor), c85 (daterange), c86 (tsrange), c87 (int8range), c88 (nummultirange), c89 (tstzmultirange), c95 (public.citext), c96 (public.hstore), c97 (public.ltree), c98 (public.lquery), c99 (public.ltxtquery): the type has no counterpart, its values are text.
--   public.every_type: c23 (time with time zone), c92 (time(0) with time zone): times with a zone, or beyond 24 hours, are text.
--   public.every_type: c25 (timestamp with time zone), c26 (timestamp(0) with time zone): kept as datetimeoffset with the offset +00:00.
--   public.every_type: c27 (interval), c91 (interval year to month): intervals are text in the form of ISO 8601.
--   public.every_type: c28 (uuid): kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way.
--   public.every_type: c29 (json), c30 (jsonb): kept as text, character by character.
--   public.every_type: c53 (integer[]), c54 (text[]), c55 (bytea[]), c56 (timestamp with time zone[]), c57 (double precision[]), c59 ("My; types"."mo""od"[]), c61 ("My; types".pair[]), c93 (bit(3)[]), c94 (json[]): arrays are text, as the source writes them.
--   public.people: made (timestamp with time zone): kept as datetimeoffset with the offset +00:00.
--   public.people: key (uuid): kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way.
--   public.people: tags (text[]): arrays are text, as the source writes them.
--   public.people: doc (jsonb): kept as text, character by character.
--   public.across: c3 (numeric(40,10)), c5 (numeric(80,40)): too long for decimal, its digits are text.
--   public.across: c6 (numeric): kept with 18 digits before the point and 20 behind it; a value that needs more, NaN or Infinity stops the load.
--   public.across: c16 (timestamp with time zone): kept as datetimeoffset with the offset +00:00.
--   public.across: c17 (time with time zone): times with a zone, or beyond 24 hours, are text.
--   public.across: c18 (interval): intervals are text in the form of ISO 8601.
--   public.across: c19 (uuid): kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way.
--   public.across: c20 (json), c21 (jsonb): kept as text, character by character.
--   public.across: c22 (inet), c24 (int4range), c25 (bit varying), c26 (xml): the type has no counterpart, its values are text.
--   public.across: c23 (integer[]): arrays are text, as the source writes them.
--   "Od\"d; schema"."sel\"ect,\n-- from": two\nlines is part of a key and holds at most 830: a longer value stops the load.
--   public.people: email is part of a key and holds at most 850: a longer value stops the load.
--   public.people: upper is an ordinary column, not a generated one. It was: upper(name)
--   public.people: The default of doc is left out: {}.
--   public.people: The index people_name is left out: its values may be longer than the 1,700 bytes that an index takes of a row.
--   public.people: The index people_tags is left out: its method is gin.

SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
SET NOCOUNT, XACT_ABORT ON;
SET DATEFORMAT ymd;
GO
IF UNICODE(N'é') <> 233 OR DATALENGTH(N'é') <> 2 BEGIN; THROW 50000, N'sqlcmd reads this script in another encoding: run it with -f 65001.', 1; END;
DECLARE @run nvarchar(max), @text nvarchar(3750), @schema sysname, @table sysname, @column sysname;
BEGIN TRANSACTION;
SET @schema = N'Od"d; schema';
SET @run = N'CREATE SCHEMA [Od"d; schema]';
IF SCHEMA_ID(@schema) IS NULL EXEC (@run);

CREATE TABLE [dbo].[every_type] (
  [id] bigint NOT NULL,
  [c0] bit NULL,
  [c1] smallint NULL,
  [c2] int NULL,
  [c3] bigint NULL,
  [c4] decimal(38,20) NULL,
  [c5] nvarchar(43) COLLATE Latin1_General_100_BIN2 NULL,
  [c6] decimal(7,0) NULL,
  [c7] decimal(5,5) NULL,
  [c8] real NULL,
  [c9] float NULL,
  [c10] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c11] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c12] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c13] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c14] nvarchar(14) COLLATE Latin1_General_100_BIN2 NULL,
  [c15] nvarchar(2) COLLATE Latin1_General_100_BIN2 NULL,
  [c16] nvarchar(126) COLLATE Latin1_General_100_BIN2 NULL,
  [c17] varbinary(max) NULL,
  [c18] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c19] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c20] date NULL,
  [c21] time(6) NULL,
  [c22] time(2) NULL,
  [c23] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c24] datetime2(6) NULL,
  [c25] datetimeoffset(6) NULL,
  [c26] datetimeoffset(0) NULL,
  [c27] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  [c28] uniqueidentifier NULL,
  [c29] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c30] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c31] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c32] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c33] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c34] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c35] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c36] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c37] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c38] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c39] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c40] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c41] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c42] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c43] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c44] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c45] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c46] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c47] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c48] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c49] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c50] bigint NULL,
  [c51] decimal(20,0) NULL,
  [c52] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c53] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c54] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c55] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c56] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c57] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c58] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c59] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c60] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c61] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c62] decimal(10,2) NULL,
  [c63] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c64] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c65] bigint NULL,
  [c66] bigint NULL,
  [c67] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c68] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c69] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c70] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c71] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c72] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c73] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c74] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c75] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c76] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c77] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c78] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c79] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c80] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c81] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c82] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c83] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c84] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c85] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c86] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c87] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c88] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c89] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c90] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c91] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  [c92] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c93] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c94] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c95] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c96] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c97] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c98] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c99] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_every_type] PRIMARY KEY ([id])
);

SET @run = CONVERT(nvarchar(max), N'') + N'CREATE TABLE [Od"d; schema].[sel"ect,' + NCHAR(10) + N'-- from] (' + NCHAR(10) + N'  [id] int IDENTITY(1,1) NOT NULL,' + NCHAR(10) + N'  [a "quoted", name] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,' + NCHAR(10) + N'  [two' + NCHAR(10) + N'lines] nvarchar(830) COLLATE Latin1_General_100_BIN2 DEFAULT (N''it''''s \'') NOT NULL,' + NCHAR(10) + N'  [ééééééééééééééééééééééééééééééé] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,' + NCHAR(10) + N'  [''; drop table x; --] bit DEFAULT 1 NULL,' + NCHAR(10) + N'  [🦄:x] int NULL,' + NCHAR(10) + N'  [A] int NULL,' + NCHAR(10) + N'  [a_2] int NULL,' + NCHAR(10) + N'  CONSTRAINT [PK_sel"ect,' + NCHAR(10) + N'-- from] PRIMARY KEY NONCLUSTERED ([id], [two' + NCHAR(10) + N'lines])' + NCHAR(10) + N');';
EXEC (@run);
SET @text = N'it''s; a' + NCHAR(10) + N'\! comment';
SET @table = N'sel"ect,' + NCHAR(10) + N'-- from';
EXEC sys.sp_addextendedproperty N'MS_Description', @text, N'SCHEMA', N'Od"d; schema', N'TABLE', @table;
SET @text = N'"; --';
SET @table = N'sel"ect,' + NCHAR(10) + N'-- from';
EXEC sys.sp_addextendedproperty N'MS_Description', @text, N'SCHEMA', N'Od"d; schema', N'TABLE', @table, N'COLUMN', N'🦄:x';

CREATE TABLE [dbo].[people] (
  [id] int IDENTITY(1,1) NOT NULL,
  [boss] int NULL,
  [name] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [email] nvarchar(850) COLLATE Latin1_General_100_BIN2 NULL,
  [made] datetimeoffset(6) DEFAULT SYSDATETIMEOFFSET() NOT NULL,
  [day] date DEFAULT CONVERT(date, SYSDATETIME()) NULL,
  [key] uniqueidentifier DEFAULT NEWID() NULL,
  [label] nvarchar(max) COLLATE Latin1_General_100_BIN2 DEFAULT (N'it''s') NULL,
  [upper] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [tags] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [doc] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_people] PRIMARY KEY ([id])
);
CREATE UNIQUE INDEX [one each] ON [dbo].[people] ([email]) WHERE [email] IS NOT NULL;

CREATE TABLE [dbo].[a_first] (
  [id] int IDENTITY(1,1) NOT NULL,
  [person] int NOT NULL,
  [b] int NULL,
  CONSTRAINT [PK_a_first] PRIMARY KEY ([id])
);

CREATE TABLE [dbo].[b_second] (
  [id] bigint NOT NULL,
  [a] int NULL,
  CONSTRAINT [PK_b_second] PRIMARY KEY ([id])
);

CREATE TABLE [dbo].[nothing] (
  [id] int NOT NULL,
  [note] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_nothing] PRIMARY KEY ([id])
);

CREATE TABLE [dbo].[part] (
  [id] int NULL,
  [at] date NULL
);

CREATE TABLE [dbo].[across] (
  [id] int NOT NULL,
  [c0] bit NULL,
  [c1] smallint NULL,
  [c2] bigint NULL,
  [c3] nvarchar(43) COLLATE Latin1_General_100_BIN2 NULL,
  [c4] decimal(7,0) NULL,
  [c5] nvarchar(83) COLLATE Latin1_General_100_BIN2 NULL,
  [c6] decimal(38,20) NULL,
  [c7] real NULL,
  [c8] float NULL,
  [c9] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c10] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
  [c11] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c12] varbinary(max) NULL,
  [c13] date NULL,
  [c14] time(6) NULL,
  [c15] datetime2(6) NULL,
  [c16] datetimeoffset(6) NULL,
  [c17] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c18] nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  [c19] uniqueidentifier NULL,
  [c20] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c21] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c22] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c23] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c24] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c25] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c26] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_across] PRIMARY KEY ([id])
);
ALTER TABLE [dbo].[a_first] ADD CONSTRAINT [a_first_person_fkey] FOREIGN KEY ([person]) REFERENCES [dbo].[people] ([id]);
-- public.people: the foreign key people_boss_fkey is added by load.sql, when all rows are there.
-- public.b_second: the foreign key b_second_a_fkey is added by load.sql, when all rows are there.
COMMIT TRANSACTION;

-- The view public.names of the source is not made here. It was:
--  SELECT people.name
--    FROM public.people
--   WHERE (people.name <> '--
-- ;'::text);
