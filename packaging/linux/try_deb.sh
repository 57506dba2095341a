#!/usr/bin/env bash
# Try the package in clean systems: install, use, upgrade, remove.
#
#   packaging/linux/try_deb.sh [SUITE...]     bullseye and bookworm by default
#
# Takes what build.sh left in dist/linux; pictures and logs go there too.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/linux/chroot.sh
. packaging/linux/chroot.sh
need_root

deb=$(ls dist/linux/*.deb)
python=${PYTHON:-.venv/bin/python}
results=$PWD/dist/linux/tried
mkdir -p "$results"
exec > >(tee "$results/log.txt") 2>&1

# What a desktop has, and what types and looks in place of a person.
tools=(dbus dbus-x11 desktop-file-utils hicolor-icon-theme shared-mime-info libglib2.0-bin
    fonts-wqy-zenhei imagemagick openbox procps strace xauth xdotool xvfb)
declare -A methods=([fcitx5]="fcitx5 fcitx5-chinese-addons" [fcitx]="fcitx fcitx-pinyin fcitx-module-dbus fcitx-module-x11 fcitx-ui-classic")

copy_of() {
    local root=$1 clean=$2
    close_chroot "$root"
    rm -rf --one-file-system "$root"
    close_chroot "$clean"
    cp -a --reflink=auto "$clean" "$root"
    open_chroot "$root"
}

# The same program under a higher version: what an upgrade meets.
make_newer() {
    local tree
    tree=$(mktemp -d)
    dpkg-deb -R "$deb" "$tree"
    sed -i 's/^Version: .*/&+1/' "$tree/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$tree" "$WORK/newer.deb" >/dev/null
    rm -rf "$tree"
}

bring() {
    rm -rf "$1/try"
    mkdir -p -m 777 "$1/try"
    chmod 777 "$1/try"
    cp packaging/linux/inside_*.sh "$1/try/"
    cp "$deb" "$1/try/gouji.deb"
    cp "$WORK/newer.deb" "$1/try/newer.deb"
}

try_bare() {
    local suite=$1 root=$WORK/try-$1
    copy_of "$root" "$WORK/clean-$suite"
    bring "$root"
    mkdir "$root/try/portable"
    tar -xf dist/linux/*.tar.xz -C "$root/try/portable"
    in_chroot "$root" bash /try/inside_bare.sh /try/gouji.deb
    # The same findings as from source, but for the path of the file.
    "$python" main.py check --json resources/samples/示例年报.docx >"$results/source.json" || [ $? = 1 ]
    diff <(grep -v '"file"' "$results/source.json") <(grep -v '"file"' "$root/try/check.json") ||
        { echo "try: $suite finds something else than the source" >&2; return 1; }
    echo "$suite finds what the source finds: $(wc -c <"$root/try/check.json") bytes of JSON"
    close_chroot "$root"
}

# Kept between runs, because installing a desktop takes minutes.
try_desktop() {
    local suite=$1 method=$2 root=$WORK/desktop-$1-$2
    if [ ! -e "$root/.desktop" ]; then
        copy_of "$root" "$WORK/clean-$suite"
        # shellcheck disable=SC2086  # one word for each package
        apt_in "$root" "${tools[@]}" ${methods[$method]}
        in_chroot "$root" useradd --create-home tester
        touch "$root/.desktop"
    fi
    open_chroot "$root"
    bring "$root"
    in_chroot "$root" bash /try/inside_desktop.sh /try/gouji.deb /try/newer.deb "$method" || {
        keep_pictures "$root" "$suite-$method"
        return 1
    }
    keep_pictures "$root" "$suite-$method"
    close_chroot "$root"
}

keep_pictures() {
    local picture
    for picture in "$1"/try/*.png; do
        [ ! -e "$picture" ] || cp "$picture" "$results/$2-$(basename "$picture")"
    done
}

make_newer
read -r -a suites <<<"${*:-bullseye bookworm}"
for suite in "${suites[@]}"; do
    make_chroot "$WORK/clean-$suite" "$suite"
    echo "== $suite, bare"
    try_bare "$suite"
    echo "== $suite, desktop with fcitx 5"
    try_desktop "$suite" fcitx5
done
# Debian 12 has fcitx 4 no longer whole.
if [[ " ${suites[*]} " = *" bullseye "* ]]; then
    echo "== bullseye, desktop with fcitx 4"
    try_desktop bullseye fcitx
fi
