#!/usr/bin/env bash
# Inside a desktop session of a user: open the sample, type Chinese, save.
#
# Keys are sent as from a keyboard, and what came of them is read from the
# recovery journal and from the saved files.  METHOD says which fcitx is there.
set -euo pipefail
cd ~/work
sample=$PWD/示例年报.docx
shot() { import -window root "/try/$1.png"; }
fail() { shot failed; echo "window: $1" >&2; exit 1; }

# until_true SECONDS COMMAND...
until_true() {
    local left=$(($1 * 5))
    shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.2
    done
}

start_input_method() {
    mkdir -p ~/.config/fcitx5 ~/.config/fcitx
    cat >~/.config/fcitx5/profile <<'END'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
END
    printf '[Profile]\nIMName=\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n' >~/.config/fcitx/profile
    case $METHOD in
        fcitx5) fcitx5 -d --replace >/tmp/fcitx.log 2>&1 ;;
        fcitx) fcitx -d >/tmp/fcitx.log 2>&1 ;;
    esac
    sleep 3
}

chinese_on() {
    case $METHOD in
        fcitx5) fcitx5-remote -s pinyin; fcitx5-remote -o ;;
        fcitx) fcitx-remote -s pinyin; fcitx-remote -o ;;
    esac
}
chinese_off() { "$METHOD-remote" -c; }

has_window() { xdotool search --onlyvisible --name "$1"; }
journal_has() { grep -rqs "$1" ~/.local/share/gouji ~/.local/state/gouji ~/.cache/gouji ~/.config/gouji; }
saved_excel() { compgen -G "$PWD/*.xlsx"; }
keys() { xdotool key --delay 120 "$@"; sleep 0.7; }

openbox >/tmp/openbox.log 2>&1 &
start_input_method
gouji "$sample" >/tmp/gouji.log 2>&1 &
program=$!
until_true 40 has_window 示例年报 || fail "no window with the sample's name"
sleep 4
window=$(has_window 示例年报 | head -n 1)
xdotool windowactivate --sync "$window" windowsize "$window" 1400 880 windowmove "$window" 0 10
sleep 1
shot opened
keys F8
shot finding

chinese_on
keys F2 ctrl+a
xdotool type --delay 180 nihao
sleep 1.5
shot typing
keys space
sleep 0.5
keys Return
until_true 10 journal_has '\\u4f60\\u597d' || fail "你好 did not arrive in the cell with $METHOD"
shot typed
echo "typed 你好 into a cell with $METHOD"
chinese_off

# Ctrl+S lists the changes, then asks for a name; Enter agrees to both.
keys ctrl+s
until_true 20 has_window 保存前核对 || fail "no list of changes"
keys Return
until_true 20 has_window '保存 Word' || fail "nobody asked for a name"
keys Return
until_true 30 test -s "$PWD/示例年报(校对版).docx" || fail "no Word file was saved"
until_true 30 has_window '^示例年报' || true
sleep 2
shot saved
keys ctrl+e
until_true 20 has_window '保存 Excel' || fail "nobody asked for a name of the Excel file"
keys Return
until_true 30 saved_excel || fail "no Excel file was saved"
sleep 2
shot exported
gouji-cli tables "$PWD/示例年报(校对版).docx" --json | grep 你好 >/dev/null || fail "the saved Word file lacks 你好"
gouji-cli tables "$(ls "$PWD"/*.xlsx)" --json | grep 你好 >/dev/null || fail "the saved Excel file lacks 你好"
echo "saved by the window: $(stat -c '%n %s' ./*校对版*.docx ./*.xlsx | tr '\n' ' ')"
kill -TERM "$program"
wait "$program" || true

# The whole way once more under strace: no program of ours speaks to the network.
strace -f -qq -e trace=network -o /tmp/net.txt gouji "$sample" >/tmp/gouji2.log 2>&1 &
program=$!
until_true 60 has_window 示例年报 || fail "no window under strace"
sleep 6
keys F8
keys F9
sleep 4
pkill -TERM -P "$program" || true
wait "$program" || true
strace -f -qq -e trace=network -o /tmp/net-cli.txt gouji-cli check "$sample" >/tmp/check.txt || [ $? = 1 ]
! grep -h 'AF_INET' /tmp/net.txt /tmp/net-cli.txt || fail "there is a socket of the internet"
echo "strace: $(cat /tmp/net.txt /tmp/net-cli.txt | grep -c 'connect(') connects, none to AF_INET or AF_INET6"
