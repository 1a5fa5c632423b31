-- Makes the tables that bcp fills; load.sql brings their rows on and drops them.
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
IF SCHEMA_ID(N'waybill_load') IS NULL EXEC (N'CREATE SCHEMA waybill_load');
-- main.every_type
DROP TABLE IF EXISTS waybill_load.t0;
CREATE TABLE waybill_load.t0 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c2 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c3 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c4 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c5 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c6 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c7 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c8 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c9 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c10 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c11 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main.people
DROP TABLE IF EXISTS waybill_load.t1;
CREATE TABLE waybill_load.t1 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c2 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c3 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c4 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c5 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c6 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c7 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c8 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c9 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c10 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c11 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main.skills
DROP TABLE IF EXISTS waybill_load.t2;
CREATE TABLE waybill_load.t2 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c2 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main.b_second
DROP TABLE IF EXISTS waybill_load.t3;
CREATE TABLE waybill_load.t3 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main.a_first
DROP TABLE IF EXISTS waybill_load.t4;
CREATE TABLE waybill_load.t4 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main.loose
DROP TABLE IF EXISTS waybill_load.t5;
CREATE TABLE waybill_load.t5 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c2 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main.empty_one
DROP TABLE IF EXISTS waybill_load.t6;
CREATE TABLE waybill_load.t6 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
-- main."sel\"ect, --\nfrom"
DROP TABLE IF EXISTS waybill_load.t7;
CREATE TABLE waybill_load.t7 (c0 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c1 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c2 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL, c3 nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL);
