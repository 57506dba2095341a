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

# What a desktop has, and what types and looks in place of a person.
tools=(dbus dbus-x11 desktop-file-utils hicolor-icon-theme shared-mime-info libglib2.0-bin
    fonts-wqy-zenhei imagemagick openbox procps strace xauth xdotool xvfb)
methods=(fcitx5 fcitx5-chinese-addons fcitx fcitx-pinyin)

copy_of() {
    local root=$1 clean=$2
    close_chroot "$root"
    rm -rf --one-file-system "$root"
    close_chroot "$clean"
    cp -a --reflink=auto "$clean" "$root"
    open_chroot "$root"
    mkdir -p "$root/try"
    cp packaging/linux/inside_*.sh "$root/try/"
    cp "$deb" "$root/try/gouji.deb"
}

try_bare() {
    local suite=$1 root=$WORK/try-$1
    copy_of "$root" "$WORK/clean-$suite"
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
    local suite=$1 root=$WORK/desktop-$1
    if [ ! -e "$root/.desktop" ]; then
        copy_of "$root" "$WORK/clean-$suite"
        apt_in "$root" "${tools[@]}"
        apt_in "$root" "${methods[@]}" || echo "try: $suite has not all input methods"
        in_chroot "$root" useradd --create-home tester
        touch "$root/.desktop"
    fi
    open_chroot "$root"
    rm -rf "$root/try"
    mkdir -p "$root/try"
    cp packaging/linux/inside_*.sh "$root/try/"
    cp "$deb" "$root/try/gouji.deb"
    in_chroot "$root" bash /try/inside_desktop.sh /try/gouji.deb
    cp "$root"/try/*.png "$results/" 2>/dev/null || true
    for picture in "$root"/try/*.png; do
        [ ! -e "$picture" ] || cp "$picture" "$results/$suite-$(basename "$picture")"
    done
    close_chroot "$root"
}

for suite in "${@:-bullseye bookworm}"; do
    for suite in $suite; do
        make_chroot "$WORK/clean-$suite" "$suite"
        echo "== $suite, bare"
        try_bare "$suite"
        echo "== $suite, desktop"
        try_desktop "$suite"
    done
done 2>&1 | tee "$results/log.txt"
