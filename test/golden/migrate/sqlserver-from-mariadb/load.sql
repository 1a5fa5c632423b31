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

-- shop."sel`ect, \"from\"; --"
IF (SELECT COUNT_BIG(*) FROM waybill_load.t0) <> 17 BEGIN; THROW 50000, N'shop."sel`ect, \"from\"; --": bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[sel`ect, "from"; --] ([id], [a "quoted", name], [tab	here], [order], [عمود], [at], [day], [span], [year], [double], [float], [tiny], [--], [bits], [shape], [kind], [several], ['; drop table x; --], [uuid], [address])
  SELECT CONVERT(decimal(20,0), NULLIF(c0, N'\N')), CASE WHEN c1 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c1, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c2 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c2, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, NULLIF(c3, N'\N'), CONVERT(datetime2(6), NULLIF(c4, N'\N')), CONVERT(datetimeoffset(3), NULLIF(c5, N'\N')), CONVERT(date, NULLIF(c6, N'\N')), NULLIF(c7, N'\N'), CONVERT(int, NULLIF(c8, N'\N')), CASE WHEN CONVERT(float, CONVERT(float, NULLIF(c9, N'\N'))) = 0 AND LEFT(c9, CHARINDEX(N'e', c9 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(float, N'too small: ' + c9) ELSE CONVERT(float, CONVERT(float, NULLIF(c9, N'\N'))) END, CASE WHEN CONVERT(real, CONVERT(float, NULLIF(c10, N'\N'))) = 0 AND LEFT(c10, CHARINDEX(N'e', c10 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(real, N'too small: ' + c10) ELSE CONVERT(real, CONVERT(float, NULLIF(c10, N'\N'))) END, CONVERT(smallint, NULLIF(c11, N'\N')), CONVERT(varbinary(max), NULLIF(c12, N'\N'), 1), CONVERT(decimal(20,0), NULLIF(c13, N'\N')), CONVERT(varbinary(max), NULLIF(c14, N'\N'), 1), CASE WHEN c15 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c15, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c16 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c16, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c17 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c17, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN LEN(c18) <> 36 THEN CONVERT(uniqueidentifier, N'does not fit: ' + NULLIF(c18, N'\N')) ELSE CONVERT(uniqueidentifier, NULLIF(c18, N'\N')) END, CASE WHEN c19 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c19, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END
  FROM waybill_load.t0;

-- shop.every_type
IF (SELECT COUNT_BIG(*) FROM waybill_load.t1) <> 12 BEGIN; THROW 50000, N'shop.every_type: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[every_type] ([id], [c0], [c1], [c2], [c3], [c4], [c5], [c6], [c7], [c8], [c9], [c10], [c11], [c12], [c13], [c14], [c15], [c16], [c17], [c18], [c19], [c20], [c21], [c22], [c23], [c24], [c25], [c26], [c27], [c28], [c29], [c30], [c31], [c32], [c33], [c34], [c35], [c36], [c37], [c38], [c39], [c40], [c41], [c42], [c43], [c44], [c45], [c46], [c47], [c48], [c49])
  SELECT CONVERT(int, NULLIF(c0, N'\N')), CONVERT(smallint, NULLIF(c1, N'\N')), CONVERT(smallint, NULLIF(c2, N'\N')), CONVERT(tinyint, NULLIF(c3, N'\N')), CONVERT(smallint, NULLIF(c4, N'\N')), CONVERT(int, NULLIF(c5, N'\N')), CONVERT(int, NULLIF(c6, N'\N')), CONVERT(int, NULLIF(c7, N'\N')), CONVERT(bigint, NULLIF(c8, N'\N')), CONVERT(bigint, NULLIF(c9, N'\N')), CONVERT(decimal(20,0), NULLIF(c10, N'\N')), NULLIF(c11, N'\N'), CONVERT(decimal(10,0), NULLIF(c12, N'\N')), CASE WHEN CONVERT(real, CONVERT(float, NULLIF(c13, N'\N'))) = 0 AND LEFT(c13, CHARINDEX(N'e', c13 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(real, N'too small: ' + c13) ELSE CONVERT(real, CONVERT(float, NULLIF(c13, N'\N'))) END, CASE WHEN CONVERT(float, CONVERT(float, NULLIF(c14, N'\N'))) = 0 AND LEFT(c14, CHARINDEX(N'e', c14 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(float, N'too small: ' + c14) ELSE CONVERT(float, CONVERT(float, NULLIF(c14, N'\N'))) END, CASE WHEN CONVERT(float, CONVERT(float, NULLIF(c15, N'\N'))) = 0 AND LEFT(c15, CHARINDEX(N'e', c15 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(float, N'too small: ' + c15) ELSE CONVERT(float, CONVERT(float, NULLIF(c15, N'\N'))) END, CONVERT(tinyint, NULLIF(c16, N'\N')), CONVERT(int, NULLIF(c17, N'\N')), CONVERT(decimal(20,0), NULLIF(c18, N'\N')), CONVERT(int, NULLIF(c19, N'\N')), CONVERT(date, NULLIF(c20, N'\N')), NULLIF(c21, N'\N'), NULLIF(c22, N'\N'), CONVERT(datetime2(0), NULLIF(c23, N'\N')), CONVERT(datetime2(6), NULLIF(c24, N'\N')), CONVERT(datetimeoffset(0), NULLIF(c25, N'\N')), CONVERT(datetimeoffset(3), NULLIF(c26, N'\N')), CASE WHEN c27 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c27, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c28 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c28, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c29 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c29, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c30 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c30, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c31 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c31, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c32 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c32, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c33 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c33, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c34 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c34, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c35 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c35, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(varbinary(max), NULLIF(c36, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c37, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c38, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c39, N'\N'), 1), CASE WHEN c40 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c40, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c41 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c41, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c42 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c42, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN LEN(c43) <> 36 THEN CONVERT(uniqueidentifier, N'does not fit: ' + NULLIF(c43, N'\N')) ELSE CONVERT(uniqueidentifier, NULLIF(c43, N'\N')) END, CASE WHEN c44 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c44, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c45 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c45, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(varbinary(max), NULLIF(c46, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c47, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c48, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c49, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c50, N'\N'), 1)
  FROM waybill_load.t1;

-- shop.people
IF (SELECT COUNT_BIG(*) FROM waybill_load.t2) <> 3 BEGIN; THROW 50000, N'shop.people: bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET IDENTITY_INSERT [shop].[people] ON;
INSERT INTO [shop].[people] ([id], [boss], [name], [email], [made], [day], [full_name], [len], [doc], [place], [note], [n], [k])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CONVERT(bigint, NULLIF(c1, N'\N')), CASE WHEN c2 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c2, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c3 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c3, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(datetimeoffset(3), NULLIF(c4, N'\N')), CONVERT(date, NULLIF(c5, N'\N')), CASE WHEN c6 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c6, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(int, NULLIF(c7, N'\N')), CASE WHEN c8 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c8, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(varbinary(max), NULLIF(c9, N'\N'), 1), CASE WHEN c10 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c10, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(decimal(5,2), NULLIF(c11, N'\N')), CONVERT(int, NULLIF(c12, N'\N'))
  FROM waybill_load.t2;
SET IDENTITY_INSERT [shop].[people] OFF;

-- shop.b_second
IF (SELECT COUNT_BIG(*) FROM waybill_load.t3) <> 2 BEGIN; THROW 50000, N'shop.b_second: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[b_second] ([id], [a])
  SELECT CONVERT(bigint, NULLIF(c0, N'\N')), CONVERT(int, NULLIF(c1, N'\N'))
  FROM waybill_load.t3;

-- shop.a_first
IF (SELECT COUNT_BIG(*) FROM waybill_load.t4) <> 2 BEGIN; THROW 50000, N'shop.a_first: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[a_first] ([id], [person], [b])
  SELECT CONVERT(int, NULLIF(c0, N'\N')), CONVERT(bigint, NULLIF(c1, N'\N')), CONVERT(bigint, NULLIF(c2, N'\N'))
  FROM waybill_load.t4;

-- shop.nothing
IF (SELECT COUNT_BIG(*) FROM waybill_load.t5) <> 0 BEGIN; THROW 50000, N'shop.nothing: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[nothing] ([id])
  SELECT CONVERT(int, NULLIF(c0, N'\N'))
  FROM waybill_load.t5;

-- shop.part
IF (SELECT COUNT_BIG(*) FROM waybill_load.t6) <> 3 BEGIN; THROW 50000, N'shop.part: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[part] ([id])
  SELECT CONVERT(int, NULLIF(c0, N'\N'))
  FROM waybill_load.t6;

-- shop."two\nlines; -- \"x\""
IF (SELECT COUNT_BIG(*) FROM waybill_load.t7) <> 3 BEGIN; THROW 50000, N'shop."two\nlines; -- \"x\"": bcp has not read all of its rows. Nothing is loaded.', 1; END;
SET @run = CONVERT(nvarchar(max), N'') + N'INSERT INTO [shop].[two' + NCHAR(10) + N'lines; -- "x"] ([i' + NCHAR(10) + N'd], [a\b], [''])' + NCHAR(10) + N'  SELECT CONVERT(int, NULLIF(c0, N''\N'')), CASE WHEN c1 = N''\N'' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c1, N''''), N''\\'', N''\0''), N''\t'', NCHAR(9)), N''\r'', NCHAR(13)), N''\n'', NCHAR(10)), N''\0'', N''\'') END, CASE WHEN c2 = N''\N'' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c2, N''''), N''\\'', N''\0''), N''\t'', NCHAR(9)), N''\r'', NCHAR(13)), N''\n'', NCHAR(10)), N''\0'', N''\'') END' + NCHAR(10) + N'  FROM waybill_load.t7;';
EXEC (@run);

-- shop.across
IF (SELECT COUNT_BIG(*) FROM waybill_load.t8) <> 9 BEGIN; THROW 50000, N'shop.across: bcp has not read all of its rows. Nothing is loaded.', 1; END;
INSERT INTO [shop].[across] ([id], [c0], [c1], [c2], [c3], [c4], [c5], [c6], [c7], [c8], [c9], [c10], [c11], [c12], [c13], [c14], [c15], [c16], [c17], [c18], [c19], [c20], [c21], [c22], [c23], [c24], [c25])
  SELECT CONVERT(int, NULLIF(c0, N'\N')), CONVERT(tinyint, NULLIF(c1, N'\N')), CONVERT(int, NULLIF(c2, N'\N')), CONVERT(bigint, NULLIF(c3, N'\N')), CONVERT(decimal(20,0), NULLIF(c4, N'\N')), NULLIF(c5, N'\N'), CASE WHEN CONVERT(real, CONVERT(float, NULLIF(c6, N'\N'))) = 0 AND LEFT(c6, CHARINDEX(N'e', c6 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(real, N'too small: ' + c6) ELSE CONVERT(real, CONVERT(float, NULLIF(c6, N'\N'))) END, CASE WHEN CONVERT(float, CONVERT(float, NULLIF(c7, N'\N'))) = 0 AND LEFT(c7, CHARINDEX(N'e', c7 + N'e') - 1) LIKE N'%[1-9]%' THEN CONVERT(float, N'too small: ' + c7) ELSE CONVERT(float, CONVERT(float, NULLIF(c7, N'\N'))) END, CONVERT(int, NULLIF(c8, N'\N')), CONVERT(decimal(20,0), NULLIF(c9, N'\N')), CONVERT(int, NULLIF(c10, N'\N')), CONVERT(date, NULLIF(c11, N'\N')), NULLIF(c12, N'\N'), CONVERT(datetime2(6), NULLIF(c13, N'\N')), CONVERT(datetimeoffset(6), NULLIF(c14, N'\N')), CASE WHEN c15 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c15, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c16 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c16, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c17 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c17, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c18 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c18, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(varbinary(max), NULLIF(c19, N'\N'), 1), CONVERT(varbinary(max), NULLIF(c20, N'\N'), 1), CASE WHEN c21 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c21, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c22 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c22, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN c23 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c23, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CASE WHEN LEN(c24) <> 36 THEN CONVERT(uniqueidentifier, N'does not fit: ' + NULLIF(c24, N'\N')) ELSE CONVERT(uniqueidentifier, NULLIF(c24, N'\N')) END, CASE WHEN c25 = N'\N' THEN NULL ELSE REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ISNULL(c25, N''), N'\\', N'\0'), N'\t', NCHAR(9)), N'\r', NCHAR(13)), N'\n', NCHAR(10)), N'\0', N'\') END, CONVERT(varbinary(max), NULLIF(c26, N'\N'), 1)
  FROM waybill_load.t8;

-- Foreign keys in circles, now that all rows are there.
ALTER TABLE [shop].[people] ADD CONSTRAINT [boss_key] FOREIGN KEY ([boss]) REFERENCES [shop].[people] ([id]);
ALTER TABLE [shop].[b_second] ADD CONSTRAINT [to_a] FOREIGN KEY ([a]) REFERENCES [shop].[a_first] ([id]);

DROP TABLE waybill_load.t0;
DROP TABLE waybill_load.t1;
DROP TABLE waybill_load.t2;
DROP TABLE waybill_load.t3;
DROP TABLE waybill_load.t4;
DROP TABLE waybill_load.t5;
DROP TABLE waybill_load.t6;
DROP TABLE waybill_load.t7;
DROP TABLE waybill_load.t8;
DROP SCHEMA waybill_load;
COMMIT TRANSACTION;
