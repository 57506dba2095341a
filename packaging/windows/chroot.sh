# Sourced: a Debian chroot with wine, in which Windows programs are built and tried.
#
# $WORK holds it and all that is made on the way, outside the checkout.  The
# mirror is the first one that this machine's own apt uses, or $MIRROR.
# shellcheck shell=bash

WORK=${WORK:-/var/tmp/gouji-windows}
ROOT=$WORK/trixie
# Inside the chroot.
WIN_PREFIX=/build/prefix

# wine 8 cannot start Qt 6.9 (no UISettings); trixie has wine 10.  The stubs of
# NSIS, and so each installer, are 32-bit programs.
CHROOT_PACKAGES="wine wine64 wine32:i386 xvfb xauth xdotool imagemagick nsis fonts-wqy-zenhei"

say() { echo "windows: $*"; }

fail() {
    echo "windows: $*" >&2
    exit 1
}

apt_mirror() {
    local found
    found=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null |
        grep -m 1 '/debian$' || true)
    echo "${MIRROR:-$found}"
}

make_chroot() {
    local mirror
    [ -f "$ROOT/.ready" ] && return
    [ "$(id -u)" = 0 ] || fail "a chroot is made by root only"
    command -v debootstrap >/dev/null || apt-get install -y -q debootstrap
    mirror=$(apt_mirror)
    [ -n "$mirror" ] || fail "apt knows no Debian mirror; set MIRROR"
    say "making $ROOT"
    mkdir -p "$WORK"
    rm -rf --one-file-system "$ROOT"
    debootstrap --variant=minbase --include=ca-certificates trixie "$ROOT" "$mirror"
    chroot "$ROOT" dpkg --add-architecture i386
    chroot "$ROOT" apt-get update -q
    # shellcheck disable=SC2086  # one word for each package
    DEBIAN_FRONTEND=noninteractive chroot "$ROOT" \
        apt-get install -y -q --no-install-recommends $CHROOT_PACKAGES
    touch "$ROOT/.ready"
}

# wine looks into /proc, and keeps what its processes share in /dev/shm.
enter_chroot() {
    mkdir -p "$ROOT/build"
    # One script at a time: the end of one would take /proc away from the other.
    exec 9>"$WORK/lock"
    flock 9
    mount -t proc proc "$ROOT/proc"
    mount -t tmpfs tmpfs "$ROOT/dev/shm"
    trap leave_chroot EXIT
    [ -d "$ROOT$WIN_PREFIX" ] || {
        in_chroot wineboot --init >"$WORK/wineboot.log" 2>&1 || true
        # It would say that it is Windows 7.
        in_chroot wine winecfg -v win10 >>"$WORK/wineboot.log" 2>&1
        in_chroot wineserver --wait
    }
}

leave_chroot() {
    in_chroot wineserver --kill >/dev/null 2>&1 || true
    in_chroot wineserver --wait >/dev/null 2>&1 || true
    umount "$ROOT/dev/shm" "$ROOT/proc" 2>/dev/null || true
}

# A program of the chroot, with nothing of this machine's surroundings.
in_chroot() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 XDG_RUNTIME_DIR=/tmp \
        WINEPREFIX="$WIN_PREFIX" WINEDEBUG="${WINEDEBUG:--all}" WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=" \
        ${DISPLAY_INSIDE:+DISPLAY="$DISPLAY_INSIDE"} \
        ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH"} chroot "$ROOT" "$@" 9>&-
}

# A Windows program.  Python ends with "init_sys_streams" unless its input and
# its output are files or pipes.
windows() {
    in_chroot wine "$@" </dev/null | cat
    return "${PIPESTATUS[0]}"
}

# Where wine sees a path of the chroot.
windows_path() {
    local path=${1//\//\\}
    echo "Z:$path"
}

# What git knows, and what it would take: never what an earlier build left.
copy_source() {
    rm -rf "$1"
    mkdir -p "$1"
    git ls-files -z --cached --others --exclude-standard |
        tar --null --ignore-failed-read -cf - -T - 2>/dev/null | tar -xf - -C "$1"
}
