#!/usr/bin/env bash
# Write the sample anew in every format that the self test reads.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$PWD/resources/samples/formats
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp resources/samples/示例年报.docx "$work/sample.docx"
.venv/bin/python - "$work/sample.xlsx" <<'PYTHON'
import sys
from pathlib import Path

from core.export import excel_bytes
from core.resources import SAMPLE
from core.session import open_session

session = open_session(SAMPLE)
Path(sys.argv[1]).write_bytes(excel_bytes(session, session.check()))
PYTHON
office() {
    soffice "-env:UserInstallation=file://$work/profile" --headless \
        --convert-to "$1" --outdir "$target" "$2" >/dev/null
}
mkdir -p "$target"
for format in doc odt html pdf; do office "$format" "$work/sample.docx"; done
office xls "$work/sample.xlsx"
cp "$work/sample.xlsx" "$target/sample.xlsx"
