# Clean Debian systems to build and to try in; sourced by the other scripts.
#
#   GOUJI_WORK       where they live (/var/tmp/gouji-linux); never in the checkout
#   MIRROR           a Debian mirror; by default the one this machine's apt uses
#   SECURITY_MIRROR  the same for the security archive
#
# Needs root, debootstrap and a few gigabytes.
# shellcheck shell=bash

WORK=${GOUJI_WORK:-/var/tmp/gouji-linux}

# The site of this machine's own sources whose address ends in $1.
own_mirror() {
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m 1 "$1/*$"
}

MIRROR=${MIRROR:-$(own_mirror /debian)}
SECURITY_MIRROR=${SECURITY_MIRROR:-$(own_mirror /debian-security || true)}

need_root() {
    [ "$(id -u)" = 0 ] || { echo "$0: needs root, for chroot" >&2; exit 3; }
    command -v debootstrap >/dev/null ||
        { echo "$0: needs debootstrap: apt-get install debootstrap" >&2; exit 3; }
}

# make_chroot FOLDER SUITE: a minimal system; what is there already is kept.
make_chroot() {
    local root=$1 suite=$2
    if [ ! -e "$root/.made" ]; then
        echo "chroot: making $suite in $root"
        # Inside another system, mounts of an earlier try would be deleted with it.
        close_chroot "$root"
        rm -rf "$root"
        mkdir -p "$root"
        debootstrap --variant=minbase "$suite" "$root" "$MIRROR" >"$root.log" 2>&1 ||
            { tail -n 5 "$root.log" >&2; return 1; }
        write_sources "$root" "$suite"
        touch "$root/.made"
    fi
    open_chroot "$root"
}

write_sources() {
    local root=$1 suite=$2
    echo "deb $MIRROR $suite main" >"$root/etc/apt/sources.list"
    [ -z "$SECURITY_MIRROR" ] ||
        echo "deb $SECURITY_MIRROR $suite-security main" >>"$root/etc/apt/sources.list"
    # Nothing starts a service in there.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    cp /etc/hosts "$root/etc/hosts" 2>/dev/null || true
}

open_chroot() {
    local root=$1
    mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
    mkdir -p "$root/dev/shm"
    mountpoint -q "$root/dev/shm" || mount -t tmpfs tmpfs "$root/dev/shm"
    mkdir -p "$root/dev/pts"
}

close_chroot() {
    local root=$1 point
    for point in "$root/dev/shm" "$root/proc"; do
        if mountpoint -q "$point" 2>/dev/null; then umount "$point"; fi
    done
}

# in_chroot FOLDER COMMAND...: with a plain environment, so that nothing of
# this machine gets in.
in_chroot() {
    local root=$1
    shift
    chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# apt_in FOLDER PACKAGE...: what apt says is worth reading only when it fails.
apt_in() {
    local root=$1
    shift
    { in_chroot "$root" apt-get update -q &&
        in_chroot "$root" apt-get install -y -q --no-install-recommends "$@"; } \
        >"$root.apt.log" 2>&1 || { tail -n 15 "$root.apt.log" >&2; return 1; }
}
