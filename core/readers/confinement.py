"""Bounds of a process that reads a file nobody knows: how much memory it may ask for.

On Linux the process bounds itself.  On Windows whoever started it puts it into a
job, which also ends it when its parent dies.  That part has not been tried on a
real Windows.
"""

from __future__ import annotations

import sys

# Everything a reader may take, the interpreter and its libraries among it.
MOST_MEMORY = 1024**3

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
    _SET_QUOTA_AND_TERMINATE = 0x0101

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class Job:
        """A Windows job around one process; it ends with this object."""

        def __init__(self, process_id: int) -> None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = wintypes.HANDLE
            kernel.OpenProcess.restype = wintypes.HANDLE
            self._kernel = kernel
            self._handle = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
            limits = _ExtendedLimits()
            limits.basic.flags = _PROCESS_MEMORY | _KILL_ON_CLOSE
            limits.process_memory = MOST_MEMORY
            kernel.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            process = wintypes.HANDLE(
                kernel.OpenProcess(_SET_QUOTA_AND_TERMINATE, False, process_id)
            )
            kernel.AssignProcessToJobObject(self._handle, process)
            kernel.CloseHandle(process)

        def close(self) -> None:
            """End the job and whatever still runs in it."""
            self._kernel.CloseHandle(self._handle)

    def confine_myself() -> None:
        """Do nothing: the parent has put this process into a job."""

else:
    import resource

    class Job:
        """Nothing: elsewhere than on Windows the process bounds itself."""

        def __init__(self, _process_id: int) -> None:
            pass

        def close(self) -> None:
            """Do nothing."""

    def confine_myself() -> None:
        """Let every request for more memory than allowed fail, in this process and for good."""
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        # A parser that dies needs no picture of its memory on the disk: it holds the document.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
