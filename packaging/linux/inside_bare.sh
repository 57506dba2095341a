#!/usr/bin/env bash
# Inside a clean system without Python: install, try without a screen, remove.
#
#   inside_bare.sh DEB
#
# What is promised in "Depends" must be enough, and nothing may stay behind.
set -euo pipefail
deb=$1
id=$(dpkg-deb -f "$deb" Package)
files=/opt/apps/$id/files
sample=$files/_internal/resources/samples/示例年报.docx

fail() { echo "bare: $1" >&2; exit 1; }

# All but what apt and dpkg keep for themselves, and the homes of people.
everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /root \
        -o -path /home -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/log \
        -o -path /try \) -prune -o -print | sort
}

! command -v python3 >/dev/null || fail "this system has Python"
apt-get update -q >/dev/null
everything >/tmp/before
began=$(date +%s)
apt-get install -y -q --no-install-recommends "$deb" >/tmp/apt.log 2>&1 || { tail -n 5 /tmp/apt.log; exit 1; }
echo "installed in $(($(date +%s) - began)) s, with $(grep -c '^Setting up' /tmp/apt.log) packages;" \
    "$(du -sm "/opt/apps/$id" | cut -f 1) MB below /opt/apps/$id"

# Libraries that nothing brings along. Those for Wayland are there where there is Wayland.
find "$files" -type f \( -name '*.so*' -o -perm -u+x \) -print0 | while IFS= read -r -d '' file; do
    LD_LIBRARY_PATH=$files/_internal ldd "$file" 2>/dev/null | sed -n "s/ => not found.*//p" |
        sed "s|^[[:space:]]*|${file##*/} needs |"
done | sort >/tmp/missing
grep -v 'needs lib\(wayland-\|cups\)' /tmp/missing && fail "libraries are missing"
echo "missing, and only used where they are there: $(sed 's/.* //' /tmp/missing | sort -u | tr '\n' ' ')"

gouji-cli selftest || fail "the self test failed"
status=0
gouji-cli check --json "$sample" >/try/check.json || status=$?
[ "$status" = 1 ] || fail "check ended with $status"
gouji-cli export "$sample" --word /tmp/out.docx --excel /tmp/out.xlsx >/dev/null || [ $? = 1 ] || fail "no export"
gouji-cli check /tmp/out.docx >/dev/null || [ $? = 1 ] || fail "the saved Word file cannot be read"
gouji-cli tables /tmp/out.xlsx >/dev/null || fail "the saved Excel file cannot be read"
echo "saved Word $(stat -c %s /tmp/out.docx) and Excel $(stat -c %s /tmp/out.xlsx) bytes, and read them back"
status=0
HOME=/root QT_QPA_PLATFORM=offscreen timeout 8 gouji "$sample" || status=$?
[ "$status" = 124 ] || fail "the window closed by itself with $status"

# The portable folder, somewhere, as somebody, without the package.
apt-get remove -y -q "$id" >/tmp/apt.log 2>&1
[ -d /opt ] || fail "removing took /opt away"
portable=$(echo /try/portable/*)
as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/tmp/nobody "$@"; }
install -d -o 65534 -g 65534 /tmp/nobody
as_nobody "$portable/gouji-cli" selftest | tail -n 1 | grep 自检完成 >/dev/null || fail "portable: the self test failed"
status=0
as_nobody QT_QPA_PLATFORM=offscreen timeout 8 "$portable/gouji" "$portable/_internal/resources/samples/示例年报.docx" ||
    status=$?
[ "$status" = 124 ] || fail "portable: the window closed by itself with $status"
echo "the portable folder passes its self test and opens its window without the package"
apt-get install -y -q --no-install-recommends "$deb" >/tmp/apt.log 2>&1

apt-get remove -y -q "$id" >/tmp/apt.log 2>&1
[ ! -e "/opt/apps/$id" ] || fail "remove left /opt/apps/$id"
apt-get purge -y -q "$id" >/tmp/apt.log 2>&1
apt-get autoremove --purge -y -q >/tmp/apt.log 2>&1
everything >/tmp/after
# Libraries that came along may leave something of theirs, but nothing may be gone.
diff /tmp/before /tmp/after >/tmp/differences || true
if grep -i "^<\|gouji\|^> /opt" /tmp/differences; then fail "something stayed behind or is gone"; fi
echo "remove and purge leave nothing; libraries that came along left $(grep -c '^>' /tmp/differences || true) files"
