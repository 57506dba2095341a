#!/usr/bin/env bash
# Inside the build system: freeze /build/source into /build/source/dist.
set -euo pipefail
cd /build/source
env=/build/env

# The wheels were checked against their hashes when they were fetched, and are again.
if ! cmp -s requirements-dev.txt "$env/.made-from"; then
    rm -rf "$env"
    /build/python-3.11/bin/python3.11 -m venv --without-pip "$env"
    pip=$(echo /build/wheels/pip-*.whl)
    "$env/bin/python" "$pip/pip" install --quiet --no-index --no-deps \
        --find-links /build/wheels --require-hashes -r /build/wheels/wanted.txt
    cp requirements-dev.txt "$env/.made-from"
fi
site=$("$env/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
bash /build/scripts/inside_plugin.sh "$site"

rm -rf build dist
"$env/bin/python" -m PyInstaller --noconfirm --clean --log-level WARN build.spec >freeze.log 2>&1 ||
    { tail -n 20 freeze.log; exit 1; }
"$env/bin/python" packaging/sbom.py dist/gouji --list >dist/licences.txt
"$env/bin/python" packaging/linux/check_symbols.py dist/gouji >dist/symbols.txt ||
    { grep 'TOO NEW' dist/symbols.txt; exit 1; }
tail -n 1 dist/symbols.txt
