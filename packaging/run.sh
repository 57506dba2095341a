#!/usr/bin/env bash
# `make run`: open the window with $FILE, or with the bundled sample.
#
# Where there is no display, do what the window would: check the report, print
# the findings, and export it as Word and Excel into out/.
set -euo pipefail
cd "$(dirname "$0")/.."

sample=resources/samples/示例年报.docx
file=${FILE:-$sample}

has_display() {
    [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

check_and_export() {
    local name findings status=0 word excel
    name=$(basename "${file%.*}")
    word="out/$name(校对版).docx"
    excel="out/$name(核对表).xlsx"
    echo "没有图形显示，改为在命令行核对：$file"
    findings=$(.venv/bin/python main.py check "$file") || status=$?
    printf '%s\n' "$findings"
    # 1 says that there are findings; the sample has some on purpose.
    [ "$status" = 1 ] || { [ "$status" = 0 ] && [ "$file" != "$sample" ]; } || fail "核对没有得出结果（$status）"
    [ -n "${findings//[[:space:]]/}" ] || fail "核对没有输出"
    mkdir -p out
    status=0
    .venv/bin/python main.py export "$file" --word "$word" --excel "$excel" --overwrite || status=$?
    # 1 says that what was exported still has findings, and it was exported all the same.
    [ "$status" = 0 ] || [ "$status" = 1 ] || fail "导出失败（$status）"
    [ -s "$word" ] && [ -s "$excel" ] || fail "导出的文件不完整"
}

fail() {
    echo "make run: $1" >&2
    exit 1
}

set_up=0
bash packaging/setup.sh run || set_up=$?
if has_display; then
    [ "$set_up" = 0 ] || exit "$set_up"
    exec .venv/bin/python main.py "$file"
fi
# Status 3 means missing system libraries; only the window needs those.
[ "$set_up" = 0 ] || [ "$set_up" = 3 ] || exit "$set_up"
check_and_export
