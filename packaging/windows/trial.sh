# Sourced by try_under_wine.sh: the Windows of wine that a trial runs in, and how it
# counts what holds.
# shellcheck shell=bash
# shellcheck disable=SC2034  # used by whoever sources this

WIN_PREFIX=/build/tried
DRIVE=$ROOT$WIN_PREFIX/drive_c
HOME_IN=$DRIVE/users/root
# As where the user's name is Chinese and has a blank.
LOCAL="$DRIVE/users/张 三/AppData/Local"
LOCAL_WIN='C:\users\张 三\AppData\Local'
INSTALLED=$LOCAL/Programs/gouji
DATA=$LOCAL/gouji
INSTALLED_WIN=$LOCAL_WIN'\Programs\gouji'
SAMPLE=resources/samples/示例年报.docx
TRIED=$ROOT/build/try
PICTURES=out/windows
SERVER=
export SOURCE_DATE_EPOCH=1767225600

passed=0

pass() {
    passed=$((passed + 1))
    say "ok: $*"
}

expect() {
    local wanted=$1 found=$2 what=$3
    [ "$wanted" = "$found" ] || fail "$what: $found instead of $wanted"
}

status_of() {
    local status=0
    "$@" >"$TRIED/said" 2>&1 || status=$?
    echo "$status"
}

seconds_of() {
    local begin=$EPOCHREALTIME
    "$@"
    awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }'
}

# Run in its own place, so that its end can be waited for.  NSIS takes the rest of the
# line for the folder; wine would put a word with a blank into quotes, so it is given in two.
uninstall() {
    local folder=$1
    # shellcheck disable=SC2086
    windows "$folder\\uninstall.exe" /S _?=$folder
}

registry() { windows reg query "$@" 2>/dev/null | tr -d '\r'; }

prepare() {
    rm -rf "$ROOT$WIN_PREFIX" "$TRIED"
    mkdir -p "$TRIED/入 口" "$TRIED/many" "$TRIED/here" "$TRIED/there" "$PICTURES"
    # Before the first program: the desktop that wine starts then has a screen or never will.
    start_server
    enter_chroot
    trap 'leave_chroot; stop_server' EXIT
    cp dist/windows/*-setup.exe "$TRIED/gouji-setup.exe"
    cp "$SAMPLE" "$TRIED/入 口/"
    cp resources/samples/formats/* "$SAMPLE" "$TRIED/many/"
    (cd dist/windows && sha256sum --check --quiet ./*.sha256)
    mkdir -p "$LOCAL/Temp"
    windows reg add 'HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders' \
        /v 'Local AppData' /d "$LOCAL_WIN" /f >/dev/null
    windows reg add 'HKCU\Environment' /v TEMP /d "$LOCAL_WIN\\Temp" /f >/dev/null
    # wine has no font for Chinese of its own; the pages of the installer would show boxes.
    for font in SimSun 宋体 Tahoma 'MS Shell Dlg' 'MS Shell Dlg 2' 'Microsoft YaHei UI'; do
        windows reg add 'HKCU\Software\Wine\Fonts\Replacements' /v "$font" \
            /d 'WenQuanYi Zen Hei' /f >/dev/null
    done
    # What another program has said about a format must survive.
    windows reg add 'HKCU\Software\Classes\.docx' /ve /d Other.Document /f >/dev/null
    windows reg add 'HKCU\Software\Classes\.pdf\OpenWithProgids' /v Other.Pdf /f >/dev/null
    in_chroot wineserver --wait
    snapshot >"$TRIED/before"
    registry_snapshot >"$TRIED/registry-before"
}

# Files of the user's own places; wine's own temporary files and logs of starts come and go.
snapshot() { (cd "$DRIVE" && find users ProgramData "Program Files" -not -path '*/Temp/*' | sort); }

registry_snapshot() {
    windows reg export 'HKCU\Software' 'Z:\build\try\export.reg' /y >/dev/null 2>&1 || true
    iconv -f UTF-16LE -t UTF-8 "$TRIED/export.reg" 2>/dev/null | tr -d '\r' |
        awk '/^\[/ { key = $0 } NF { print key "  " $0 }' |
        grep -v -E 'Explorer|MuiCache|\\Wine\\|Fonts|Shell Extensions' | sort
}

start_server() {
    # Not by in_chroot: the number kept is then that of the server itself.
    chroot "$ROOT" Xvfb :77 -screen 0 1400x900x24 >/dev/null 2>&1 &
    SERVER=$!
    DISPLAY_INSIDE=:77
    for _ in $(seq 50); do
        [ -e "$ROOT/tmp/.X11-unix/X77" ] && return
        sleep 0.1
    done
    fail "Xvfb does not start"
}

stop_server() {
    [ -z "$SERVER" ] || kill "$SERVER" 2>/dev/null || true
}

picture() {
    in_chroot import -window root /build/try/picture.png
    cp "$TRIED/picture.png" "$PICTURES/$1.png"
}
