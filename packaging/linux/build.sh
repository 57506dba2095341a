#!/usr/bin/env bash
# Build the packages for Linux: dist/linux/*.deb and *.tar.xz.
#
# Everything happens in a Debian 11 system below $GOUJI_WORK (see chroot.sh),
# so that the result runs wherever there is glibc 2.28.  The first time takes
# ten minutes, later ones two.  Python for fetching the wheels is .venv's.
# LEVEL=1 packs larger and in seconds, to try things.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/linux/chroot.sh
. packaging/linux/chroot.sh
need_root

root=$WORK/build
inside=$root/build
python=${PYTHON:-.venv/bin/python}
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)

# What is compiled, and the libraries that go along or are only looked at.
packages=(binutils ca-certificates dpkg-dev g++ make patch pkg-config xz-utils
    libbz2-dev libffi-dev liblzma-dev libmpdec-dev libxkbcommon-dev x11proto-dev zlib1g-dev
    libcups2 libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0
    libwayland-client0 libwayland-cursor0 libwayland-egl1 libx11-6 libx11-xcb1 libxcb1
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0
    libxcb-xkb1 libxkbcommon0 libxkbcommon-x11-0)

fetch_wheels() {
    local wheels=$inside/wheels
    mkdir -p "$wheels"
    if cmp -s requirements-dev.txt "$wheels/from.txt"; then return; fi
    "$python" packaging/linux/wanted.py requirements-dev.txt >"$wheels/wanted.txt"
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
        --only-binary :all: --python-version 3.11 --implementation cp \
        --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
        --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
        -d "$wheels" -r "$wheels/wanted.txt"
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps -d "$wheels" pip
    cp requirements-dev.txt "$wheels/from.txt"
}

# What git knows, and what it would take: never what an earlier build left.
copy_source() {
    rm -rf "$inside/source" "$inside/scripts"
    mkdir -p "$inside/source" "$inside/scripts"
    git ls-files -z --cached --others --exclude-standard |
        while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
        tar --null -cf - -T - | tar -xf - -C "$inside/source"
    cp packaging/linux/inside_*.sh packaging/linux/symver.h "$inside/scripts/"
}

# The system must know the keys of younger releases than its own.
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keys" ] || { echo "build: $keys is missing: debian-archive-keyring" >&2; exit 3; }

make_chroot "$root" bullseye
trap 'close_chroot "$root"' EXIT
mkdir -p "$inside"
if [ "$(cat "$inside/.tools" 2>/dev/null)" != "${packages[*]}" ]; then
    echo "build: installing what is needed to build"
    apt_in "$root" "${packages[@]}"
    echo "${packages[*]}" >"$inside/.tools"
fi
cp "$keys" "$inside/archive-keyring.gpg"
copy_source
echo "build: Python and the sources"
in_chroot "$root" bash /build/scripts/inside_fetch.sh "$MIRROR" "$SECURITY_MIRROR" \
    >"$inside/fetch.log" 2>&1 || { tail -n 10 "$inside/fetch.log" >&2; exit 1; }
in_chroot "$root" bash /build/scripts/inside_python.sh
fetch_wheels
echo "build: freezing"
in_chroot "$root" bash /build/scripts/inside_freeze.sh
echo "build: packing"
in_chroot "$root" SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" LEVEL="${LEVEL:-9}" \
    bash /build/scripts/inside_packages.sh

if command -v appstreamcli >/dev/null; then
    appstreamcli validate --no-net "$inside"/source/dist/tree/usr/share/metainfo/*.xml ||
        { echo "build: the appstream data are not valid" >&2; exit 1; }
fi

mkdir -p dist/linux
rm -f dist/linux/*.deb dist/linux/*.tar.xz
cp "$inside"/source/dist/packages/* "$inside"/source/dist/{licences,symbols}.txt dist/linux/
(cd dist/linux && sha256sum -- *.deb *.tar.xz >SHA256SUMS)
echo "build: $(du -sm "$inside/source/dist/gouji" | cut -f 1) MB unpacked"
ls -lh dist/linux
