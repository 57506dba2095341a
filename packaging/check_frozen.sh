#!/usr/bin/env bash
# Compare the frozen program with the source: the same findings, byte for byte;
# it reads back what it saves; and its window stays open.
set -euo pipefail
cd "$(dirname "$0")/.."

sample=resources/samples/示例年报.docx
frozen=dist/gouji/gouji-cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "check_frozen: $1" >&2
    exit 1
}

# Findings end a check with status 1; anything above is a failure.
findings() {
    local status=0
    "$@" check --json "$sample" || status=$?
    [ "$status" -le 1 ] || fail "$* check ended with $status"
}

findings .venv/bin/python main.py >"$work/source.json"
findings "$frozen" >"$work/frozen.json"
[ -s "$work/source.json" ] || fail "the check printed nothing"
diff "$work/source.json" "$work/frozen.json" || fail "the frozen program finds something else"

"$frozen" selftest || fail "the self test of the frozen program failed"

status=0
QT_QPA_PLATFORM=offscreen timeout 5 dist/gouji/gouji "$sample" || status=$?
# 124 is timeout's own: the window was still open.
[ "$status" = 124 ] || fail "the frozen window closed by itself with $status"

echo "frozen program agrees with the source: $(wc -c <"$work/frozen.json") bytes of JSON," \
    "$(du -sh dist/gouji | cut -f1) on disk"
