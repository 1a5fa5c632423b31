-- Makes the tables of this package in SQL Server; from SQLite
--
-- Run it inside the folder of the package:
--   sqlcmd -S SERVER -d DATABASE -b -x -I -f 65001 -i ddl.sql     (Windows)
--   sqlcmd -S SERVER -d DATABASE -b -x -I -i ddl.sql              (Linux, macOS)
--   load.cmd (Windows) or sh load.sh (Linux, macOS) loads the rows
--
-- Not as in the source:
--   main.people: The default of made is left out: CURRENT_TIMESTAMP
--   main.people: Not carried: the comparison NOCASE of the index by_name.
--   main.people: Not carried: the comparison nocase of the unique index by_code.
--   main.people: Not carried: partial unique index one_boss.
--   main.people: Not carried: index by_length over an expression.
--   main.people: Not carried: AUTOINCREMENT’s memory: numbers up to 4 were given, and those of deleted rows may come again.
--   main.people: Not carried: trigger log_it.
--   main.people: Not carried: check: CHECK (points >= 0).
--   main.people: Not carried: check it's; named: CHECK (name <> '').
--   main.a_first: Not carried: DEFERRABLE INITIALLY DEFERRED.
--   main.loose: Not carried: ON CONFLICT REPLACE.
--   main.loose: Not carried: the NULL that the primary key may hold in code; such a row stops the load.
--   main.loose: The foreign key (far) to main.nowhere (id) is left out: that table does not go out.
--   main.empty_one: The default of note is left out: lower('X')
--   main.loose: The foreign key loose_fk1 is left out: its columns have other types than those it refers to (nvarchar, bigint).
--   main.people: The foreign key people_fk0 no longer follows changes of main.people: the product takes no second way for them, and no circle.
--   main.every_type: c3 (DECIMAL(10,2)): kept with 18 digits before the point and 20 behind it; a value that needs more, NaN or Infinity stops the load.
--   main.every_type: c8 (JSON): kept as text, character by character.
--   main.every_type: c9 (DATE), c10: the type has no counterpart, its values are text.
--   main.people: made (DATETIME): the type has no counterpart, its values are text.
--   main.skills: level: the type has no counterpart, its values are text.
--   main.loose: person: the type has no counterpart, its values are text.
--   main.people: name: COLLATE NOCASE is left out.
--   main.people: shout is an ordinary column, not a generated one. It was: upper(name)
--   main.people: len is an ordinary column, not a generated one. It was: length(name)
--   main.people: The index by_name is left out: its values may be longer than the 1,700 bytes that an index takes of a row.
--   main.loose: person is part of a key and holds at most 850: a longer value stops the load.

SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
SET NOCOUNT, XACT_ABORT ON;
SET DATEFORMAT ymd;
GO
IF UNICODE(N'é') <> 233 OR DATALENGTH(N'é') <> 2 BEGIN; THROW 50000, N'sqlcmd reads this script in another encoding: run it with -f 65001.', 1; END;
DECLARE @run nvarchar(max), @text nvarchar(3750), @schema sysname, @table sysname, @column sysname;
BEGIN TRANSACTION;
SET @schema = N'main';
SET @run = N'CREATE SCHEMA [main]';
IF SCHEMA_ID(@schema) IS NULL EXEC (@run);

CREATE TABLE [main].[every_type] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [c0] bigint NULL,
  [c1] bigint NULL,
  [c2] float NULL,
  [c3] decimal(38,20) NULL,
  [c4] bit NULL,
  [c5] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c6] nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  [c7] varbinary(max) NULL,
  [c8] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c9] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [c10] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_every_type] PRIMARY KEY ([id])
);

CREATE TABLE [main].[people] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [boss] bigint NULL,
  [name] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [email] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
  [note] nvarchar(40) COLLATE Latin1_General_100_BIN2 DEFAULT (N'it''s') NULL,
  [points] bigint DEFAULT 7 NULL,
  [rate] float DEFAULT 1.5 NULL,
  [is_new] bit DEFAULT 1 NOT NULL,
  [made] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [shout] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  [len] bigint NULL,
  [code] nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_people] PRIMARY KEY ([id])
);
CREATE UNIQUE INDEX [people_email_key] ON [main].[people] ([email]) WHERE [email] IS NOT NULL;
CREATE UNIQUE INDEX [by_code] ON [main].[people] ([code]) WHERE [code] IS NOT NULL;

CREATE TABLE [main].[skills] (
  [person] bigint NOT NULL,
  [skill] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [level] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_skills] PRIMARY KEY ([person], [skill])
);

CREATE TABLE [main].[a_first] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [b] bigint NULL,
  CONSTRAINT [PK_a_first] PRIMARY KEY ([id])
);

CREATE TABLE [main].[b_second] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [a] bigint NULL,
  CONSTRAINT [PK_b_second] PRIMARY KEY ([id])
);

CREATE TABLE [main].[loose] (
  [code] nvarchar(18) COLLATE Latin1_General_100_BIN2 NOT NULL,
  [person] nvarchar(850) COLLATE Latin1_General_100_BIN2 NULL,
  [far] bigint NULL,
  CONSTRAINT [PK_loose] PRIMARY KEY ([code])
);

CREATE TABLE [main].[empty_one] (
  [id] bigint IDENTITY(1,1) NOT NULL,
  [note] nvarchar(18) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT [PK_empty_one] PRIMARY KEY ([id])
);

SET @run = CONVERT(nvarchar(max), N'') + N'CREATE TABLE [main].[sel"ect, --' + NCHAR(10) + N'from] (' + NCHAR(10) + N'  [id] bigint IDENTITY(1,1) NOT NULL,' + NCHAR(10) + N'  [a "quoted", name] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,' + NCHAR(10) + N'  [two' + NCHAR(10) + N'lines] nvarchar(max) COLLATE Latin1_General_100_BIN2 DEFAULT (N''x''''y'') NOT NULL,' + NCHAR(10) + N'  [''; drop table x; --] bigint NULL,' + NCHAR(10) + N'  CONSTRAINT [PK_sel"ect, --' + NCHAR(10) + N'from] PRIMARY KEY ([id])' + NCHAR(10) + N');';
EXEC (@run);
ALTER TABLE [main].[skills] ADD CONSTRAINT [skills_fk0] FOREIGN KEY ([person]) REFERENCES [main].[people] ([id]) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE [main].[a_first] ADD CONSTRAINT [a_first_fk0] FOREIGN KEY ([b]) REFERENCES [main].[b_second] ([id]);
-- main.people: the foreign key people_fk0 is added by load.sql, when all rows are there.
-- main.b_second: the foreign key b_second_fk0 is added by load.sql, when all rows are there.
COMMIT TRANSACTION;

-- The view main.names of the source is not made here. It was:
-- CREATE VIEW names as select name from people where name <> '--;'
