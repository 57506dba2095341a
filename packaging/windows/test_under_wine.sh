#!/usr/bin/env bash
# Run tests by the Windows Python of build_under_wine.sh, from a copy of the source.
#
#   packaging/windows/test_under_wine.sh tests/core/test_storage.py …
#
# wine is no Windows: a failure may be wine's own.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/windows/chroot.sh

HOST_PYTHON=${PYTHON:-python3}
PACKAGES=$ROOT/build/test-packages
COPY=$ROOT/build/tested

[ -f "$ROOT/build/python/python.exe" ] || fail "run build_under_wine.sh first"
"$HOST_PYTHON" packaging/windows/wheels.py tests >"$WORK/requirements-tests.txt"
if ! cmp -s "$WORK/requirements-tests.txt" "$PACKAGES/.from"; then
    rm -rf "$PACKAGES"
    "$HOST_PYTHON" -m pip install --quiet --no-deps --require-hashes --only-binary :all: \
        --platform win_amd64 --implementation cp --python-version 3.11 \
        --target "$PACKAGES" -r "$WORK/requirements-tests.txt"
    cp "$WORK/requirements-tests.txt" "$PACKAGES/.from"
fi
copy_source "$COPY"
enter_chroot
in_chroot env PYTHONPATH='Z:\build\test-packages' PYTHONUTF8=1 CI=true \
    sh -c 'cd /build/tested && wine /build/python/python.exe -m pytest -q -p no:cacheprovider "$@"' \
    tests "$@" </dev/null 2>&1 | cat
