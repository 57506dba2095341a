"""Start 勾稽: a window, or one command of the command line."""

import gc
import sys
from collections.abc import Sequence

COMMANDS = frozenset(("tables", "check", "export", "batch", "rules", "selftest"))


def main(arguments: Sequence[str]) -> int:
    """Run a command where one is named, else open the window; return the exit status."""
    # Imported here: a command must not wait for Qt, nor need it at all.
    if arguments and (arguments[0] in COMMANDS or arguments[0].startswith("-")):
        from core.cli import main as run_command

        return run_command(arguments)
    return _open_window(list(arguments))


def _open_window(files: list[str]) -> int:
    try:
        from gui.handover import first_door, hand_over

        door = first_door()
        if door is None and hand_over(files):
            return 0
        # Modules are no garbage; to look for some while they come takes a twentieth of the start.
        # It is looked for again when the window has all its panes.
        gc.disable()
        from gui.app import run

        return run(files, door)
    except Exception as error:  # noqa: BLE001 - the last resort of a program without a console
        from gui.start_failure import report

        return report(error)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # First of all, because a worker process begins here too; from source it does nothing.
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
