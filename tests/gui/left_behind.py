"""Journals that a process has left behind which no longer runs."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_SCRIPT = """
import json, sys
from pathlib import Path
from core.edit_records import edit_from
from core.journal import Journal
source, digest, commands = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
journal = Journal.open_for(source, digest)
for command in commands:
    journal.record([edit_from(edit) for edit in command])
journal.sync()
print(journal.path)
"""


def leave_journal(source, commands):
    """Let another process journal the commands on a report and end; return the journal's path."""
    from core.edit_records import edit_json

    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    written = json.dumps([[edit_json(edit) for edit in command] for command in commands])
    call = [sys.executable, "-c", _SCRIPT, str(source), digest, written]
    done = subprocess.run(call, cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())
