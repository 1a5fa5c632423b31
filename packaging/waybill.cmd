@echo off
rem The command line on the Node that comes with it.
"%~dp0..\node\node.exe" "%~dp0cli.mjs" %*
