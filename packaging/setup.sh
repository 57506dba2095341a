#!/usr/bin/env bash
# Make the checkout ready: system libraries, .venv, pinned packages.
#
#   packaging/setup.sh run     what the program needs
#   packaging/setup.sh test    and what the tests and the checks need
#   packaging/setup.sh freeze  and what a build needs
#
# What is already there is left alone, and a stamp in .venv makes the next call
# return at once.  System packages are installed where that needs no question
# (root, or sudo without a password); otherwise each one is listed with the
# command that would install it, and the status is 3.
set -euo pipefail
cd "$(dirname "$0")/.."

scope=${1:-run}
case $scope in
    run) requirements=requirements.txt ;;
    test | freeze) requirements=requirements-dev.txt ;;
    *) echo "usage: packaging/setup.sh [run|test|freeze]" >&2; exit 2 ;;
esac
venv_python=.venv/bin/python
stamp=.venv/.ready-for-$scope

# ---- what the system must have --------------------------------------------
# Looked for by what is used (a library, a program, a file), because the name
# of the package differs: Ubuntu 24.04 has libglib2.0-0t64.

needs_of_run="
library libEGL.so.1              libegl1
library libGL.so.1               libgl1
library libfontconfig.so.1       libfontconfig1
library libxkbcommon.so.0        libxkbcommon0
library libdbus-1.so.3           libdbus-1-3
library libglib-2.0.so.0         libglib2.0-0
library libxcb-cursor.so.0       libxcb-cursor0
library libxcb-icccm.so.4        libxcb-icccm4
library libxcb-image.so.0        libxcb-image0
library libxcb-keysyms.so.1      libxcb-keysyms1
library libxcb-randr.so.0        libxcb-randr0
library libxcb-render-util.so.0  libxcb-render-util0
library libxcb-shape.so.0        libxcb-shape0
library libxcb-xkb.so.1          libxcb-xkb1
library libxkbcommon-x11.so.0    libxkbcommon-x11-0
library libX11-xcb.so.1          libx11-xcb1
library libwayland-client.so.0   libwayland-client0
library libwayland-cursor.so.0   libwayland-cursor0
library libwayland-egl.so.1      libwayland-egl1
program fc-list                  fontconfig
font    zh                       fonts-wqy-zenhei
"
needs_of_test="
program Xvfb                     xvfb
program xauth                    xauth
program pdftotext                poppler-utils
program import                   imagemagick
office  libswlo.so               libreoffice-writer
office  libsclo.so               libreoffice-calc
"
# Debian's python3 is linked statically, but a build must take libpython along.
# The package is named for the version in .venv.
needs_of_freeze="
program objdump                  binutils
python  shared                   libpython
"

have() {
    case $1 in
        library) grep -q "$2" <<<"$libraries" ;;
        program) command -v "$2" >/dev/null ;;
        font) [ -n "$(fc-list ":lang=$2" 2>/dev/null)" ] ;;
        # LibreOffice splits its programs into packages; `soffice` alone may be a bare core.
        office) [ -n "$(find -L /usr/lib*/libreoffice /opt/libreoffice* -maxdepth 2 \
            -name "$2" 2>/dev/null || true)" ] ;;
        python) "$venv_python" -c "$finds_libpython" ;;
    esac
}

finds_libpython='
import ctypes, pathlib, sys, sysconfig
name, folder = map(sysconfig.get_config_var, ("INSTSONAME", "LIBDIR"))
shared = "libpython%d.%d.so.1.0" % sys.version_info[:2]
if not (name == shared and pathlib.Path(folder, name).exists()):
    try:
        ctypes.CDLL(shared)
    except OSError:
        sys.exit(1)
'

libpython_package() {
    "$venv_python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])'
}

missing_packages() {
    local kind what package
    libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
    while read -r kind what package; do
        if [ -z "$kind" ] || have "$kind" "$what"; then continue; fi
        if [ "$package" = libpython ]; then package=$(libpython_package); fi
        echo "$package"
    done <<<"$needs"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null &&
        { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# What apt says is worth reading only when it fails.
apt_install() {
    local said
    said=$(as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@" 2>&1) || {
        tail -n 3 <<<"$said" >&2
        return 1
    }
}

install_packages() {
    echo "setup: installing system packages: $*"
    as_root apt-get update -q >/dev/null 2>&1 || true
    # One package that does not exist here must not keep out the others.
    apt_install "$@" || for package in "$@"; do apt_install "$package" || true; done
}

list_missing() {
    local package
    echo "setup: these system packages are missing:" >&2
    for package in "$@"; do
        echo "  $package: sudo apt-get install --no-install-recommends $package" >&2
    done
}

set_up_system() {
    local missing needs=$needs_of_run
    [ "$(uname -s)" = Linux ] || return 0
    [ "$scope" = run ] || needs+=$needs_of_test
    [ "$scope" != freeze ] || needs+=$needs_of_freeze
    missing=$(missing_packages)
    if [ -n "$missing" ] && can_install; then
        # shellcheck disable=SC2086  # one word for each package
        install_packages $missing
        missing=$(missing_packages)
    fi
    [ -z "$missing" ] && return 0
    # shellcheck disable=SC2086
    list_missing $missing
    return 3
}

# ---- Python ----------------------------------------------------------------

in_range='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'

# A name on PATH proves little: pyenv has one for every version, installed or not.
find_python() {
    local name
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$name" -c "$in_range" >/dev/null 2>&1 &&
            "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    return 1
}

# Debian has Python without ensurepip until python3.X-venv is there.
install_venv_module() {
    local name version package
    for name in python3.13 python3.12 python3.11 python3; do
        "$name" -c "$in_range" >/dev/null 2>&1 || continue
        version=$("$name" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
        package=$version-venv
        if can_install; then
            install_packages "$package"
        else
            list_missing "$package"
        fi
        return
    done
    echo "setup: Python 3.11, 3.12 or 3.13 is needed and was not found" >&2
    echo "  python3: sudo apt-get install python3 python3-venv" >&2
}

# The scripts in .venv/bin hold the path, so a checkout that was moved needs a new one.
environment_is_usable() {
    "$venv_python" -c "$in_range; import pip" >/dev/null 2>&1 &&
        grep -qF "$(pwd -P)/.venv" .venv/bin/activate
}

set_up_environment() {
    local python
    if [ -L .venv ]; then
        # It belongs to another checkout, whose packages would be wiped.
        echo "setup: .venv is a link; remove the link, and a .venv is made here" >&2
        return 1
    fi
    if ! environment_is_usable; then
        python=$(find_python) || { install_venv_module; python=$(find_python); } || return 1
        echo "setup: making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv
    fi
    echo "setup: installing packages from $requirements"
    "$venv_python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes --only-binary :all: -r "$requirements"
}

# ---- all of it, once -------------------------------------------------------

state=$(cat packaging/setup.sh "$requirements" | cksum; pwd -P)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$state" ] && [ -x "$venv_python" ]; then
    exit 0
fi
# Python first: a build asks it which libpython it needs.
status=0
set_up_environment || exit 1
set_up_system || status=$?
[ "$status" = 0 ] || exit "$status"
echo "$state" >"$stamp"
