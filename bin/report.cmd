@echo off
rem The command report of this folder's own environment, as bin/report is elsewhere.
if not exist "%~dp0..\.venv\Scripts\report.exe" echo What the report needs is not installed here yet: run "uv sync" first. 1>&2 & exit /b 1
"%~dp0..\.venv\Scripts\report.exe" %*
