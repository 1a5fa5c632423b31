-- Brings the rows that bcp has read into the tables that ddl.sql has made: all of them or none.
--
-- Run it inside the folder of the package:
--   It is run by load.sh and load.cmd

SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;
SET NUMERIC_ROUNDABORT OFF;
SET NOCOUNT, XACT_ABORT ON;
SET DATEFORMAT ymd;
GO
IF UNICODE(N'é') <> 233 OR DATALENGTH(N'é') <> 2 BEGIN; THROW 50000, N'sqlcmd reads this script in another encoding: run it with -f 65001.', 1; END;
DECLARE @run nvarchar(max), @text nvarchar(3750), @schema sysname, @table sysname, @column sysname;
BEGIN TRANSACTION;

-- main.every_type
IF (SELECT COUNT_BIG(*) FROM waybill_load.t0) <> 7 BEGIN; THROW 50000, N'main.every_type: bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET IDENTITY_INSERT [main].[every_type] ON;
INSERT INTO [main].[every_type] ([id], [c0], [c1], [c2], [c3], [c4], [c5], [c6], [c7], [c8], [c9], [c10])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CONVERT(bigint, NULLIF(c1, N'\N')), CONVERT(bigint, NULLIF(c2, N'\N')), CASE WHEN CONVERT(float, CONVERT(float, NULLIF(c3, N'\N'))) = 0 AND LEFT(c3, CHARINDEX(N'e', c3 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(float, N'too small: ' + c3) ELSE CONVERT(float, CONVERT(float, NULLIF(c3, N'\N'))) END, CASE WHEN CHARINDEX(N'.', c4) > 0 AND LEN(c4) - CHARINDEX(N'.', c4) > 20 THEN CONVERT(decimal(38,20), N'does not fit: ' + NULLIF(c4, N'\N')) ELSE CONVERT(decimal(38,20), NULLIF(c4, N'\N')) END, CONVERT(bit, NULLIF(c5, N'\N')), CASE WHEN c6 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c6, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c7 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c7, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(varbinary(max), NULLIF(c8, N'\N'), 1), CASE WHEN c9 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c9, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c10 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c10, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c11 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c11, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END
  FROM waybill_load.t0;
SET IDENTITY_INSERT [main].[every_type] OFF;

-- main.people
IF (SELECT COUNT_BIG(*) FROM waybill_load.t1) <> 3 BEGIN; THROW 50000, N'main.people: bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET IDENTITY_INSERT [main].[people] ON;
INSERT INTO [main].[people] ([id], [boss], [name], [email], [note], [points], [rate], [is_new], [made], [shout], [len], [code])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CONVERT(bigint, NULLIF(c1, N'\N')), CASE WHEN c2 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c2, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c3 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c3, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c4 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c4, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(bigint, NULLIF(c5, N'\N')), CASE WHEN CONVERT(float, CONVERT(float, NULLIF(c6, N'\N'))) = 0 AND LEFT(c6, CHARINDEX(N'e', c6 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(float, N'too small: ' + c6) ELSE CONVERT(float, CONVERT(float, NULLIF(c6, N'\N'))) END, CONVERT(bit, NULLIF(c7, N'\N')), CASE WHEN c8 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c8, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c9 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c9, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(bigint, NULLIF(c10, N'\N')), CASE WHEN c11 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c11, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END
  FROM waybill_load.t1;
SET IDENTITY_INSERT [main].[people] OFF;

-- main.skills
IF (SELECT COUNT_BIG(*) FROM waybill_load.t2) <> 3 BEGIN; THROW 50000, N'main.skills: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [main].[skills] ([person], [skill], [level])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CASE WHEN c1 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c1, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c2 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c2, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END
  FROM waybill_load.t2;

-- main.b_second
IF (SELECT COUNT_BIG(*) FROM waybill_load.t3) <> 2 BEGIN; THROW 50000, N'main.b_second: bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET IDENTITY_INSERT [main].[b_second] ON;
INSERT INTO [main].[b_second] ([id], [a])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CONVERT(bigint, NULLIF(c1, N'\N'))
  FROM waybill_load.t3;
SET IDENTITY_INSERT [main].[b_second] OFF;

-- main.a_first
IF (SELECT COUNT_BIG(*) FROM waybill_load.t4) <> 2 BEGIN; THROW 50000, N'main.a_first: bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET IDENTITY_INSERT [main].[a_first] ON;
INSERT INTO [main].[a_first] ([id], [b])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CONVERT(bigint, NULLIF(c1, N'\N'))
  FROM waybill_load.t4;
SET IDENTITY_INSERT [main].[a_first] OFF;

-- main.loose
IF (SELECT COUNT_BIG(*) FROM waybill_load.t5) <> 2 BEGIN; THROW 50000, N'main.loose: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [main].[loose] ([code], [person], [far])
  SELECT CASE WHEN c0 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c0, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c1 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c1, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(bigint, NULLIF(c2, N'\N'))
  FROM waybill_load.t5;

-- main.empty_one
IF (SELECT COUNT_BIG(*) FROM waybill_load.t6) <> 0 BEGIN; THROW 50000, N'main.empty_one: bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET IDENTITY_INSERT [main].[empty_one] ON;
INSERT INTO [main].[empty_one] ([id], [note])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CASE WHEN c1 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c1, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END
  FROM waybill_load.t6;
SET IDENTITY_INSERT [main].[empty_one] OFF;

-- main."sel\"ect, --\nfrom"
IF (SELECT COUNT_BIG(*) FROM waybill_load.t7) <> 2 BEGIN; THROW 50000, N'main."sel\"ect, --\nfrom": bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET @run = CONVERT(nvarchar(max), N'') + N'SET IDENTITY_INSERT [main].[sel"ect, --' + NCHAR(10) + N'from] ON;' + NCHAR(10) + N'INSERT INTO [main].[sel"ect, --' + NCHAR(10) + N'from] ([id], [a "quoted", name], [two' + NCHAR(10) + N'lines], [''; drop table x; --])' + NCHAR(10) + N'  SELECT CONVERT(bigint, NULLIF(c0, N''\N'')), CASE WHEN c1 = N''\N'' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c1, N''''), N''\\'', N''\0''), N''\t'', NCHAR(9)), N''\r'', NCHAR(13)), N''\n'', NCHAR(10)), N''\0'', N''\'') END, CASE WHEN c2 = N''\N'' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c2, N''''), N''\\'', N''\0''), N''\t'', NCHAR(9)), N''\r'', NCHAR(13)), N''\n'', NCHAR(10)), N''\0'', N''\'') END, CONVERT(bigint, NULLIF(c3, N''\N''))' + NCHAR(10) + N'  FROM waybill_load.t7;' + NCHAR(10) + N'SET IDENTITY_INSERT [main].[sel"ect, --' + NCHAR(10) + N'from] OFF;';
EXEC (@run);

-- Foreign keys in circles, now that all rows are there.
ALTER TABLE [main].[people] ADD CONSTRAINT [people_fk0] FOREIGN KEY ([boss]) REFERENCES [main].[people] ([id]);
ALTER TABLE [main].[b_second] ADD CONSTRAINT [b_second_fk0] FOREIGN KEY ([a]) REFERENCES [main].[a_first] ([id]);

DROP TABLE waybill_load.t0;
DROP TABLE waybill_load.t1;
DROP TABLE waybill_load.t2;
DROP TABLE waybill_load.t3;
DROP TABLE waybill_load.t4;
DROP TABLE waybill_load.t5;
DROP TABLE waybill_load.t6;
DROP TABLE waybill_load.t7;
DROP SCHEMA waybill_load;
COMMIT TRANSACTION;
