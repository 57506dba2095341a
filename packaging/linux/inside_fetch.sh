#!/usr/bin/env bash
# Inside the build system: fetch sources and headers that its own release lacks.
#
#   inside_fetch.sh MIRROR SECURITY_MIRROR
#
# Python 3.11 comes from Debian 12, with the security fixes of Debian; the
# input plugin and the private headers of Qt from Debian 13.  Both are read
# through a list of their own, so that nothing of them is installed.
set -euo pipefail
mirror=$1
security=$2
mkdir -p /build/apt/lists/partial /build/apt/archives/partial /build/sources
cd /build/sources

keys=/build/archive-keyring.gpg
{
    echo "deb-src [signed-by=$keys] $mirror bookworm main"
    [ -z "$security" ] || echo "deb-src [signed-by=$keys] $security bookworm-security main"
    echo "deb-src [signed-by=$keys] $mirror trixie main"
    echo "deb [signed-by=$keys] $mirror trixie main"
} >/build/apt/sources.list

from_there() {
    "$@" -o Dir::Etc::sourcelist=/build/apt/sources.list -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists=/build/apt/lists -o Dir::Cache::archives=/build/apt/archives \
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root
}

# A mirror may announce a security fix before it has the file.
fetch_python() {
    local version
    for version in $(from_there apt-cache showsrc python3.11 | sed -n 's/^Version: //p' | sort -Vr); do
        if from_there apt-get source -q --download-only "python3.11=$version"; then
            dpkg-source --no-check -x "python3.11_${version#*:}.dsc" /build/python
            return
        fi
    done
    return 1
}

# Only the original is needed, none of what Debian adds to it.
fetch_plugin() {
    from_there apt-get source -q --download-only fcitx-qt5=1.2.7-2 || true
    echo "$plugin_sum  fcitx-qt5_1.2.7.orig.tar.xz" | sha256sum --check
    tar -xf fcitx-qt5_1.2.7.orig.tar.xz -C /build
}
plugin_sum=951fcf8f1db23ed22ad91094eb4c6c906f92005a3643b52f666bd8a331163147

# moc and qdbusxml2cpp run with the libraries of their own release beside them.
fetch_headers() {
    from_there apt-get download qt6-base-dev qt6-base-private-dev qt6-base-dev-tools \
        libqt6core6t64 libqt6dbus6 libqt6xml6 libc6 libstdc++6 libgcc-s1 libdouble-conversion3 \
        libb2-1 libpcre2-16-0 libpcre2-8-0 zlib1g libzstd1 libglib2.0-0t64 libicu76 libgomp1 \
        libdbus-1-3 libsystemd0 libcap2 libatomic1
    local package
    for package in ./*.deb; do dpkg-deb -x "$package" /build/qt; done
}

from_there apt-get update -q
[ -e /build/python ] || fetch_python
[ -e /build/fcitx-qt5-1.2.7 ] || fetch_plugin
[ -e /build/qt ] || fetch_headers
