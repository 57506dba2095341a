#!/usr/bin/env bash
# Fix every version and hash anew: requirements.in -> requirements.txt, and the
# same for -cluster, -dev and -bench.  Run it after changing an .in file, and read the difference.
#
# uv is used because it resolves for every system and Python version at once;
# it lives in an environment of its own, so that it is not itself pinned.
# Without --upgrade, versions that are already fixed stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -x .pins/bin/uv ]; then
    "${PYTHON:-python3}" -m venv .pins
    .pins/bin/python -m pip install --quiet uv
fi

pin() {
    .pins/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-emit-index-url --custom-compile-command 'make pin' "$@"
}

pin requirements.in -o requirements.txt "${@}"
pin requirements-cluster.in -o requirements-cluster.txt "${@}"
pin requirements-dev.in -c requirements.txt -c requirements-cluster.txt -o requirements-dev.txt "${@}"
pin requirements-bench.in -c requirements.txt -o requirements-bench.txt "${@}"
