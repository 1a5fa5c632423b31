@echo off
rem Loads the rows of this package into the tables that ddl.sql has made: all of them or none.
rem
rem Run it inside the folder of the package:
rem   load.cmd
rem
rem SQLCMDSERVER and SQLCMDDBNAME say where to. SQLCMDUSER is a login of the server, with its password in
rem SQLCMDPASSWORD; without it the account of this system is used. While bcp runs, other people on this
rem machine may see the password among its processes; without SQLCMDPASSWORD each program asks for it.
rem SQLCMD_OPTIONS and BCP_OPTIONS are handed on, as -C and -u for a server whose certificate is to be trusted.
setlocal
chcp 65001 >nul
if "%SQLCMDSERVER%"=="" echo SQLCMDSERVER names the server. & exit /b 1
if "%SQLCMDDBNAME%"=="" echo SQLCMDDBNAME names the database. & exit /b 1
set RUN_LOGIN=-E
set BCP_LOGIN=-T
if not "%SQLCMDUSER%"=="" set RUN_LOGIN=-U "%SQLCMDUSER%"
if not "%SQLCMDUSER%"=="" set BCP_LOGIN=-U "%SQLCMDUSER%"
if not "%SQLCMDPASSWORD%"=="" set BCP_LOGIN=%BCP_LOGIN% -P "%SQLCMDPASSWORD%"
sqlcmd -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %RUN_LOGIN% -b -x -I -f 65001 %SQLCMD_OPTIONS% -i stage.sql || exit /b 1
bcp waybill_load.t0 in "data\main.every_type.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
bcp waybill_load.t1 in "data\main.people.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
bcp waybill_load.t2 in "data\main.skills.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
bcp waybill_load.t3 in "data\main.b_second.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
bcp waybill_load.t4 in "data\main.a_first.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
bcp waybill_load.t5 in "data\main.loose.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
bcp waybill_load.t7 in "data\main.sel-ect----from.csv" -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %BCP_LOGIN% -w -F 2 -k -m 1 %BCP_OPTIONS% || exit /b 1
sqlcmd -S "%SQLCMDSERVER%" -d "%SQLCMDDBNAME%" %RUN_LOGIN% -b -x -I -f 65001 %SQLCMD_OPTIONS% -i load.sql || exit /b 1
