@echo off
rem The commands of the Makefile for Windows: make.bat run [FILE], test, test-long, freeze.
rem Python 3.11, 3.12 or 3.13 must be installed; everything else goes into .venv.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
cd /d "%~dp0"

if "%~1"=="" goto :usage
if "%~1"=="run" goto :run
if "%~1"=="test" goto :test
if "%~1"=="test-long" goto :test_long
if "%~1"=="freeze" goto :freeze
goto :usage

:run
call :setup requirements.txt || exit /b 1
if "%~2"=="" (
    .venv\Scripts\python main.py "resources\samples\示例年报.docx"
) else (
    .venv\Scripts\python main.py "%~2"
)
exit /b %errorlevel%

:test
call :setup requirements-dev.txt || exit /b 1
.venv\Scripts\python -m ruff check . || exit /b 1
.venv\Scripts\python -m ruff format --check . || exit /b 1
.venv\Scripts\python -m mypy || exit /b 1
.venv\Scripts\lint-imports || exit /b 1
.venv\Scripts\python -m pytest -m "not long"
exit /b %errorlevel%

:test_long
call :setup requirements-dev.txt || exit /b 1
.venv\Scripts\python -m pytest -m long || exit /b 1
.venv\Scripts\python packaging\repeat_gui.py
exit /b %errorlevel%

:freeze
call :setup requirements-dev.txt || exit /b 1
.venv\Scripts\python -m PyInstaller --noconfirm --clean --log-level WARN build.spec || exit /b 1
dist\gouji\gouji-cli.exe selftest
exit /b %errorlevel%

rem Make .venv with the newest Python in range and install the pinned packages.
rem A copy of the requirements in .venv shows that they are installed already.
:setup
if not exist .venv\Scripts\python.exe call :make_venv || exit /b 1
fc /b %1 .venv\%1 >nul 2>&1 && exit /b 0
echo setup: installing packages from %1
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r %1 || exit /b 1
copy /y %1 .venv\%1 >nul
exit /b 0

:make_venv
for %%v in (3.13 3.12 3.11) do (
    py -%%v -c "import venv" >nul 2>&1 && (
        echo setup: making .venv with Python %%v
        py -%%v -m venv .venv
        exit /b
    )
)
echo setup: Python 3.11, 3.12 or 3.13 is needed: winget install Python.Python.3.13
exit /b 1

:usage
echo usage: make.bat run [FILE] ^| test ^| test-long ^| freeze
exit /b 2
