#!/usr/bin/env bash
# Make .venv-bench: the public readers that `make bench` measures beside our own, kept away
# from what the program is tested with.  Without a network the bench leaves them out.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv-bench/.ready
if [ -f "$stamp" ] && cmp -s requirements-bench.txt "$stamp"; then
    exit 0
fi
.venv/bin/python -m venv --clear .venv-bench
.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
    --require-hashes --only-binary :all: -r requirements-bench.txt
cp requirements-bench.txt "$stamp"
