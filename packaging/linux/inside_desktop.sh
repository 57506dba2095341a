#!/usr/bin/env bash
# Inside a system with a desktop: install, see what the desktop knows, use the
# window as a person would, upgrade, remove.
#
#   inside_desktop.sh DEB NEWER_DEB fcitx5|fcitx
#
# Pictures go to /try.  The window runs as a user, not as root.
set -euo pipefail
deb=$1
newer=$2
method=$3
id=$(dpkg-deb -f "$deb" Package)
files=/opt/apps/$id/files

fail() { echo "desktop: $1" >&2; exit 1; }

everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /root \
        -o -path /home -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/log \
        -o -path /try \) -prune -o -print | sort
}

as_user() { runuser -u tester -- env HOME=/home/tester LANG=C.UTF-8 "$@"; }

# Another program for the same files, as a desktop has one already.
install_other() {
    printf '[Desktop Entry]\nType=Application\nName=Other\nExec=true %%f\nMimeType=application/pdf;\n' \
        >/usr/share/applications/yozo-pdf.desktop
    update-desktop-database -q
}

look_at_desktop() {
    local type
    desktop-file-validate "/usr/share/applications/$id.desktop" || fail "the desktop entry is not valid"
    for type in $(sed -n 's/^MimeType=//p' "/usr/share/applications/$id.desktop" | tr ';' ' '); do
        gio mime "$type" | grep "$id.desktop" >/dev/null || fail "nobody offers us for $type"
    done
    install_other
    gio mime application/pdf | sed -n 1p | grep yozo-pdf >/dev/null || fail "we took PDF files over"
    echo "open with: offered for every type; the default of PDF files stays another program's"
    ! grep -rqs "$id" /etc/xdg/mimeapps.list /usr/share/applications/mimeapps.list \
        /home/tester/.config/mimeapps.list || fail "we are somebody's default"
    rm /usr/share/applications/yozo-pdf.desktop
    update-desktop-database -q
    [ "$(find /usr/share/icons -name "$id.*" | xargs -n 1 readlink -e | wc -l)" = 10 ] || fail "icons are missing"
}

as_user rm -rf /home/tester/.config/gouji /home/tester/.local /home/tester/.cache /home/tester/work
# What it depends on stays, so that the lists differ by nothing but the program.
apt-get install -y -q --no-install-recommends --reinstall "$deb" >/tmp/apt.log 2>&1 ||
    { tail -n 5 /tmp/apt.log; fail "no installation"; }
apt-get purge -y -q "$id" >/tmp/apt.log 2>&1
everything >/tmp/before
dpkg -i "$deb" >/tmp/dpkg.log 2>&1 || fail "no installation"
look_at_desktop
as_user mkdir -p /home/tester/work
as_user cp "$files/_internal/resources/samples/示例年报.docx" /home/tester/work/
as_user mkdir -p -m 700 /tmp/tester-run
as_user XDG_RUNTIME_DIR=/tmp/tester-run METHOD="$method" QT_IM_MODULE=fcitx XMODIFIERS=@im=fcitx \
    dbus-run-session -- xvfb-run -a -s "-screen 0 1400x900x24" bash /try/inside_window.sh
echo "-- upgrade"
(cd /home/tester && find .config .local -path '*/gouji/*' -type f |
    sort | xargs -r -d '\n' sha256sum) >/tmp/own-before
[ -s /tmp/own-before ] || fail "the window kept nothing of the user's"
dpkg -i "$newer" >/tmp/dpkg.log 2>&1 || fail "no upgrade"
(cd /home/tester && sha256sum --quiet --check /tmp/own-before) || fail "the upgrade changed what is the user's"
as_user gouji-cli selftest >/dev/null || fail "the self test failed after the upgrade"
echo "upgrade to $(dpkg-query -W -f '${Version}' "$id") keeps $(wc -l </tmp/own-before) files of the user"

apt-get remove -y -q "$id" >/tmp/apt.log 2>&1
apt-get purge -y -q "$id" >/tmp/apt.log 2>&1
everything >/tmp/after
diff /tmp/before /tmp/after || fail "something stayed behind or is gone"
(cd /home/tester && sha256sum --quiet --check /tmp/own-before) || fail "removing took something of the user's"
echo "remove and purge leave nothing, and the user's own files stay"
