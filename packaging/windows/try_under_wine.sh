#!/usr/bin/env bash
# Try what build_under_wine.sh made, in a fresh Windows of wine: install, check,
# save, show the window, install again, remove; and say what each step found.
#
#   packaging/windows/try_under_wine.sh          screenshots go to out/windows
#   packaging/windows/try_under_wine.sh try_window try_removing    only these steps
#
# wine is no Windows: what cannot be seen here is in docs/packaging-windows.md.
set -euo pipefail
# Below, grep reads to the end instead of `-q`: who writes what it leaves unread would fail.
cd "$(dirname "$0")/../.."
. packaging/windows/chroot.sh
. packaging/windows/trial.sh

PYTHON=${PYTHON:-.venv/bin/python}

# ---- the installer ---------------------------------------------------------

try_installing() {
    local took
    took=$(seconds_of windows 'Z:\build\try\gouji-setup.exe' /S)
    [ -f "$INSTALLED/gouji.exe" ] && [ -f "$INSTALLED/uninstall.exe" ] || fail "not installed"
    [ -f "$HOME_IN/Desktop/勾稽.lnk" ] || fail "no shortcut on the desktop"
    find "$HOME_IN" -path '*Start Menu*' -name 勾稽.lnk | grep . >/dev/null || fail "not in the start menu"
    find "$HOME_IN" -path '*SendTo*' -name 勾稽.lnk | grep . >/dev/null || fail "not in SendTo"
    pass "setup /S installs in $took, $(find "$INSTALLED" -type f | wc -l) files," \
        "$(du -sm --apparent-size "$INSTALLED" | cut -f1) MB"
}

try_registry() {
    local key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\gouji' said
    said=$(registry "$key")
    for value in DisplayName DisplayVersion Publisher EstimatedSize QuietUninstallString; do
        grep -q " $value " <<<"$said" || fail "the list of programs lacks $value"
    done
    registry 'HKCU\Software\Classes\.docx' /ve | grep Other.Document >/dev/null ||
        fail "the default of .docx was taken over"
    registry 'HKCU\Software\Classes\.docx\OpenWithProgids' | grep gouji.report >/dev/null ||
        fail "not offered for .docx"
    registry 'HKCU\Software\Classes\.wps' /ve | grep gouji >/dev/null && fail "the default of .wps was taken"
    pass "listed among the programs, offered for each format, the default of none"
}

# Read by the Python of the build, whose packages can.
try_details() {
    windows /build/python/python.exe -X utf8 -c 'import sys, pefile
file = pefile.PE(sys.argv[1], fast_load=True)
file.parse_data_directories()
table = [t for info in file.FileInfo[0] if info.Key == b"StringFileInfo" for t in info.StringTable]
for key, text in table[0].entries.items():
    print(key.decode(), text.decode())
names = {e.id for e in file.DIRECTORY_ENTRY_RESOURCE.entries}
print("icons", 14 in names, "manifest", 24 in names)' "$INSTALLED_WIN\\gouji.exe" \
        >"$TRIED/details.txt" 2>&1 || { cat "$TRIED/details.txt" >&2; fail "no details"; }
    grep -q "^ProductName 勾稽" "$TRIED/details.txt" || fail "the details lack the name"
    grep -q "^icons True manifest True" "$TRIED/details.txt" || fail "no icon or manifest"
    pass "details: $(tr -d '\r' <"$TRIED/details.txt" | grep -E '^(CompanyName|FileVersion)' | paste -sd' ')"
}

# ---- the program -----------------------------------------------------------

cli() { windows "$INSTALLED_WIN\\gouji-cli.exe" "$@"; }

try_selftest() {
    cli selftest >"$TRIED/selftest.txt" 2>&1 || { cat "$TRIED/selftest.txt" >&2; fail "selftest"; }
    grep -q 自检完成 "$TRIED/selftest.txt" || fail "selftest says nothing"
    pass "selftest, $(wc -l <"$TRIED/selftest.txt") lines"
    # Without a console Windows gives no streams at all, and nobody may stumble over that.
    expect 0 "$(status_of windows "$INSTALLED_WIN\\gouji.exe" selftest)" "selftest without streams"
    pass "selftest of the program without a console"
}

try_check() {
    local status=0 input='Z:\build\try\入 口\示例年报.docx'
    "$PYTHON" main.py check --json "$SAMPLE" >"$TRIED/linux.json" || status=$?
    expect "$status" "$(cli check --json "$input" >"$TRIED/windows.json"; echo $?)" "status of check"
    cmp "$TRIED/linux.json" "$TRIED/windows.json" || fail "check --json differs"
    pass "check --json equals Linux: $(wc -c <"$TRIED/windows.json") bytes, status $status"
    cli check "$input" >"$TRIED/windows.txt" || true
    "$PYTHON" main.py check "$SAMPLE" >"$TRIED/linux.txt" || true
    diff <(tr -d '\r' <"$TRIED/windows.txt") "$TRIED/linux.txt" >/dev/null || fail "check differs"
    pass "check for people, through a pipe, equals Linux: $(wc -m <"$TRIED/linux.txt") characters"
}

# The edits are the fixes that the check itself offers, so that something is changed.
try_saving() {
    local inside='Z:\build\try'
    "$PYTHON" -c 'import json, sys
found = json.load(open(sys.argv[1], encoding="utf-8"))["findings"]
fixes = [fix["edits"] for one in found for fix in one["fixes"] if fix["certainty"] == "proved"]
json.dump(fixes[0], open(sys.argv[2], "w", encoding="utf-8"))' \
        "$TRIED/linux.json" "$TRIED/edits.json"
    "$PYTHON" main.py export "$SAMPLE" --word "$TRIED/here/存.docx" --excel "$TRIED/here/存.xlsx" \
        --findings "$TRIED/here/疑点.xlsx" --edits "$TRIED/edits.json" >/dev/null || true
    cli export "$inside\\入 口\\示例年报.docx" --word "$inside\\there\\存.docx" \
        --excel "$inside\\there\\存.xlsx" --findings "$inside\\there\\疑点.xlsx" \
        --edits "$inside\\edits.json" >/dev/null || true
    "$PYTHON" packaging/windows/compare_saved.py "$TRIED/here" "$TRIED/there" ||
        fail "what was saved differs"
    pass "Word and Excel saved with a correction equal those saved on Linux"
}

try_batch() {
    local folder='Z:\build\try\many'
    "$PYTHON" main.py batch "$TRIED/many" --json >"$TRIED/batch-linux.json" || true
    cli batch "$folder" --json --jobs 2 >"$TRIED/batch-windows.json" || true
    cmp "$TRIED/batch-linux.json" "$TRIED/batch-windows.json" || fail "batch differs"
    pass "batch of $(find "$TRIED/many" -type f | wc -l) files on 2 processes equals Linux"
}

is_shown() {
    local found
    # /proc is full of processes that end meanwhile or may not be looked at.
    found=$(grep -l qwindows.dll /proc/[0-9]*/maps 2>/dev/null || true)
    [ -n "$found" ]
}

# Start the window with a file and wait until its title names the file.
show() {
    windows "$1" "$2" >"$TRIED/window" 2>&1 &
    for _ in $(seq 120); do
        sleep 1
        if in_chroot xdotool search --name "$3" >/dev/null 2>&1; then
            sleep 8
            return
        fi
    done
    picture failed
    fail "no window"
}

# Ask the window to close, as a click on its cross does.
close_window() {
    windows taskkill /IM gouji.exe >/dev/null 2>&1 || true
    for _ in $(seq 60); do
        sleep 0.5
        is_shown || return 0
    done
    fail "the window does not close"
}

try_window() {
    show "$INSTALLED_WIN\\gouji.exe" 'Z:\build\try\入 口\示例年报.docx' 示例年报
    is_shown || fail "not by plugin windows"
    picture window
    pass "the window shows the report through the platform plugin windows"
    [ -d "$DATA/logs" ] || fail "no log in $DATA"
    ! grep -E 'ERROR|WARNING' "$DATA/logs/gouji.log" || say "note: the log has warnings"
}

try_while_running() {
    expect 3 "$(status_of windows 'Z:\build\try\gouji-setup.exe' /S)" "status of setup while running"
    expect 3 "$(status_of uninstall "$INSTALLED_WIN")" \
        "status of uninstall while running"
    [ -f "$INSTALLED/gouji.exe" ] || fail "something was removed while it ran"
    pass "a running program is neither replaced nor removed: status 3"
    close_window
    pass "the window closes when asked to"
}

# ---- again, and away -------------------------------------------------------

try_again() {
    mkdir -p "$DATA"
    echo '{"kept": 1}' >"$DATA/own.json"
    echo mine >"$INSTALLED/我的.txt"
    echo stale >"$INSTALLED/_internal/of-an-older-version.tmp"
    rm "$HOME_IN/Desktop/勾稽.lnk"
    windows 'Z:\build\try\gouji-setup.exe' /S
    [ "$(cat "$DATA/own.json")" = '{"kept": 1}' ] || fail "a user's file was changed"
    [ "$(cat "$INSTALLED/我的.txt")" = mine ] || fail "a user's file in the folder is gone"
    [ ! -e "$HOME_IN/Desktop/勾稽.lnk" ] || fail "a deleted shortcut came back"
    try_selftest
    pass "installed over itself: files of the user's stay, a deleted shortcut stays away"
}

try_removing() {
    windows "$INSTALLED_WIN\\uninstall.exe" /S
    for _ in $(seq 60); do
        [ -e "$INSTALLED/uninstall.exe" ] || break
        sleep 0.5
    done
    in_chroot wineserver --wait
    snapshot >"$TRIED/after"
    registry_snapshot >"$TRIED/registry-after"
    say "left of files:"
    comm -13 "$TRIED/before" "$TRIED/after" | sed 's/^/    /'
    say "left of the registry:"
    comm -13 "$TRIED/registry-before" "$TRIED/registry-after" | sed 's/^/    /'
    comm -13 "$TRIED/registry-before" "$TRIED/registry-after" | grep -i gouji >/dev/null &&
        fail "the registry still names the program"
    comm -23 "$TRIED/registry-before" "$TRIED/registry-after" | grep . &&
        fail "something of another program is gone"
    [ "$(cd "$INSTALLED" && find . -type f | sort | tr '\n' ' ')" = \
        "./_internal/of-an-older-version.tmp ./我的.txt " ] || fail "the folder holds something else"
    [ -f "$DATA/own.json" ] || fail "the user's own data is gone"
    pass "uninstall leaves only what was not installed"
}

# The pages are only looked at.
try_pages() {
    windows 'Z:\build\try\gouji-setup.exe' >/dev/null 2>&1 &
    for _ in $(seq 40); do
        sleep 0.5
        if in_chroot xdotool search --name 勾稽 >/dev/null 2>&1; then break; fi
    done
    sleep 3
    picture setup
    windows taskkill /F /IM gouji-setup.exe >/dev/null 2>&1 || true
    pass "the installer shows its first page"
}

# In a folder of one's own choice; then the window reads a PDF, which takes a second process.
try_elsewhere() {
    windows 'Z:\build\try\gouji-setup.exe' /S '/D=C:\软' '件\勾稽\'
    registry_snapshot | grep 'InstallLocation.*勾稽"$' >/dev/null ||
        fail "the folder is not written down as it is"
    [ -f "$DRIVE/软 件/勾稽/gouji.exe" ] || fail "not installed where it was wished"
    show 'C:\软 件\勾稽\gouji.exe' 'Z:\build\try\many\sample.pdf' sample
    picture pdf
    close_window
    uninstall 'C:\软 件\勾稽'
    expect "uninstall.exe" "$(ls "$DRIVE/软 件/勾稽")" "what is left in the folder"
    pass "in a folder of one's own choice too, where the window reads a PDF"
}

try_portable() {
    local folder="$TRIED/便携 U 盘"
    mkdir -p "$folder"
    "$PYTHON" -m zipfile -e dist/windows/*.zip "$folder"
    windows "Z:\\build\\try\\便携 U 盘\\$(ls "$folder")\\gouji-cli.exe" selftest \
        >"$TRIED/selftest.txt" 2>&1 || fail "the portable program fails"
    pass "the .zip runs from a folder with blanks and Chinese in its name"
}

main() {
    local steps=(try_registry try_details try_selftest try_check try_saving try_batch try_window
        try_while_running try_again try_removing try_pages try_elsewhere try_portable) step
    [ $# = 0 ] || steps=("$@")
    prepare
    try_installing
    for step in "${steps[@]}"; do "$step"; done
    say "$passed checks passed"
}

main "$@"
exit
