-- Makes the tables of this package in SQL Server; from MariaDB
--
-- Run it inside the folder of the package:
--   sqlcmd -S SERVER -d DATABASE -b -x -I -f 65001 -i ddl.sql     (Windows)
--   sqlcmd -S SERVER -d DATABASE -b -x -I -i ddl.sql              (Linux, macOS)
--   load.cmd (Windows) or sh load.sh (Linux, macOS) loads the rows
--
-- Not as in the source:
--   shop.people: Not carried: check of n: CHECK (`n` < 900 and `note` <> 'it\'s \\; x').
--   shop.people: Not carried: check of k: CHECK (`k` > 0).
--   shop.people: Not carried: check so; it's: CHECK (`name` <> 'a\'b\\;\n' and (`doc` is null or char_length(`full_name`) > 0)).
--   shop.people: Not carried: check CONSTRAINT_1: CHECK (`n` >= 0).
--   shop.part: Not carried: partitioned by HASH (`id`).
--   shop.people: The foreign key boss_key no longer follows changes of shop.people: the product takes no second way for them, and no circle.
--   shop."sel`ect, \"from\"; --": order (decimal(40,10)): too long for decimal, its digits are text.
--   shop."sel`ect, \"from\"; --": at (timestamp(3)): kept as datetimeoffset with the offset +00:00.
--   shop."sel`ect, \"from\"; --": span (time(6)): times with a zone, or beyond 24 hours, are text.
--   shop."sel`ect, \"from\"; --": kind (enum('','a,b','NULL','"')), several (set('x','y z')), address (inet6): the type has no counterpart, its values are text.
--   shop."sel`ect, \"from\"; --": uuid (uuid): kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way.
--   shop.every_type: c10 (decimal(65,30)): too long for decimal, its digits are text.
--   shop.every_type: c20 (time), c21 (time(6)), c56 (time(3)): times with a zone, or beyond 24 hours, are text.
--   shop.every_type: c24 (timestamp), c25 (timestamp(3)): kept as datetimeoffset with the offset +00:00.
--   shop.every_type: c39 (enum('','a,b','NULL','"','it''s','back\\slash')), c40 (set('x','y z','é')), c43 (inet4), c44 (inet6): the type has no counterpart, its values are text.
--   shop.every_type: c42 (uuid): kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way.
--   shop.every_type: c27 (char(5)), c28 (varchar(20)), c29 (varchar(20)), c31 (varchar(20)), c39 (enum('','a,b','NULL','"','it''s','back\\slash')), c60 (varchar(20)), c61 (varchar(20)), c62 (varchar(20)), c63 (varchar(20)), c64 (varchar(20)), c66 (char(3)): the source compares it without regard to case; here case counts.
--   shop.people: made (timestamp(3)): kept as datetimeoffset with the offset +00:00.
--   shop.people: email (varchar(100)): the source compares it without regard to case; here case counts.
--   shop.across: c4 (decimal(65,30)): too long for decimal, its digits are text.
--   shop.across: c11 (time(6)): times with a zone, or beyond 24 hours, are text.
--   shop.across: c13 (timestamp(6)): kept as datetimeoffset with the offset +00:00.
--   shop.across: c20 (enum('','a,b')), c21 (set('x','y')), c24 (inet6): the type has no counterpart, its values are text.
--   shop.across: c23 (uuid): kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way.
--   shop.across: c16 (varchar(20)): the source compares it without regard to case; here case counts.
--   shop."sel`ect, \"from\"; --": '; drop table x; --: CHECK (json_valid(`'; drop table x; --`)) is left out.
--   shop.every_type: c41: CHECK (json_valid(`c41`)) is left out.
--   shop.people: made: on update current_timestamp(3) is left out.
--   shop.people: full_name is an ordinary column, not a generated one. It was: concat(`name`,'!')
--   shop.people: len is an ordinary column, not a generated one. It was: char_length(`name`)
--   shop.people: The index by_name is left out: it is over beginnings of values.
--   shop.people: The index places is left out: its method is spatial.
--   shop.people: The index words is left out: its method is fulltext.
--   shop.across: c22: CHECK (json_valid(`c22`)) is left out.

SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
SET NOCOUNT, XACT_ABORT ON;
SET DATEFORMAT ymd;
GO
IF UNICODE(N'é') <> 233 OR DATALENGTH(N'é') <> 2 BEGIN; THROW 50000, N'sqlcmd reads this script in another encoding: run it with -f 65001.', 1; END;
DECLARE @run nvarchar(max), @text nvarchar(3750), @schema sysname, @table sysname, @column sysname;
BEGIN TRANSACTION;
SET @schema = N'shop';
SET @run = N'CREATE SCHEMA [shop]';
IF SCHEMA_ID(@schema) IS NULL EXEC (@run);

CREATE TABLE [shop].[sel`ect, "from"; --] (
  [id] decimal(20,0) NOT NULL,
  [a "quoted", name] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [tab	here] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  [order] nvarchar(43) COLLATE Latin1_General_100_BIN2 NULL,
  [عمود] datetime2(6) NULL,
  [at] datetimeoffset(3) NULL,
  [day] date NULL,
  [span] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [year] int NULL,
  [double] float NULL,
  [float] real NULL,
  [tiny] smallint NULL,
  [--] varbinary(max) NULL,
  [bits] decimal(20,0) NULL,
  [shape] varbinary(max) NULL,
  [kind] nvarchar(8) COLLATE Latin1_General_100_BIN2 NULL,
  [several] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  ['; drop table x; --] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [uuid] uniqueidentifier NULL,
  [address] nvarchar(78) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_sel`ect, "from"; --] PRIMARY KEY ([id])
);

CREATE TABLE [shop].[every_type] (
  [id] int NOT NULL,
  [c0] smallint NULL,
  [c1] smallint NULL,
  [c2] tinyint NULL,
  [c3] smallint NULL,
  [c4] int NULL,
  [c5] int NULL,
  [c6] int NULL,
  [c7] bigint NULL,
  [c8] bigint NULL,
  [c9] decimal(20,0) NULL,
  [c10] nvarchar(68) COLLATE Latin1_General_100_BIN2 NULL,
  [c11] decimal(10,0) NULL,
  [c12] real NULL,
  [c13] float NULL,
  [c14] float NULL,
  [c15] tinyint NULL,
  [c16] int NULL,
  [c17] decimal(20,0) NULL,
  [c18] int NULL,
  [c19] date NULL,
  [c20] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c21] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c22] datetime2(0) NULL,
  [c23] datetime2(6) NULL,
  [c24] datetimeoffset(0) NULL,
  [c25] datetimeoffset(3) NULL,
  [c26] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c27] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c28] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c29] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c30] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c31] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c32] nvarchar(510) COLLATE Latin1_General_100_BIN2 NULL,
  [c33] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c34] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c35] varbinary(4) NULL,
  [c36] varbinary(9) NULL,
  [c37] varbinary(255) NULL,
  [c38] varbinary(max) NULL,
  [c39] nvarchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  [c40] nvarchar(14) COLLATE Latin1_General_100_BIN2 NULL,
  [c41] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c42] uniqueidentifier NULL,
  [c43] nvarchar(30) COLLATE Latin1_General_100_BIN2 NULL,
  [c44] nvarchar(78) COLLATE Latin1_General_100_BIN2 NULL,
  [c45] varbinary(max) NULL,
  [c46] varbinary(max) NULL,
  [c47] varbinary(max) NULL,
  [c48] varbinary(max) NULL,
  [c49] varbinary(max) NULL,
  [c50] varbinary(max) NULL,
  [c51] varbinary(max) NULL,
  [c52] varbinary(max) NULL,
  [c53] decimal(10,2) NULL,
  [c54] real NULL,
  [c55] float NULL,
  [c56] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c57] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c58] varbinary(max) NULL,
  [c59] varbinary(max) NULL,
  [c60] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c61] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c62] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c63] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c64] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c65] varbinary(3) NULL,
  [c66] nvarchar(6) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_every_type] PRIMARY KEY ([id])
);

CREATE TABLE [shop].[people] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [boss] bigint NULL,
  [name] nvarchar(100) COLLATE Latin1_General_100_BIN2 DEFAULT (N'it''s \') NOT NULL,
  [email] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  [made] datetimeoffset(3) DEFAULT SYSDATETIMEOFFSET() NOT NULL,
  [day] date DEFAULT (N'2024-02-29') NULL,
  [full_name] nvarchar(120) COLLATE Latin1_General_100_BIN2 NULL,
  [len] int NULL,
  [doc] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [place] varbinary(max) NOT NULL,
  [note] nvarchar(max) COLLATE Latin1_General_100_BIN2 DEFAULT (N'none') NULL,
  [n] decimal(5,2) DEFAULT 1.50 NULL,
  [k] int NULL,
  CONSTRAINT [PK_people] PRIMARY KEY ([id])
);
SET @text = N'people; -- ''x''';
EXEC sys.sp_addextendedproperty N'MS_Description', @text, N'SCHEMA', N'shop', N'TABLE', N'people';
SET @text = N'it''s; "a" \ comment';
EXEC sys.sp_addextendedproperty N'MS_Description', @text, N'SCHEMA', N'shop', N'TABLE', N'people', N'COLUMN', N'id';
SET @text = N'k';
EXEC sys.sp_addextendedproperty N'MS_Description', @text, N'SCHEMA', N'shop', N'TABLE', N'people', N'COLUMN', N'k';
CREATE INDEX [boss_key] ON [shop].[people] ([boss]);
CREATE UNIQUE INDEX [one each] ON [shop].[people] ([email]) WHERE [email] IS NOT NULL;

CREATE TABLE [shop].[a_first] (
  [id] int NOT NULL,
  [person] bigint NOT NULL,
  [b] bigint NULL,
  CONSTRAINT [PK_a_first] PRIMARY KEY ([id])
);
CREATE INDEX [circle] ON [shop].[a_first] ([b]);
CREATE INDEX [person] ON [shop].[a_first] ([person]);

CREATE TABLE [shop].[b_second] (
  [id] bigint NOT NULL,
  [a] int NULL,
  CONSTRAINT [PK_b_second] PRIMARY KEY ([id])
);
CREATE INDEX [to_a] ON [shop].[b_second] ([a]);

CREATE TABLE [shop].[nothing] (
  [id] int NOT NULL,
  CONSTRAINT [PK_nothing] PRIMARY KEY ([id])
);

CREATE TABLE [shop].[part] (
  [id] int NULL
);

SET @run = CONVERT(nvarchar(max), N'') + N'CREATE TABLE [shop].[two' + NCHAR(10) + N'lines; -- "x"] (' + NCHAR(10) + N'  [i' + NCHAR(10) + N'd] int NOT NULL,' + NCHAR(10) + N'  [a\b] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,' + NCHAR(10) + N'  [''] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,' + NCHAR(10) + N'  CONSTRAINT [PK_two' + NCHAR(10) + N'lines; -- "x"] PRIMARY KEY ([i' + NCHAR(10) + N'd])' + NCHAR(10) + N');';
EXEC (@run);

CREATE TABLE [shop].[across] (
  [id] int NOT NULL,
  [c0] tinyint NULL,
  [c1] int NULL,
  [c2] bigint NULL,
  [c3] decimal(20,0) NULL,
  [c4] nvarchar(68) COLLATE Latin1_General_100_BIN2 NULL,
  [c5] real NULL,
  [c6] float NULL,
  [c7] int NULL,
  [c8] decimal(20,0) NULL,
  [c9] int NULL,
  [c10] date NULL,
  [c11] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c12] datetime2(6) NULL,
  [c13] datetimeoffset(6) NULL,
  [c14] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c15] nvarchar(60) COLLATE Latin1_General_100_BIN2 NULL,
  [c16] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
  [c17] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c18] varbinary(4) NULL,
  [c19] varbinary(max) NULL,
  [c20] nvarchar(6) COLLATE Latin1_General_100_BIN2 NULL,
  [c21] nvarchar(6) COLLATE Latin1_General_100_BIN2 NULL,
  [c22] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c23] uniqueidentifier NULL,
  [c24] nvarchar(78) COLLATE Latin1_General_100_BIN2 NULL,
  [c25] varbinary(max) NULL,
  CONSTRAINT [PK_across] PRIMARY KEY ([id])
);
ALTER TABLE [shop].[a_first] ADD CONSTRAINT [a_first_ibfk_1] FOREIGN KEY ([person]) REFERENCES [shop].[people] ([id]);
ALTER TABLE [shop].[a_first] ADD CONSTRAINT [circle] FOREIGN KEY ([b]) REFERENCES [shop].[b_second] ([id]);
-- shop.people: the foreign key boss_key is added by load.sql, when all rows are there.
-- shop.b_second: the foreign key to_a is added by load.sql, when all rows are there.
COMMIT TRANSACTION;

-- The view shop.names of the source is not made here. It was:
-- select `shop`.`people`.`name` AS `name` from `shop`.`people` where `shop`.`people`.`name` <> '--;'
